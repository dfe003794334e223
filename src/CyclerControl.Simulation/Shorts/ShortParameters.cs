namespace CyclerControl.Simulation.Shorts;

/// <summary>
/// The planted short: an areal-capacity threshold that falls with current density, q(j) = q1 (j1 / j)^p, with spread from cell to cell, and a
/// hazard above it. Nothing of it follows from conductivity or kinetics: it is put in.
/// </summary>
public sealed record ShortParameters
{
    /// <summary>Median threshold q1, mAh/cm2.</summary>
    public required double ThresholdMilliampHoursPerSquareCentimetre { get; init; }

    /// <summary>Current density j1 at which it holds, mA/cm2.</summary>
    public required double AtMilliamperesPerSquareCentimetre { get; init; }

    /// <summary>Exponent p.</summary>
    public required double Exponent { get; init; }

    /// <summary>Standard deviation of ln q1 from cell to cell.</summary>
    public required double Spread { get; init; }

    /// <summary>Scale of the hazard: relative excess over the threshold at which 63 % of the cells have shorted.</summary>
    public double HazardScale { get; init; } = 0.04;

    /// <summary>Weibull shape of the hazard.</summary>
    public double HazardShape { get; init; } = 2;

    /// <summary>Probability that the short is hard from its onset.</summary>
    public double HardProbability { get; init; } = 0.8;

    /// <summary>Probability that it is soft; the rest is telegraph.</summary>
    public double SoftProbability { get; init; } = 0.1;

    /// <summary>Median resistance of a hard short, ohm; lognormal, cut to 0.5-12 ohm.</summary>
    public double HardOhms { get; init; } = 3;

    /// <summary>A soft or telegraph short turns hard after a further areal capacity, exponential with this mean, mAh/cm2.</summary>
    public double HardensAfterMilliampHoursPerSquareCentimetre { get; init; } = 1;

    /// <summary>False switches the process off: the cell stays healthy for ever.</summary>
    public bool Enabled { get; init; } = true;
}
