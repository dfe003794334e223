namespace CyclerControl.Analysis.Cycles;

/// <summary>Coulombic efficiency over the finished cycles, as fractions.</summary>
/// <param name="CyclesAboveOne">Cycles whose efficiency exceeds 100 %: a sign of a soft short, not of a good cell.</param>
/// <param name="CyclesWithoutCutOff">Cycles whose strip did not reach its cut-off.</param>
/// <param name="UnfinishedCycles">Cycles left out because they did not finish.</param>
/// <param name="CyclesWithGap">Finished cycles left out because of a gap in them.</param>
public sealed record EfficiencyResult(
    int Count,
    double? Mean,
    double? First,
    double? Last,
    double? Min,
    double? Max,
    IReadOnlyList<int> CyclesAboveOne,
    IReadOnlyList<int> CyclesWithoutCutOff,
    IReadOnlyList<int> UnfinishedCycles,
    IReadOnlyList<int> CyclesWithGap)
{
    public static EfficiencyResult Of(IReadOnlyList<CycleResult> cycles)
    {
        var values = cycles.Where(c => c.Counts).Select(c => c.Efficiency!.Value).ToList();
        return new EfficiencyResult(
            values.Count,
            values.Count > 0 ? values.Average() : null,
            values.Count > 0 ? values[0] : null,
            values.Count > 0 ? values[^1] : null,
            values.Count > 0 ? values.Min() : null,
            values.Count > 0 ? values.Max() : null,
            [.. cycles.Where(c => c.Efficiency > 1).Select(c => c.Cycle)],
            [.. cycles.Where(c => c.Finished && !c.CutOffReached).Select(c => c.Cycle)],
            [.. cycles.Where(c => !c.Finished).Select(c => c.Cycle)],
            [.. cycles.Where(c => c.Finished && c.HasGap).Select(c => c.Cycle)]);
    }
}
