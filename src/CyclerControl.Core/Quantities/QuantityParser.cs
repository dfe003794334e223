using System.Globalization;

namespace CyclerControl.Core.Quantities;

/// <summary>What came of reading a quantity: the quantity, or what is wrong and what to write instead.</summary>
public readonly record struct QuantityReading(Quantity? Quantity, string Message, string Cure)
{
    internal static QuantityReading Wrong(string message, string cure) => new(null, message, cure);
}

/// <summary>Reads <c>0.1 mA/cm2</c>, <c>-50mV</c>, <c>1 h 30 min</c>, <c>C/20</c>. Culture plays no part. Any thread.</summary>
public static class QuantityParser
{
    /// <summary>Largest magnitude of a number.</summary>
    public const decimal Largest = 1e15m;

    /// <summary>Reads a quantity of one of the expected dimensions.</summary>
    /// <param name="text">Number, optional space, unit.</param>
    /// <param name="expected">What may stand here; the first gives the example of a cure. None: anything.</param>
    public static QuantityReading Parse(string text, params ReadOnlySpan<Dimension> expected)
    {
        var trimmed = text.Trim();
        if (CRate.TryParse(trimmed, out var rate))
        {
            return Accept(rate, expected);
        }

        var length = NumberLength(trimmed);
        if (length == 0)
        {
            return QuantityReading.Wrong(
                trimmed.Length == 0 ? "is empty" : "does not start with a number", $"write {Example("1", expected)}");
        }

        var numberText = trimmed[..length].Replace('\u2212', '-');
        if (!TryNumber(numberText, out var number))
        {
            return QuantityReading.Wrong("has a number that cannot be kept exactly", "use a number between 1e-15 and 1e15");
        }

        var symbol = trimmed[length..].Trim();
        if (symbol.Length == 0)
        {
            return QuantityReading.Wrong("has no unit", $"{trimmed} what? write {Example(numberText, expected)}");
        }

        if (symbol[0] == ',')
        {
            return QuantityReading.Wrong("has a comma in its number", $"write the decimals after a point: {numberText}.{symbol[1..].Trim()}");
        }

        return Unit.Find(symbol) is { } unit ? Accept(new Quantity(number, unit), expected)
            : CompoundDuration.TryParse(trimmed, out var duration) ? Accept(duration, expected)
            : QuantityReading.Wrong($"has unknown unit '{symbol}'", UnitAdvice.For(symbol, expected));
    }

    /// <summary>Reads a quantity, or throws: for texts that the program itself writes.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Quantity Require(string text, params ReadOnlySpan<Dimension> expected)
    {
        var reading = Parse(text, expected);
        return reading.Quantity ?? throw new FormatException($"'{text}' {reading.Message}; {reading.Cure}");
    }

    /// <summary>Length of the number at the start of the text; 0 where there is none.</summary>
    internal static int NumberLength(ReadOnlySpan<char> text)
    {
        var i = text.Length > 0 && text[0] is '-' or '+' or '\u2212' ? 1 : 0;
        var digits = 0;
        var points = 0;
        for (; i < text.Length && (char.IsAsciiDigit(text[i]) || (text[i] == '.' && points == 0)); i++)
        {
            digits += text[i] == '.' ? 0 : 1;
            points += text[i] == '.' ? 1 : 0;
        }

        if (digits == 0)
        {
            return 0;
        }

        if (i < text.Length && text[i] is 'e' or 'E')
        {
            var j = i + 1;
            j += j < text.Length && text[j] is '-' or '+' ? 1 : 0;
            var exponent = j;
            while (j < text.Length && char.IsAsciiDigit(text[j]))
            {
                j++;
            }

            i = j > exponent ? j : i;
        }

        return i;
    }

    internal static bool TryNumber(ReadOnlySpan<char> text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
        && Math.Abs(number) <= Largest
        && (Math.Abs(number) >= 1 / Largest || IsZero(text));

    private static bool IsZero(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is 'e' or 'E')
            {
                break;
            }

            if (c is >= '1' and <= '9')
            {
                return false;
            }
        }

        return true;
    }

    private static QuantityReading Accept(Quantity quantity, ReadOnlySpan<Dimension> expected)
    {
        if (expected.IsEmpty || expected.Contains(quantity.Dimension))
        {
            return new QuantityReading(quantity, "", "");
        }

        var names = new List<string>();
        foreach (var dimension in expected)
        {
            names.Add(WithArticle(dimension));
        }

        return QuantityReading.Wrong(
            $"is {WithArticle(quantity.Dimension)}, not {string.Join(" or ", names)}", UnitAdvice.Use(expected));
    }

    private static string WithArticle(Dimension dimension)
    {
        var name = Dimensions.NameOf(dimension);
        return (name[0] is 'a' or 'e' ? "an " : "a ") + name;
    }

    private static string Example(string number, ReadOnlySpan<Dimension> expected) =>
        expected.IsEmpty ? $"{number} mA/cm2, {number} V or {number} s"
        : expected[0] == Dimension.CRate ? $"{number}C"
        : expected[0] == Dimension.Fraction && TryNumber(number, out var fraction) && Math.Abs(fraction) < 1
            ? $"{(fraction * 100).ToString("0.####", CultureInfo.InvariantCulture)} %"
        : $"{number} {Dimensions.UsualUnit(expected[0]) switch { "1" => "%", var unit => unit }}";
}
