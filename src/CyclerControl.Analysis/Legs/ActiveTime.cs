using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Legs;

/// <summary>Test time without the stretches in which the run was paused, its link was lost, nobody looked at it (a restart), or a suspected short was confirmed: a step's clock stands still there.</summary>
public sealed class ActiveTime
{
    private readonly List<(long From, long To)> _standstills = [];

    public ActiveTime(IReadOnlyList<RunEvent> events)
    {
        var (paused, lost, since) = (false, false, 0L);
        foreach (var one in events)
        {
            var wasActive = !paused && !lost;
            (paused, lost) = one.Kind switch
            {
                "paused" or "confirmation_started" => (true, lost),
                "link_lost" or "restart_gap" => (paused, true),
                "link_back" or "restarted" => (paused, false),
                "resumed" or "skipped" or "confirmation_ended" => (false, false),
                _ => (paused, lost),
            };
            var isActive = !paused && !lost;
            if (wasActive && !isActive)
            {
                since = one.TimeNanoseconds;
            }
            else if (!wasActive && isActive)
            {
                _standstills.Add((since, one.TimeNanoseconds));
            }
        }

        if (paused || lost)
        {
            _standstills.Add((since, long.MaxValue));
        }
    }

    /// <summary>Active time between two test times, ns.</summary>
    public long Between(long from, long to)
    {
        var active = to - from;
        foreach (var (start, end) in _standstills)
        {
            active -= Math.Max(0, Math.Min(end, to) - Math.Max(start, from));
        }

        return Math.Max(active, 0);
    }
}
