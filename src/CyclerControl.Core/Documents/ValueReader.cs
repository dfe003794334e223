using System.Globalization;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Documents;

/// <summary>Reads one scalar as what its shape says; null and a problem where it is not.</summary>
public static class ValueReader
{
    public static string? Choice(ScalarNode scalar, ChoiceShape shape, ProblemList problems)
    {
        if (shape.Words.Contains(scalar.Text, StringComparer.Ordinal))
        {
            return scalar.Text;
        }

        var words = $"write {string.Join(" | ", shape.Words)}";
        var near = NearName.Find(scalar.Text, shape.Words);
        problems.Add(scalar, "is not one of the words for this", near is null ? words : $"did you mean {near}? {words}");
        return null;
    }

    public static long? WholeNumber(ScalarNode scalar, WholeNumberShape shape, ProblemList problems)
    {
        if (scalar.IsQuoted)
        {
            problems.Add(scalar, "is in quotes", "write the whole number without quotes");
            return null;
        }

        if (long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= shape.Min && number <= shape.Max)
        {
            return number;
        }

        problems.Add(scalar, "is not a whole number that is allowed here", string.Create(CultureInfo.InvariantCulture, $"use {shape.Min} to {shape.Max}"));
        return null;
    }

    public static double? Number(ScalarNode scalar, NumberShape shape, ProblemList problems)
    {
        if (!scalar.IsQuoted
            && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= shape.Min && number <= shape.Max)
        {
            return number;
        }

        problems.Add(scalar, "is not a number that is allowed here", string.Create(CultureInfo.InvariantCulture, $"use {shape.Min} to {shape.Max}"));
        return null;
    }

    public static bool? Boolean(ScalarNode scalar, ProblemList problems)
    {
        if (!scalar.IsQuoted && scalar.Text is "true" or "false")
        {
            return scalar.Text == "true";
        }

        problems.Add(scalar, "is neither true nor false", "write true or false, without quotes");
        return null;
    }

    public static Quantity? Quantity(ScalarNode scalar, QuantityShape shape, ProblemList problems)
    {
        var reading = QuantityParser.Parse(scalar.Text, shape.Dimensions.AsSpan());
        if (reading.Quantity is not { } quantity)
        {
            problems.Add(scalar, reading.Message, reading.Cure);
            return null;
        }

        if (shape.Sign == SignRule.Any || quantity.BaseNumber > 0 || (shape.Sign == SignRule.NotNegative && quantity.BaseNumber == 0))
        {
            return quantity;
        }

        problems.Add(
            scalar,
            shape.Sign == SignRule.Positive ? "must be above 0" : "must not be negative",
            $"write a {Dimensions.NameOf(quantity.Dimension)} such as {shape.Example}");
        return null;
    }
}
