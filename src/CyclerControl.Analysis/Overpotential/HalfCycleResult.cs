using CyclerControl.Analysis.Legs;

namespace CyclerControl.Analysis.Overpotential;

/// <summary>What the voltage did in one half-cycle (or the part of it at one current). Whole cell, not halved.</summary>
/// <param name="MeanVolts">Time-mean of |V - offset| over the second half, V; null for an unfinished half-cycle.</param>
/// <param name="EndVolts">|V - offset| of its last reading, V.</param>
/// <param name="MinVolts">Smallest |V - offset| after its first 60 s, V; null for a shorter one.</param>
public sealed record HalfCycleResult(Stretch Stretch, double? MeanVolts, double? EndVolts, double? MinVolts)
{
    /// <summary>|V_end| / |V|_min after 60 s: above 1 when contact is lost towards the end.</summary>
    public double? ArcingIndex => Stretch.Finished && EndVolts is { } end && MinVolts is { } min && min > 0 ? end / min : null;
}
