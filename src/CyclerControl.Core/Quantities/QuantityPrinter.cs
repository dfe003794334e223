using System.Collections.Immutable;
using System.Globalization;

namespace CyclerControl.Core.Quantities;

/// <summary>Prints inside numbers for people: the unit whose prefix gives a short number, three significant digits.</summary>
public static class QuantityPrinter
{
    /// <summary><c>0.000785 A</c> prints <c>0.785 mA</c>.</summary>
    /// <param name="baseValue">In the inside unit of the dimension.</param>
    /// <param name="dimension">What it measures.</param>
    /// <param name="digits">Significant digits.</param>
    public static string Print(double baseValue, Dimension dimension, int digits = 3)
    {
        if (dimension == Dimension.Time)
        {
            return CompoundDuration.Print(baseValue);
        }

        var unit = UnitFor(baseValue, dimension);
        var number = Number(InUnit(baseValue, unit), digits);
        return dimension == Dimension.CRate ? $"{number}C" : $"{number} {unit.Symbol}";
    }

    /// <summary>The value in a unit.</summary>
    public static double InUnit(double baseValue, Unit unit) => (baseValue - (double)unit.Offset) / (double)unit.Factor;

    /// <summary>The unit in which people of the field expect such a value.</summary>
    public static Unit UnitFor(double baseValue, Dimension dimension)
    {
        var usual = dimension == Dimension.Fraction ? "%" : Dimensions.UsualUnit(dimension);
        var chosen = Unit.Find(usual)!;
        var magnitude = Math.Abs(baseValue);
        if (magnitude == 0 || dimension is Dimension.Temperature or Dimension.Fraction or Dimension.CRate or Dimension.Area)
        {
            return chosen;
        }

        // From 0.01 to 10,000 of the usual unit the number reads well; beyond, the nearest prefix.
        var inUsual = magnitude / (double)chosen.Factor;
        if (inUsual is >= 0.01 and < 10000)
        {
            return chosen;
        }

        ImmutableArray<Unit> bySize = [.. Unit.Of(dimension).OrderBy(u => u.Factor)];
        return bySize.LastOrDefault(u => magnitude >= (double)u.Factor) ?? bySize[0];
    }

    /// <summary>A number with so many significant digits, without an exponent where it is readable.</summary>
    public static string Number(double value, int digits = 3)
    {
        if (value == 0)
        {
            return "0";
        }

        var magnitude = Math.Abs(value);
        if (magnitude is < 1e-5 or >= 1e9)
        {
            return value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        }

        var decimals = Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(magnitude)), 0, 12);

        // As a decimal the value has the 15 digits that people mean: 3.925 rounds to 3.93.
        return Math.Round((decimal)value, decimals, MidpointRounding.AwayFromZero).ToString("0.############", CultureInfo.InvariantCulture);
    }
}
