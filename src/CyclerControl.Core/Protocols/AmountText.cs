using System.Collections.Immutable;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Protocols;

/// <summary>Amounts as sentences print them: as written, and in brackets what that is on the cell.</summary>
internal sealed class AmountText(CellSpec cell)
{
    public CellSpec Cell => cell;

    /// <summary><c>0.3 mA/cm2 (0.235 mA on this cell)</c>.</summary>
    public string Of(Amount amount)
    {
        var written = Of(amount.Quantity);
        return OnCell([amount.Quantity]) is { } onCell ? $"{written} ({onCell} on this cell)" : written;
    }

    /// <summary><c>0.1, 0.2 ... 5.0 mA/cm2 (0.0785 ... 3.93 mA on this cell)</c>.</summary>
    public string Of(ImmutableArray<Quantity> values)
    {
        var written = RampValues.Print(values);
        var shown = values.Length > 12 || RampValues.IsEven(values) ? [values[0], values[^1]] : values;
        return OnCell(shown) is { } onCell ? $"{written} ({onCell} on this cell)" : written;
    }

    /// <summary>Durations as 1 h 30 min, everything else as written.</summary>
    public static string Of(Quantity quantity) =>
        quantity.Dimension == Dimension.Time ? CompoundDuration.Print(quantity.BaseValue) : quantity.ToString();

    private string? OnCell(ImmutableArray<Quantity> values)
    {
        Dimension? dimension = values[0].Dimension switch
        {
            Dimension.CurrentDensity or Dimension.SpecificCurrent or Dimension.CRate => Dimension.Current,
            Dimension.ArealCapacity or Dimension.SpecificCapacity => Dimension.Charge,
            _ => null,
        };
        if (dimension is null)
        {
            return null;
        }

        var resolved = values.Select(v => CellAmounts.Resolve(v, cell).Value).ToList();
        if (resolved.Contains(null))
        {
            return null;
        }

        var unit = QuantityPrinter.UnitFor(resolved.Max()!.Value, dimension.Value);
        var numbers = resolved.Select(v => QuantityPrinter.Number(QuantityPrinter.InUnit(v!.Value, unit))).ToList();
        return $"{string.Join(numbers.Count == 2 ? " ... " : ", ", numbers)} {unit.Symbol}";
    }
}
