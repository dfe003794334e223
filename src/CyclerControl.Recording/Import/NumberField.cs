using System.Globalization;

namespace CyclerControl.Recording.Import;

/// <summary>A number in a foreign file, without allocation: decimals after a point, or after a comma where that does not separate fields.</summary>
internal static class NumberField
{
    private const int LongestNumber = 64;

    /// <summary>An empty field and the words for "no number" are NaN.</summary>
    public static bool TryRead(ReadOnlySpan<byte> field, out double value)
    {
        value = double.NaN;
        if (field.IsEmpty || IsNothing(field))
            return true;
        var comma = field.IndexOf((byte)',');
        if (comma < 0)
            return double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        if (field.Length > LongestNumber || field[(comma + 1)..].ContainsAny((byte)',', (byte)'.') || field[..comma].Contains((byte)'.'))
            return false;
        Span<byte> copy = stackalloc byte[field.Length];
        field.CopyTo(copy);
        copy[comma] = (byte)'.';
        return double.TryParse(copy, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Seconds of <c>[days-]hours:minutes:seconds[.fraction]</c>, or the number itself.</summary>
    /// <param name="isClock">Colons: the unit of the column does not count.</param>
    public static bool TryReadTime(ReadOnlySpan<byte> field, out double value, out bool isClock)
    {
        isClock = field.Contains((byte)':');
        if (!isClock)
            return TryRead(field, out value);
        value = 0;
        var days = 0.0;
        var dash = field.IndexOfAny((byte)'-', (byte)' ', (byte)'d');
        if (dash > 0 && dash < field.IndexOf((byte)':'))
        {
            if (!double.TryParse(field[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out days))
                return false;
            field = field[(dash + 1)..].TrimStart((byte)' ');
        }

        var parts = 0;
        while (!field.IsEmpty)
        {
            var colon = field.IndexOf((byte)':');
            var part = colon < 0 ? field : field[..colon];
            field = colon < 0 ? default : field[(colon + 1)..];
            if (++parts > 3 || !TryRead(part, out var number) || !(number >= 0))
                return false;
            value = (60 * value) + number;
        }

        value += 86400 * days;
        return parts == 3;
    }

    private static bool IsNothing(ReadOnlySpan<byte> field) =>
        field.Length <= 4 && (Is(field, "nan"u8) || Is(field, "null"u8) || Is(field, "na"u8) || Is(field, "n/a"u8) || Is(field, "-"u8) || Is(field, "--"u8));

    private static bool Is(ReadOnlySpan<byte> field, ReadOnlySpan<byte> word) => System.Text.Ascii.EqualsIgnoreCase(field, word);
}
