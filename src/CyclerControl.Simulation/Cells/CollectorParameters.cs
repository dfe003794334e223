namespace CyclerControl.Simulation.Cells;

/// <summary>A Li || collector cell: lithium foil as counter electrode, a bare metal as working electrode.</summary>
public sealed record CollectorParameters
{
    /// <summary>Physical area, cm2.</summary>
    public double AreaSquareCentimetres { get; init; } = 0.785;

    /// <summary>Ionic conductivity, mS/cm.</summary>
    public double ConductivityMillisiemensPerCentimetre { get; init; } = 3.65;

    /// <summary>Pellet thickness, mm.</summary>
    public double ThicknessMillimetres { get; init; } = 1.1;

    /// <summary>Exchange current density of each electrode, mA/cm2.</summary>
    public double ExchangeMilliamperesPerSquareCentimetre { get; init; } = 1.1;

    /// <summary>Cell temperature, degC.</summary>
    public double Celsius { get; init; } = 25;

    /// <summary>Growth of the interphase, ohm cm2 per root hour.</summary>
    public double InterphaseGrowthRate { get; init; } = 0.1;

    /// <summary>Voltage of the fresh, bare collector, V.</summary>
    public double BareVolts { get; init; } = 2.2;

    /// <summary>Charge that takes the bare collector from there to 0 V, mAh/cm2; it comes back when the collector is bare again.</summary>
    public double LithiationMilliampHoursPerSquareCentimetre { get; init; } = 0.006;

    /// <summary>Lithium that sits on the working electrode at the start, mAh/cm2.</summary>
    public double StartLithiumMilliampHoursPerSquareCentimetre { get; init; }

    /// <summary>Part of the first cycle's plated lithium that can be stripped again.</summary>
    public double FirstEfficiency { get; init; } = 0.623;

    /// <summary>The same after many cycles.</summary>
    public double FinalEfficiency { get; init; } = 0.997;

    /// <summary>Cycles over which the difference falls to 1/e.</summary>
    public double EfficiencyCycles { get; init; } = 7;

    /// <summary>Lithium left, mAh/cm2, at which half of the contact is gone.</summary>
    public double HalfContactMilliampHoursPerSquareCentimetre { get; init; } = 0.002;

    /// <summary>Extra voltage at which lithium nucleates on the bare metal, V.</summary>
    public double NucleationVolts { get; init; } = 0.015;
}
