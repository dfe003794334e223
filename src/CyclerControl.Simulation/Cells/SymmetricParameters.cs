namespace CyclerControl.Simulation.Cells;

/// <summary>How the interphase between lithium and electrolyte grows.</summary>
public enum InterphaseGrowth
{
    /// <summary>Diffusion-controlled: with the root of time.</summary>
    RootOfTime,

    /// <summary>With time.</summary>
    Linear,
}

/// <summary>A Li || Li cell. Defaults are those of a bare Li6PS5Cl pellet.</summary>
public sealed record SymmetricParameters
{
    /// <summary>Physical area, cm2.</summary>
    public double AreaSquareCentimetres { get; init; } = 0.785;

    /// <summary>Ionic conductivity at 25 degC, mS/cm.</summary>
    public double ConductivityMillisiemensPerCentimetre { get; init; } = 7.9;

    /// <summary>Pellet thickness, mm.</summary>
    public double ThicknessMillimetres { get; init; } = 1.15;

    /// <summary>Exchange current density of each electrode, mA/cm2.</summary>
    public double ExchangeMilliamperesPerSquareCentimetre { get; init; } = 0.69;

    /// <summary>Cell temperature, degC.</summary>
    public double Celsius { get; init; } = 25;

    /// <summary>Activation energy of conduction, eV.</summary>
    public double ActivationElectronvolts { get; init; } = 0.33;

    public InterphaseGrowth Growth { get; init; } = InterphaseGrowth.RootOfTime;

    /// <summary>Interphase resistance at the start, both electrodes together, ohm cm2.</summary>
    public double InterphaseOhmSquareCentimetres { get; init; }

    /// <summary>Its growth: ohm cm2 per root hour, or per hour where linear.</summary>
    public double InterphaseGrowthRate { get; init; } = 0.2;

    /// <summary>Time constant of double layer and charge transfer, s.</summary>
    public double DoubleLayerSeconds { get; init; } = 0.0015;

    /// <summary>Extra resistance of a fresh cell, as a fraction of its small-signal resistance; decays while current flows.</summary>
    public double NucleationFraction { get; init; } = 0.4;

    /// <summary>Time constant of that decay, s.</summary>
    public double NucleationSeconds { get; init; } = 1200;

    /// <summary>Areal capacity stripped at which contact would be gone, mAh/cm2.</summary>
    public double ContactLossMilliampHoursPerSquareCentimetre { get; init; } = 3.5;

    /// <summary>Shape of the contact loss: contact = 1 - (stripped / contact loss)^shape.</summary>
    public double ContactLossShape { get; init; } = 2;

    /// <summary>Contact that stack pressure keeps.</summary>
    public double LeastContactFraction { get; init; } = 0.4;

    /// <summary>Part of the lost contact that plating the same charge brings back; below 1 the loss accumulates until the cell polarises.</summary>
    public double ContactRestoredFraction { get; init; } = 1;
}
