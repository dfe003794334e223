using CyclerControl.Acquisition.Links;

namespace CyclerControl.Acquisition.Clocks;

/// <summary>Keeps a beat and does nothing else: how late this machine wakes a link's thread, measured with the link's own wait.</summary>
public static class BeatCheck
{
    private const int StackBytes = 256 * 1024;

    /// <summary>Blocks for so long; the beat is kept on a thread of its own.</summary>
    /// <param name="period">Above zero.</param>
    /// <param name="time">Rounded up to one period.</param>
    /// <param name="realTime">Asks for SCHED_FIFO first.</param>
    public static LatenessFigures Measure(TimeSpan period, TimeSpan time, bool realTime)
    {
        var lateness = new LatenessHistogram();
        var thread = new Thread(() => Keep(period.Ticks * 100, time.Ticks * 100, realTime, lateness), StackBytes) { Name = "beat check" };
        thread.Start();
        thread.Join();
        return lateness.Figures();
    }

    private static void Keep(long period, long time, bool realTime, LatenessHistogram lateness)
    {
        if (realTime)
        {
            RealTimeThread.TryRaise();
        }

        using var waiter = WallClock.CreateWaiter();
        var start = MonotonicTime.Nanoseconds;
        waiter.Wait(start + 1_000_000); // The first wait is compiled here, not in the figures.
        start = MonotonicTime.Nanoseconds;
        for (var slot = 1L; slot == 1 || slot * period <= time;)
        {
            waiter.Wait(start + (slot * period));
            var late = MonotonicTime.Nanoseconds - start - (slot * period);
            lateness.Add(late);
            lateness.Miss(late / period);
            slot += 1 + (late / period);
        }
    }
}
