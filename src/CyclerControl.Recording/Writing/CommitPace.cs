using CyclerControl.Core.Runs;

namespace CyclerControl.Recording.Writing;

/// <summary>How often a run commits: the larger of 1 s and 2 x open runs x the 99th percentile of what a commit takes. Any thread.</summary>
public sealed class CommitPace
{
    /// <summary>Above this interval the operator should know.</summary>
    public const long AlarmNanoseconds = 5 * Nanoseconds.PerSecond;

    private const int Window = 256;
    private readonly Lock gate = new();
    private readonly long[] durations = new long[Window];
    private readonly long[] sorted = new long[Window];
    private int observed;
    private int openRuns;
    private long interval = Nanoseconds.PerSecond;
    private long commitP99;

    /// <summary>Time between two commits of one run, ns of wall time.</summary>
    public long IntervalNanoseconds => Volatile.Read(ref interval);

    /// <summary>99th percentile of the last 256 commits (write, fsync), ns; 0 before the first.</summary>
    public long CommitP99Nanoseconds => Volatile.Read(ref commitP99);

    internal void RunOpened() => Change(+1);

    internal void RunClosed() => Change(-1);

    internal void Observe(long durationNanoseconds)
    {
        lock (gate)
        {
            durations[observed % Window] = durationNanoseconds;
            observed++;
            Update();
        }
    }

    private void Change(int by)
    {
        lock (gate)
        {
            openRuns += by;
            Update();
        }
    }

    private void Update()
    {
        var count = Math.Min(observed, Window);
        if (count == 0)
            return;
        durations.AsSpan(0, count).CopyTo(sorted);
        Array.Sort(sorted, 0, count);
        var p99 = sorted[(count - 1) * 99 / 100];
        Volatile.Write(ref commitP99, p99);
        Volatile.Write(ref interval, Math.Max(Nanoseconds.PerSecond, 2 * openRuns * p99));
    }
}
