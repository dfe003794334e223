namespace CyclerControl.Recording.Import;

/// <summary>The name of a column, taken apart: what it is and in what unit. <c>Voltage(mV)</c>, <c>I [uA]</c>, <c>time/s</c>, <c>current_mA</c>, <c>Time, h</c>.</summary>
/// <param name="Name">Lower case, without the unit.</param>
/// <param name="Unit">As written; null where the header names none.</param>
internal sealed record HeaderName(string Name, string? Unit)
{
    private static readonly string[] Dividers = ["/", ",", " in ", "_", " "];

    public static HeaderName Parse(string header, IReadOnlyDictionary<string, double> units)
    {
        var text = header.Trim();
        if (Bracketed(text) is { } bracketed)
            return bracketed;
        foreach (var divider in Dividers)
        {
            var at = text.LastIndexOf(divider, StringComparison.Ordinal);
            if (at <= 0)
                continue;
            var unit = Plain(text[(at + divider.Length)..]);
            if (units.ContainsKey(unit) || divider == "/")
                return new HeaderName(Lower(text[..at]), unit);
        }

        return new HeaderName(Lower(text), null);
    }

    /// <summary>Micro in three spellings is u.</summary>
    public static string Plain(string unit) => unit.Trim().Replace('\u00B5', 'u').Replace('\u03BC', 'u');

    private static HeaderName? Bracketed(string text)
    {
        if (text.Length == 0 || (text[^1] != ')' && text[^1] != ']' && text[^1] != '}'))
            return null;
        var open = text.LastIndexOf(text[^1] switch { ')' => '(', ']' => '[', _ => '{' });
        return open > 0 ? new HeaderName(Lower(text[..open]), Plain(text[(open + 1)..^1])) : null;
    }

    /// <summary>Underlines are spaces, angle brackets (the mean of an EC-Lab file) are nothing.</summary>
    private static string Lower(string name) => name.Replace("<", "", StringComparison.Ordinal).Replace(">", "", StringComparison.Ordinal)
        .Replace('_', ' ').Trim(' ', '/', ',', ':').ToLowerInvariant();
}
