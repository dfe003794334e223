using CyclerControl.Core.Quantities;

namespace CyclerControl.Analysis.Cycles;

/// <summary>Capacity over the cycles: discharge of a full cell, strip of a half cell. Finished cycles without a gap only.</summary>
/// <param name="FirstAmpHours">Capacity of the first finished cycle, Ah.</param>
/// <param name="MaxAmpHours">Largest capacity, Ah.</param>
/// <param name="MaxCycle">The cycle that had it.</param>
/// <param name="LastAmpHours">Capacity of the last finished cycle, Ah.</param>
public sealed record RetentionResult(int FirstCycle, double FirstAmpHours, int MaxCycle, double MaxAmpHours, int LastCycle, double LastAmpHours)
{
    public double LastOfFirst => LastAmpHours / FirstAmpHours;

    public double LastOfMax => LastAmpHours / MaxAmpHours;

    /// <summary>Null for symmetric cells, and where no cycle with charge finished.</summary>
    public static RetentionResult? Of(IReadOnlyList<CycleResult> cycles, CellKind? kind)
    {
        var finished = kind is CellKind.Half or CellKind.Full
            ? cycles.Where(c => c.Averages && CapacityOf(c, kind) > 0).ToList()
            : [];
        if (finished.Count == 0)
        {
            return null;
        }

        var best = finished.MaxBy(c => CapacityOf(c, kind))!;
        return new RetentionResult(
            finished[0].Cycle,
            CapacityOf(finished[0], kind),
            best.Cycle,
            CapacityOf(best, kind),
            finished[^1].Cycle,
            CapacityOf(finished[^1], kind));
    }

    public static double CapacityOf(CycleResult cycle, CellKind? kind) =>
        kind == CellKind.Half ? cycle.ChargeAmpHours : cycle.DischargeAmpHours;
}
