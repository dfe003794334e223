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
    private const double HoldSeconds = 60;

    /// <summary>Set current at this age, A; in a hold it dies away with the root of time.</summary>
    public double AmperesAt(double age) => Kind == PlannedKind.Hold ? Amperes / Math.Sqrt(1 + (age / HoldSeconds)) : Amperes;

    public bool IsSweep => Kind is PlannedKind.Sweep or PlannedKind.BiasedSweep;
}
