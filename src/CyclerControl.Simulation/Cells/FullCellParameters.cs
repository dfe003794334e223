namespace CyclerControl.Simulation.Cells;

/// <summary>An oxide cathode against lithium. Defaults are those of an NCM83125 || Li6PS5Cl || Li cell.</summary>
public sealed record FullCellParameters
{
    /// <summary>Physical area, cm2.</summary>
    public double AreaSquareCentimetres { get; init; } = 0.785;

    /// <summary>Capacity of the cathode between the ends of its voltage curve, mAh.</summary>
    public double CapacityMilliampHours { get; init; } = 0.88;

    /// <summary>State of charge at the start, 0 to 1.</summary>
    public double StartCharge { get; init; } = 0.02;

    /// <summary>Ohmic resistance, ohm.</summary>
    public double SeriesOhms { get; init; } = 40;

    /// <summary>Resistance of the charge transfer, ohm.</summary>
    public double TransferOhms { get; init; } = 40;

    /// <summary>Its time constant, s.</summary>
    public double TransferSeconds { get; init; } = 0.1;

    /// <summary>Planted diffusion coefficient of lithium in the particles, cm2/s.</summary>
    public double DiffusionSquareCentimetresPerSecond { get; init; } = 1e-12;

    /// <summary>Planted particle radius, um.</summary>
    public double ParticleRadiusMicrometres { get; init; } = 3;

    /// <summary>Number of shells of a particle, thinner towards its surface.</summary>
    public int Shells { get; init; } = 30;

    /// <summary>Part of the first charge that a side reaction takes.</summary>
    public double FirstLossFraction { get; init; } = 0.25;

    /// <summary>The same after many cycles.</summary>
    public double FinalLossFraction { get; init; } = 0.0005;

    /// <summary>Charge, in units of the capacity, over which the difference falls to 1/e.</summary>
    public double LossDecay { get; init; } = 0.6;

    /// <summary>Capacity lost per full cycle.</summary>
    public double FadePerCycle { get; init; } = 2e-4;

    /// <summary>Growth of the series resistance, fraction per root hour.</summary>
    public double ResistanceGrowthPerRootHour { get; init; } = 0.004;
}
