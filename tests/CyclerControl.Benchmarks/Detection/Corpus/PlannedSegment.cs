namespace CyclerControl.Benchmarks.Detection.Corpus;

internal enum PlannedKind
{
    Rest,
    Current,
    Hold,

    /// <summary>Impedance at rest: a small alternating current.</summary>
    Sweep,

    /// <summary>Impedance under current: 10 % on top of it.</summary>
    BiasedSweep,

    /// <summary>Paused, and nobody looks.</summary>
    Gap,
}

/// <summary>One thing that the channel is told to do.</summary>
/// <param name="Amperes">Set current, signed, A; of a sweep the bias.</param>
/// <param name="HalfCycle">As the engine would count it.</param>
/// <param name="LegAgeSeconds">How much of the half-cycle was done before, s.</param>
/// <param name="LegSeconds">How long the whole half-cycle takes, s.</param>
internal readonly record struct PlannedSegment(
    PlannedKind Kind, double Amperes, double Seconds, int HalfCycle, double LegAgeSeconds, double LegSeconds)
{
    /// <summary>In a hold the current begins to die away after this part of it.</summary>
    private const double HoldKnee = 1.0 / 80;

    /// <summary>Charge of a hold as a fraction of current x duration: the integral of the root law.</summary>
    public static readonly double HoldCharge = 2 * HoldKnee * (Math.Sqrt(1 + (1 / HoldKnee)) - 1);

    /// <summary>Current at this age, A; in a hold it dies away with the root of time.</summary>
    public double AmperesAt(double age) => Kind == PlannedKind.Hold ? Amperes / Math.Sqrt(1 + (age / (HoldKnee * Seconds))) : Amperes;

    /// <summary>A tenth of the current that flows; at rest a tenth of the cell's.</summary>
    public double SwingAmperes(CellDraw cell) => 0.1 * (Amperes == 0 ? cell.Amperes : Math.Abs(Amperes));

    public bool IsSweep => Kind is PlannedKind.Sweep or PlannedKind.BiasedSweep;
}
