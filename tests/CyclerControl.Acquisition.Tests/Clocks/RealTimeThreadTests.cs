using System.Globalization;
using CyclerControl.Acquisition.Clocks;

namespace CyclerControl.Acquisition.Tests.Clocks;

/// <summary>Whether the system grants real time depends on its rights; what is said must be what is so, either way.</summary>
public sealed class RealTimeThreadTests
{
    private const int FirstInFirstOut = 1;

    [Fact]
    public void TryRaise_OnAThread_SaysWhatTheKernelSays()
    {
        var (result, policy, child) = OnAThread(() => (RealTimeThread.TryRaise(), PolicyOfThisThread(), OnAThread(PolicyOfThisThread)));

        Assert.Equal(result.Granted ? FirstInFirstOut : 0, policy);
        Assert.Equal(0, child);
        Assert.Contains("SCHED_FIFO", result.Words, StringComparison.Ordinal);
        Assert.Equal(!result.Granted, result.Words.Contains("refused", StringComparison.Ordinal));
        Assert.Equal(0, PolicyOfThisThread());
    }

    [Fact]
    public void TryLower_AfterRaise_IsAnOrdinaryThreadAgain() => Assert.Equal(0, OnAThread(() =>
    {
        RealTimeThread.TryRaise();
        Assert.True(RealTimeThread.TryLower());
        return PolicyOfThisThread();
    }));

    private static T OnAThread<T>(Func<T> function)
    {
        var result = default(T);
        var thread = new Thread(() => result = function());
        thread.Start();
        thread.Join();
        return result!;
    }

    /// <summary>Field 41 of proc(5)'s stat; the name in brackets may hold spaces.</summary>
    private static int PolicyOfThisThread()
    {
        var stat = File.ReadAllText("/proc/thread-self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return int.Parse(fields[41 - 3], CultureInfo.InvariantCulture);
    }
}
