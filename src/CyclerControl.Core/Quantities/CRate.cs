namespace CyclerControl.Core.Quantities;

/// <summary>Multiples of the current that is called 1C: <c>C/20</c>, <c>0.5C</c>, <c>1C</c>. Never a charge in coulombs.</summary>
public static class CRate
{
    private static readonly Unit s_unit = Unit.Find("C")!;

    /// <summary>Reads <c>C/20</c>, <c>0.5C</c>, <c>1 C</c> or <c>C</c>.</summary>
    public static bool TryParse(string text, out Quantity rate)
    {
        rate = default;
        var trimmed = text.AsSpan().Trim();
        if (trimmed.SequenceEqual("C"))
        {
            rate = new Quantity(1, s_unit);
            return true;
        }

        if (trimmed.StartsWith("C/", StringComparison.Ordinal))
        {
            var divisor = trimmed[2..].Trim();
            if (QuantityParser.NumberLength(divisor) != divisor.Length || !QuantityParser.TryNumber(divisor, out var number) || number <= 0)
            {
                return false;
            }

            rate = new Quantity(number, s_unit, IsInverse: true);
            return true;
        }

        var length = QuantityParser.NumberLength(trimmed);
        if (length == 0 || !trimmed[length..].Trim().SequenceEqual("C") || !QuantityParser.TryNumber(trimmed[..length], out var times))
        {
            return false;
        }

        rate = new Quantity(times, s_unit);
        return true;
    }
}
