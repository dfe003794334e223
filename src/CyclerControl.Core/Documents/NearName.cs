namespace CyclerControl.Core.Documents;

/// <summary>Finds the name that somebody probably meant.</summary>
public static class NearName
{
    /// <summary>The nearest candidate, or null when none is near: at most a third of the letters may differ, two at most.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in candidates)
        {
            if (Letters(name).Equals(Letters(candidate), StringComparison.OrdinalIgnoreCase) && name.Length > 0)
            {
                return candidate;
            }

            if (name.Length > 40 || Math.Abs(name.Length - candidate.Length) > 2)
            {
                continue;
            }

            var distance = Distance(name, candidate);
            if (distance < bestDistance && distance <= Math.Clamp(Math.Min(name.Length, candidate.Length) / 3, 0, 2))
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    private static string Letters(string name) => string.Concat(name.Where(c => c is not ('_' or '-' or ' ')));

    /// <summary>Edits between two words; two neighbours swapped count as one.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(change, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
