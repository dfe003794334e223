using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Cycles;

/// <summary>Stretches of test time for which a run was left alone or its rows are missing.</summary>
internal sealed class GapList
{
    private readonly List<(long From, long To)> _gaps = [];

    /// <param name="events">In the order in which they were recorded.</param>
    public static GapList Of(IReadOnlyList<RunEvent> events)
    {
        var list = new GapList();
        long? lost = null;
        foreach (var one in events)
        {
            switch (one.Kind)
            {
                case "restart_gap" or "recording_gap":
                    list._gaps.Add((one.TimeNanoseconds, one.UntilNanoseconds ?? one.TimeNanoseconds));
                    break;
                case "link_lost":
                    lost ??= one.TimeNanoseconds;
                    break;
                case "link_back" or "resumed" or "skipped" when lost is { } since:
                    list._gaps.Add((since, one.TimeNanoseconds));
                    lost = null;
                    break;
                default:
                    break;
            }
        }

        if (lost is { } still)
        {
            list._gaps.Add((still, long.MaxValue));
        }

        return list;
    }

    /// <summary>Whether any lies, even in part, in a stretch of test time; its end does not belong to it.</summary>
    public bool Any(long from, long to) => _gaps.Exists(g => g.From < to && g.To >= from);
}
