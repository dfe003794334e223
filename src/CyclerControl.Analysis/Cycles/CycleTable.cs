using CyclerControl.Analysis.Legs;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Cycles;

/// <summary>
/// Pairs half-cycles. Half cell: plate first, CE = strip / plate. Full cell: charge first, CE = discharge / charge. Symmetric: no CE.
/// Where the run has a measuring block, only the half-cycles inside count.
/// </summary>
public static class CycleTable
{
    /// <param name="events">Of the run; null: none.</param>
    /// <param name="withinBlocks">False: measuring blocks do not divide the run (a titration has one on charge and one on discharge).</param>
    public static IReadOnlyList<CycleResult> Of(IReadOnlyList<Leg> legs, CellKind? kind, bool withinBlocks = true, IReadOnlyList<RunEvent>? events = null)
    {
        if (!withinBlocks)
        {
            legs = [.. legs.Select(l => l with { Block = null, BlockCycle = null })];
        }

        var blocks = legs.Where(l => l.Block is not null).Select(l => l.Block).Distinct().ToList();
        var counted = blocks.Count > 0 ? legs.Where(l => l.Block is not null || l.SetAmperes is null).ToList() : [.. legs];
        var firstSign = kind switch
        {
            CellKind.Half => -1,
            CellKind.Full => 1,
            _ => counted.Count > 0 ? counted[0].Sign : 0,
        };
        var cycles = new List<CycleResult>();
        for (var i = 0; i < counted.Count; i++)
        {
            var first = counted[i];
            if (first.Sign != firstSign)
            {
                continue; // the half-cycle that would come first is missing
            }

            var second = i + 1 < counted.Count && counted[i + 1] is var next && next.Sign == -firstSign && Joins(first, next) ? next : null;
            var block = first.Block is null ? (int?)null : blocks.IndexOf(first.Block) + 1;
            if (blocks.Count > 0 && block is null)
            {
                continue; // an open step outside: nothing tells whether it belongs to the block
            }

            cycles.Add(Cycle(first, second, block, kind));
        }

        MarkGaps(cycles, GapList.Of(events ?? []));
        return cycles;
    }

    private static void MarkGaps(List<CycleResult> cycles, GapList gaps)
    {
        for (var i = 0; i < cycles.Count; i++)
        {
            var end = i + 1 < cycles.Count ? cycles[i + 1].First.StartNanoseconds : long.MaxValue;
            cycles[i] = cycles[i] with { HasGap = gaps.Any(cycles[i].First.StartNanoseconds, end) };
        }
    }

    private static bool Joins(Leg first, Leg second) =>
        first.Block == second.Block || (second.Block is null && second.SetAmperes is null);

    private static CycleResult Cycle(Leg first, Leg? second, int? block, CellKind? kind)
    {
        var swept = first.IsSwept || second is { IsSwept: true };
        var defined = kind is CellKind.Half or CellKind.Full && !swept;
        var finished = first.Finished && second is { Finished: true };
        double? efficiency = defined && finished && first.AmpHours > 0 ? second!.AmpHours / first.AmpHours : null;
        var cutOff = kind != CellKind.Half || second is null || swept || CycleResult.IsCutOff(second);
        return new CycleResult(first.BlockCycle ?? first.Cycle, block, first, second, efficiency, cutOff);
    }
}
