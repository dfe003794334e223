using System.Globalization;
using System.Text;

namespace CyclerControl.Core.Quantities;

/// <summary>Durations of several parts, largest first: <c>1 h 30 min</c>.</summary>
public static class CompoundDuration
{
    /// <summary>Reads one or more parts whose units fall from d to ms; the sum is in s.</summary>
    public static bool TryParse(string text, out Quantity duration)
    {
        duration = default;
        var rest = text.AsSpan().Trim();
        var sum = 0m;
        var last = decimal.MaxValue;
        while (!rest.IsEmpty)
        {
            var length = QuantityParser.NumberLength(rest);
            if (length == 0 || rest[0] is '-' or '\u2212' || !QuantityParser.TryNumber(rest[..length], out var number))
            {
                return false;
            }

            rest = rest[length..].TrimStart();
            var end = 0;
            while (end < rest.Length && char.IsAsciiLetter(rest[end]))
            {
                end++;
            }

            if (Unit.Find(rest[..end].ToString()) is not { Dimension: Dimension.Time } unit || unit.Factor >= last)
            {
                return false;
            }

            sum += number * unit.Factor;
            last = unit.Factor;
            rest = rest[end..].TrimStart();
        }

        duration = Quantity.OfBase(sum, Dimension.Time);
        return last != decimal.MaxValue;
    }

    /// <summary><c>22 h 10 min</c>; below a minute <c>12.5 s</c> or <c>100 ms</c>. Rounded to 1 s from a minute on.</summary>
    public static string Print(double seconds)
    {
        if (!double.IsFinite(seconds) || seconds < 0 || seconds > 1e12)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{seconds:G3} s");
        }

        if (seconds < 60)
        {
            return seconds is > 0 and < 1
                ? string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0.###} ms")
                : string.Create(CultureInfo.InvariantCulture, $"{seconds:0.###} s");
        }

        var whole = (long)Math.Round(seconds);
        var text = new StringBuilder();
        foreach (var (size, unit) in s_parts)
        {
            var count = whole / size;
            if (count > 0)
            {
                _ = text.Append(text.Length > 0 ? " " : "").Append(CultureInfo.InvariantCulture, $"{count} {unit}");
                whole %= size;
            }
        }

        return text.ToString();
    }

    private static readonly (long Size, string Unit)[] s_parts = [(3600, "h"), (60, "min"), (1, "s")];
}
