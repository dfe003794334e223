using System.Diagnostics;

namespace CyclerControl.Acquisition.Clocks;

/// <summary>The machine's monotonic clock in nanoseconds: CLOCK_MONOTONIC on Linux, the performance counter on Windows.</summary>
internal static class MonotonicTime
{
    private static readonly double s_nanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    public static long Nanoseconds => Stopwatch.Frequency == 1_000_000_000
        ? Stopwatch.GetTimestamp()
        : (long)(Stopwatch.GetTimestamp() * s_nanosecondsPerTick);
}
