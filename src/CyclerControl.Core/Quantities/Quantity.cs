using System.Globalization;

namespace CyclerControl.Core.Quantities;

/// <summary>A number with its unit, exactly as written. Prints so that it reads back equal.</summary>
/// <param name="Number">The number before the unit; for <c>C/20</c> it is 20.</param>
/// <param name="Unit">The unit after it.</param>
/// <param name="IsInverse">True for <c>C/20</c>: the value is unit / number.</param>
public readonly record struct Quantity(decimal Number, Unit Unit, bool IsInverse = false)
{
    /// <summary>What it measures.</summary>
    public Dimension Dimension => Unit.Dimension;

    /// <summary>The value in the inside unit of its dimension, exact but for <c>C/3</c> and its like.</summary>
    public decimal BaseNumber => IsInverse ? Unit.Factor / Number : (Number * Unit.Factor) + Unit.Offset;

    /// <summary>The value in the inside unit of its dimension (V, A, s, Ah, ohm, cm2, ...).</summary>
    public double BaseValue => (double)BaseNumber;

    /// <summary>A quantity of so many inside units.</summary>
    public static Quantity OfBase(decimal number, Dimension dimension) => new(number, Unit.Base(dimension));

    /// <summary>The same amount in another unit of its dimension.</summary>
    /// <exception cref="ArgumentException">The unit measures something else.</exception>
    public Quantity In(Unit unit) => unit.Dimension == Dimension
        ? new Quantity((BaseNumber - unit.Offset) / unit.Factor, unit)
        : throw new ArgumentException($"{unit} does not measure {Dimension}", nameof(unit));

    /// <summary><c>0.1 mA/cm2</c>, <c>1.5 h</c>, <c>C/20</c>, <c>0.5C</c>.</summary>
    public override string ToString()
    {
        var number = Number.ToString("0.############################", CultureInfo.InvariantCulture);
        return Dimension != Dimension.CRate ? Unit.Symbol == "1" ? PercentText() : $"{number} {Unit.Symbol}"
            : IsInverse ? $"C/{number}"
            : $"{number}C";
    }

    private string PercentText() => (Number * 100).ToString("0.############################", CultureInfo.InvariantCulture) + " %";
}
