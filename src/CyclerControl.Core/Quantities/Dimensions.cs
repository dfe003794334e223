using System.Collections.Immutable;

namespace CyclerControl.Core.Quantities;

/// <summary>Sets of dimensions that may stand in one place, and how people call them.</summary>
public static class Dimensions
{
    /// <summary>Every way to write a current.</summary>
    public static readonly ImmutableArray<Dimension> AnyCurrent =
        [Dimension.CurrentDensity, Dimension.Current, Dimension.SpecificCurrent, Dimension.CRate];

    /// <summary>Every way to write a charge.</summary>
    public static readonly ImmutableArray<Dimension> AnyCapacity = [Dimension.ArealCapacity, Dimension.Charge, Dimension.SpecificCapacity];

    /// <summary>The word for a dimension in messages.</summary>
    public static string NameOf(Dimension dimension) => dimension switch
    {
        Dimension.CurrentDensity => "current density",
        Dimension.SpecificCurrent => "specific current",
        Dimension.CRate => "C-rate",
        Dimension.ArealCapacity => "areal capacity",
        Dimension.SpecificCapacity => "specific capacity",
        Dimension.ArealResistance => "area-specific resistance",
        Dimension.MolarVolume => "molar volume",
        Dimension.MolarMass => "molar mass",
        Dimension.SweepRate => "sweep rate",
        Dimension.Time => "duration",
        _ => dimension.ToString().ToLowerInvariant(),
    };

    /// <summary>The unit that a cure proposes for a number without one.</summary>
    public static string UsualUnit(Dimension dimension) => dimension switch
    {
        Dimension.Current => "mA",
        Dimension.CurrentDensity => "mA/cm2",
        Dimension.SpecificCurrent => "mA/g",
        Dimension.Charge => "mAh",
        Dimension.ArealCapacity => "mAh/cm2",
        Dimension.SpecificCapacity => "mAh/g",
        Dimension.Mass => "mg",
        Dimension.Length => "mm",
        Dimension.SweepRate => "mV/s",
        Dimension.Conductivity => "mS/cm",
        _ => Unit.Base(dimension).Symbol,
    };
}
