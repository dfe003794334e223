namespace CyclerControl.Core.Quantities;

/// <summary>What kind of cell sits on a channel.</summary>
public enum CellKind
{
    /// <summary>Li || Li.</summary>
    Symmetric,

    /// <summary>Li || collector.</summary>
    Half,

    /// <summary>Cathode || anode.</summary>
    Full,
}

/// <summary>The specimen, in inside units; null means that nobody gave it.</summary>
public sealed record CellSpec
{
    public string? Id { get; init; }

    public CellKind? Kind { get; init; }

    /// <summary>Electrode area, cm2.</summary>
    public double? AreaSquareCentimetres { get; init; }

    /// <summary>Mass of active material, g. <c>composite_mass</c> x <c>active_fraction</c> where only those were given.</summary>
    public double? ActiveMassGrams { get; init; }

    public double? CompositeMassGrams { get; init; }

    /// <summary>0 to 1.</summary>
    public double? ActiveFraction { get; init; }

    /// <summary>Current that is called 1C, A, already resolved against area or mass.</summary>
    public double? OneCAmperes { get; init; }

    /// <summary>Nominal capacity, Ah.</summary>
    public double? NominalAmpHours { get; init; }

    /// <summary>Thickness of the separator, cm.</summary>
    public double? ThicknessCentimetres { get; init; }

    /// <summary>Ionic conductivity of the separator, S/cm.</summary>
    public double? ConductivitySiemensPerCentimetre { get; init; }

    /// <summary>High-frequency intercept, ohm.</summary>
    public double? BulkResistanceOhms { get; init; }

    /// <summary>Temperature, degC.</summary>
    public double? TemperatureCelsius { get; init; }

    /// <summary>Stack pressure, MPa.</summary>
    public double? StackPressureMegapascals { get; init; }

    /// <summary>Lithium on the working electrode at start, Ah.</summary>
    public double? WorkingLithiumAmpHours { get; init; }

    /// <summary>Lithium on the counter electrode at start, Ah.</summary>
    public double? CounterLithiumAmpHours { get; init; }

    /// <summary>Radius of the active particles, cm.</summary>
    public double? ParticleRadiusCentimetres { get; init; }

    /// <summary>Molar volume of the active material, cm3/mol.</summary>
    public double? MolarVolumeCubicCentimetresPerMole { get; init; }

    /// <summary>Molar mass of the active material, g/mol.</summary>
    public double? MolarMassGramsPerMole { get; init; }

    public string? Notes { get; init; }
}
