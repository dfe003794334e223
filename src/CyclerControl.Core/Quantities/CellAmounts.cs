namespace CyclerControl.Core.Quantities;

/// <summary>An amount on a given cell, or the key of the quantity that the cell lacks for it.</summary>
/// <param name="Value">A, Ah, ohm, or the inside unit of the quantity's own dimension.</param>
/// <param name="Missing">Key of the cell's list; null when there is a value.</param>
public readonly record struct CellAmount(double? Value, string? Missing);

/// <summary>Resolves what is given per area, per gram or as a C-rate against a cell.</summary>
public static class CellAmounts
{
    public static CellAmount Resolve(Quantity quantity, CellSpec cell) => quantity.Dimension switch
    {
        Dimension.CurrentDensity or Dimension.ArealCapacity => Times(quantity, cell.AreaSquareCentimetres, "area"),
        Dimension.SpecificCurrent or Dimension.SpecificCapacity => Times(quantity, cell.ActiveMassGrams, "active_mass"),
        Dimension.ArealResistance => cell.AreaSquareCentimetres is { } area ? new(quantity.BaseValue / area, null) : new(null, "area"),
        Dimension.CRate => Times(quantity, cell.OneCAmperes ?? cell.NominalAmpHours, "one_c"),
        _ => new(quantity.BaseValue, null),
    };

    private static CellAmount Times(Quantity quantity, double? factor, string key) =>
        factor is { } f ? new(quantity.BaseValue * f, null) : new(null, key);
}
