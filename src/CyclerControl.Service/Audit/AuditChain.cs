using System.Globalization;
using CyclerControl.Client.Security;

namespace CyclerControl.Service.Audit;

/// <summary>Reads an audit log, also while it is being written.</summary>
public static class AuditChain
{
    private const int MostProblems = 100;

    /// <summary>Lines after a sequence number, oldest first; what cannot be understood is left out (verification names it).</summary>
    public static IReadOnlyList<AuditEntry> Read(string path, long after, int most)
    {
        var found = new List<AuditEntry>();
        foreach (var line in Lines(path))
        {
            if (AuditLine.Read(line, out _) is { } entry && entry.Seq > after)
            {
                found.Add(entry);
                if (found.Count == most)
                {
                    break;
                }
            }
        }

        return found;
    }

    /// <summary>The last so many lines, oldest first.</summary>
    public static IReadOnlyList<AuditEntry> Last(string path, int most)
    {
        var last = new Queue<string>();
        foreach (var line in Lines(path))
        {
            last.Enqueue(line);
            if (last.Count > most)
            {
                last.Dequeue();
            }
        }

        return [.. last.Select(line => AuditLine.Read(line, out _)).OfType<AuditEntry>()];
    }

    /// <summary>Walks the chain; each line that was changed, taken out or put in is named.</summary>
    public static AuditVerdict Verify(string path)
    {
        var name = Path.GetFileName(path);
        var problems = new List<string>();
        var (number, expected, previous) = (0L, 1L, AuditLine.Beginning);
        foreach (var line in Lines(path))
        {
            number++;
            var entry = AuditLine.Read(line, out var problem);
            if (entry is null)
            {
                Tell(problem);
                expected++;
                previous = "";
                continue;
            }

            if (previous.Length > 0 && entry.Previous != previous)
            {
                Tell(entry.Seq == expected ? "does not follow the line before it" : $"does not follow the line before it: seq {entry.Seq} where {expected} was due, so lines were taken out or put in");
            }

            (expected, previous) = (entry.Seq + 1, entry.Hash!);
        }

        return new AuditVerdict(number, previous, problems);

        void Tell(string problem)
        {
            if (problems.Count < MostProblems)
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name}:{number}: {problem}"));
            }
        }
    }

    private static IEnumerable<string> Lines(string path)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        var line = reader.ReadLine();
        while (line is not null)
        {
            var next = reader.ReadLine();
            if (next is null && !EndsWithNewline(stream))
            {
                yield break; // Being written, or torn by a crash: the next start says so in a line of its own.
            }

            yield return line;
            line = next;
        }
    }

    private static bool EndsWithNewline(FileStream stream)
    {
        var position = stream.Position;
        stream.Position = Math.Max(0, position - 1);
        return stream.ReadByte() == '\n';
    }
}
