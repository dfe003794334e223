namespace CyclerControl.Analysis.Cycles;

/// <summary>One level of a rate test.</summary>
/// <param name="Amperes">Set discharge current, A, without sign.</param>
/// <param name="CRate">In units of 1C; null where the cell does not say what 1C is.</param>
/// <param name="MeanAmpHours">Mean discharge capacity of the finished cycles, Ah; null when none finished.</param>
public sealed record RateLevel(double Amperes, double? CRate, int FirstCycle, int LastCycle, int FinishedCycles, double? MeanAmpHours);

/// <summary>Capacity against current.</summary>
/// <param name="ReturnOf">Index of the earlier level with the current of the last one; null: the test did not return.</param>
public sealed record RateResult(IReadOnlyList<RateLevel> Levels, int? ReturnOf)
{
    /// <summary>What is left of the capacity when the current comes back, as a fraction.</summary>
    public double? ReturnFraction =>
        ReturnOf is { } index && Levels[index].MeanAmpHours is { } before && before > 0 && Levels[^1].MeanAmpHours is { } after
            ? after / before
            : null;

    public static RateResult Of(IReadOnlyList<CycleResult> cycles, double? oneCAmperes)
    {
        var groups = new List<(double Amperes, List<CycleResult> Cycles)>();
        foreach (var cycle in cycles)
        {
            var discharge = cycle.First.Sign < 0 ? cycle.First : cycle.Second;
            if (discharge?.SetAmperes is not { } signed)
            {
                continue; // the run ended in the charge
            }

            var amperes = Math.Abs(signed);
            if (groups.Count == 0 || !Same(groups[^1].Amperes, amperes))
            {
                groups.Add((amperes, []));
            }

            groups[^1].Cycles.Add(cycle);
        }

        var levels = groups.Select(g => Level(g.Amperes, g.Cycles, oneCAmperes)).ToList();
        var back = levels.Count < 3 ? -1 : levels.FindIndex(0, levels.Count - 1, l => Same(l.Amperes, levels[^1].Amperes));
        return new RateResult(levels, back < 0 ? null : back);
    }

    private static RateLevel Level(double amperes, List<CycleResult> cycles, double? oneCAmperes)
    {
        var capacities = cycles.Where(c => c.Averages).Select(c => c.DischargeAmpHours).ToList();
        return new RateLevel(
            amperes,
            oneCAmperes is { } oneC && oneC > 0 ? amperes / oneC : null,
            cycles[0].Cycle,
            cycles[^1].Cycle,
            capacities.Count,
            capacities.Count > 0 ? capacities.Average() : null);
    }

    private static bool Same(double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Max(a, b);
}
