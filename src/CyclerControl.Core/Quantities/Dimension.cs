namespace CyclerControl.Core.Quantities;

/// <summary>What a quantity measures. Each has one inside unit, in which raw numbers are kept.</summary>
public enum Dimension
{
    /// <summary>V.</summary>
    Voltage,

    /// <summary>A.</summary>
    Current,

    /// <summary>A/cm2.</summary>
    CurrentDensity,

    /// <summary>A/g.</summary>
    SpecificCurrent,

    /// <summary>Multiples of the current that is called 1C.</summary>
    CRate,

    /// <summary>Ah.</summary>
    Charge,

    /// <summary>Ah/cm2.</summary>
    ArealCapacity,

    /// <summary>Ah/g.</summary>
    SpecificCapacity,

    /// <summary>W.</summary>
    Power,

    /// <summary>Wh.</summary>
    Energy,

    /// <summary>ohm.</summary>
    Resistance,

    /// <summary>ohm cm2.</summary>
    ArealResistance,

    /// <summary>s.</summary>
    Time,

    /// <summary>Hz.</summary>
    Frequency,

    /// <summary>degC.</summary>
    Temperature,

    /// <summary>g.</summary>
    Mass,

    /// <summary>cm2.</summary>
    Area,

    /// <summary>cm.</summary>
    Length,

    /// <summary>S/cm.</summary>
    Conductivity,

    /// <summary>MPa.</summary>
    Pressure,

    /// <summary>cm3/mol.</summary>
    MolarVolume,

    /// <summary>g/mol.</summary>
    MolarMass,

    /// <summary>1; written in %.</summary>
    Fraction,

    /// <summary>V/s.</summary>
    SweepRate,
}
