using System.Collections.Immutable;
using System.Globalization;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Protocols;

/// <summary>The values of a ramp: from + n x by in decimal arithmetic, so that 0.1 + 0.1 + 0.1 is 0.3.</summary>
internal static class RampValues
{
    public const int Most = 10_000;

    /// <summary>What is lost by C/3 and its like.</summary>
    private const decimal Tolerance = 1e-20m;

    public static ImmutableArray<Quantity>? OfRange(MappingReader reader)
    {
        var (from, by, to) = (reader.Quantity("from"), reader.Quantity("by"), reader.Quantity("to"));
        reader.Finish();
        if (from is not { } first || by is not { } step || to is not { } last)
        {
            return null;
        }

        if (step.Dimension != first.Dimension || last.Dimension != first.Dimension)
        {
            var (key, other) = step.Dimension != first.Dimension ? ("by", step) : ("to", last);
            reader.Report(key, $"is a {Dimensions.NameOf(other.Dimension)}, and from is a {Dimensions.NameOf(first.Dimension)}", $"use {first.Unit} for all three");
            return null;
        }

        if (step.BaseNumber == 0)
        {
            reader.Report("by", "never arrives", "write a step that is not 0");
            return null;
        }

        var count = (last.BaseNumber - first.BaseNumber) / step.BaseNumber;
        if (count < 0)
        {
            reader.Report("by", $"leads away from to: {last}", $"write by: {step with { Number = -step.Number }}");
            return null;
        }

        if (count > Most)
        {
            reader.Report("by", $"gives more than {Most} values", "use larger steps");
            return null;
        }

        if (Math.Abs(count - Math.Round(count)) > Tolerance)
        {
            var below = Value(first, step, Math.Floor(count));
            var above = Value(first, step, Math.Floor(count) + 1);
            var cure = above.BaseNumber > 0 ? $"write to: {below} or to: {above}" : $"write to: {below}";
            reader.Report("to", $"is not reached from {first} by {step}: its neighbours are {below} and {above}", cure);
            return null;
        }

        var values = ImmutableArray.CreateBuilder<Quantity>((int)Math.Round(count) + 1);
        for (var n = 0; n < (int)Math.Round(count); n++)
        {
            values.Add(Value(first, step, n));
        }

        values.Add(values.Count == 0 ? first : last.In(first.Unit));
        return values.ToImmutable();
    }

    public static ImmutableArray<Quantity>? OfList(SequenceNode list, ProblemList problems)
    {
        var values = ImmutableArray.CreateBuilder<Quantity>();
        foreach (var item in list.Items)
        {
            if (item is not ScalarNode scalar)
            {
                problems.Add(item, "is no current", "write ramp: [0.05C, 0.1C]");
            }
            else if (ValueReader.Quantity(scalar, (QuantityShape)ProtocolKeys.AnyCurrent, problems) is { } value)
            {
                if (values.Count > 0 && values[0].Dimension != value.Dimension)
                {
                    problems.Add(scalar, $"is a {Dimensions.NameOf(value.Dimension)}, and the first value is a {Dimensions.NameOf(values[0].Dimension)}", "use one kind of unit");
                }

                values.Add(value);
            }
        }

        if (list.Items.IsEmpty)
        {
            problems.Add(list, "is an empty list", "give at least one current");
        }

        return values.Count == list.Items.Length && values.Count > 0 ? values.ToImmutable() : null;
    }

    /// <summary><c>0.1, 0.2 ... 5.0 mA/cm2</c>: an even ramp by its first two and its last, anything else whole.</summary>
    public static string Print(ImmutableArray<Quantity> values)
    {
        var unit = values[0].Unit;
        if (unit.Dimension == Dimension.CRate || values.Any(v => v.Unit != unit))
        {
            return Shorten([.. values.Select(v => v.ToString())], values);
        }

        var decimals = IsEven(values) ? values.Max(v => Decimals(v.Number)) : 0;
        var format = decimals == 0 ? "0.############################" : "0." + new string('0', decimals);
        return $"{Shorten([.. values.Select(v => v.Number.ToString(format, CultureInfo.InvariantCulture))], values)} {unit.Symbol}";
    }

    /// <summary>True when all steps between values are equal.</summary>
    public static bool IsEven(ImmutableArray<Quantity> values) =>
        values.Length > 2
        && Enumerable.Range(2, values.Length - 2).All(i => values[i].BaseNumber - values[i - 1].BaseNumber == values[1].BaseNumber - values[0].BaseNumber);

    private static string Shorten(ImmutableArray<string> texts, ImmutableArray<Quantity> values) =>
        texts.Length > 12 || (texts.Length > 3 && IsEven(values)) ? $"{texts[0]}, {texts[1]} ... {texts[^1]}" : string.Join(", ", texts);

    private static int Decimals(decimal number)
    {
        var text = number.ToString("0.############################", CultureInfo.InvariantCulture);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? 0 : text.Length - point - 1;
    }

    private static Quantity Value(Quantity first, Quantity step, decimal n) =>
        Quantity.OfBase(first.BaseNumber + (n * step.BaseNumber), first.Dimension).In(first.Unit);
}
