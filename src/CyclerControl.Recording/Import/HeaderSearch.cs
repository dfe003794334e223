namespace CyclerControl.Recording.Import;

/// <summary>
/// Looks for the header of a table below whatever a program wrote above it: the last line of names (and perhaps one of units) before a line of numbers.
/// One line at a time; remembers the two before.
/// </summary>
internal sealed class HeaderSearch
{
    /// <summary>Nothing that is a table begins later.</summary>
    public const int MostLines = 2000;

    private const int LongestHeader = 1 << 16;

    private byte[] before = [];
    private int beforeLine;
    private byte[] earlier = [];
    private int earlierLine;

    /// <summary>What separates the fields of the header that was found.</summary>
    public byte Separator { get; private set; }

    /// <summary>Takes a line; the header, if this one is the first of its numbers.</summary>
    public HeaderRows? Take(ReadOnlySpan<byte> line, int number)
    {
        if (line.IndexOfAnyExcept(" \t\r;,"u8) < 0 || line.Length > LongestHeader)
            return null;
        var best = 0;
        HeaderRows? found = null;
        foreach (var separator in Fields.Separators)
        {
            if (Match(line, number, separator) is { } rows && Score(rows) > best)
            {
                best = Score(rows);
                found = rows;
                Separator = separator;
            }
        }

        if (found is null)
        {
            (earlier, earlierLine) = (before, beforeLine);
            (before, beforeLine) = (Uncomment(line).ToArray(), number);
        }

        return found;
    }

    public static bool IsComment(ReadOnlySpan<byte> line)
    {
        var text = line.TrimStart(" \t"u8);
        return text.Length > 0 && (text[0] is (byte)'#' or (byte)'%' || text.StartsWith("//"u8));
    }

    private static ReadOnlySpan<byte> Uncomment(ReadOnlySpan<byte> line) => IsComment(line) ? line.TrimStart("#%/ "u8) : line;

    /// <summary>Two names over numbers at least; the most of them win.</summary>
    private static int Score(HeaderRows rows) => Enumerable.Range(0, Math.Min(rows.Names.Count, rows.First.Count))
        .Count(n => rows.Names[n].Length > 0 && rows.First[n].Length > 0 && IsNumber(rows.First[n]));

    private HeaderRows? Match(ReadOnlySpan<byte> line, int number, byte separator)
    {
        var first = Fields.Texts(line, separator);
        if (IsComment(line) || first.Count(f => f.Length > 0 && IsNumber(f)) < 2)
            return null;
        var names = Fields.Texts(before, separator);
        if (!names.Any(n => n.Length > 0) || names.Where(n => n.Length > 0).Any(IsNumber))
            return NumbersAlone(number, first);
        var above = Fields.Texts(earlier, separator);
        return AreUnits(names) && above.Count >= names.Count - 1 && above.Count(n => n.Length > 0) >= 2 && !above.Any(IsNumber)
            ? new HeaderRows(earlierLine, above, names, first)
            : new HeaderRows(beforeLine, names, [], first);
    }

    /// <summary>A file that begins with numbers has columns without names.</summary>
    private HeaderRows? NumbersAlone(int number, List<string> first) =>
        before.Length == 0 && earlier.Length == 0 ? new HeaderRows(number, [.. first.Select((_, n) => $"column {n + 1}")], [], first) : null;

    private static bool AreUnits(List<string> names) => names.Where(n => n.Length > 0).All(n =>
    {
        var unit = HeaderName.Plain(n.Trim('(', ')', '[', ']'));
        return ColumnQuantity.Time.Units.ContainsKey(unit) || ColumnQuantity.Voltage.Units.ContainsKey(unit) || ColumnQuantity.Current.Units.ContainsKey(unit)
            || unit is "Ah" or "mAh" or "Wh" or "mWh" or "W" or "mW" or "C" or "degC" or "-" or "1" or "ohm" or "%" or "Hz";
    }) && names.Count(n => n.Length > 0) >= 2;

    private static bool IsNumber(string text) =>
        text.Length > 0 && NumberField.TryReadTime(System.Text.Encoding.UTF8.GetBytes(text), out var value, out _) && double.IsFinite(value);
}
