using CyclerControl.Acquisition.Clocks;

namespace CyclerControl.Acquisition.Tests.Clocks;

public sealed class VirtualClockTests
{
    [Fact]
    public void WaitUntil_SingleParticipant_IsThereAtOnceAndAllocatesNothing()
    {
        var clock = new VirtualClock();
        using var participant = clock.Join("one");
        participant.WaitUntil(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 2L; i <= 100_000; i++)
        {
            participant.WaitUntil(i * 1000);
        }

        // Per operation: the runtime may put a few bytes on this thread once, while it replaces code by better code.
        Assert.Equal(0, (GC.GetAllocatedBytesForCurrentThread() - before) / 100_000);
        Assert.Equal(100_000_000, clock.NowNanoseconds);
    }

    [Fact]
    public void WaitUntil_PastDeadline_ReturnsAndDoesNotGoBack()
    {
        var clock = new VirtualClock();
        using var participant = clock.Join("one");
        participant.WaitUntil(500);
        participant.WaitUntil(100);
        Assert.Equal(500, clock.NowNanoseconds);
    }

    [Fact]
    public void WaitUntil_WokenBefore_ReturnsAtOnceOnceOnly()
    {
        var clock = new VirtualClock();
        using var participant = clock.Join("one");
        participant.Wake();
        participant.WaitUntil(long.MaxValue);
        Assert.Equal(0, clock.NowNanoseconds);
        participant.WaitUntil(10);
        Assert.Equal(10, clock.NowNanoseconds);
    }

    [Fact]
    public async Task WaitUntil_ForeverAlone_BlocksUntilWoken()
    {
        var clock = new VirtualClock();
        using var participant = clock.Join("one");
        var wait = Task.Run(() => participant.WaitUntil(long.MaxValue));
        clock.RunTo(1000); // Returns once the participant waits.
        Assert.False(wait.IsCompleted);
        participant.Wake();
        await wait.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1000, clock.NowNanoseconds);
    }

    [Fact]
    public async Task WaitUntil_Horizon_IsNeverPassed()
    {
        var clock = new VirtualClock { Horizon = 500 };
        using var participant = clock.Join("one");
        var wait = Task.Run(() => participant.WaitUntil(800));
        clock.RunTo(500);
        Assert.False(wait.IsCompleted);
        Assert.Equal(500, clock.NowNanoseconds);
        clock.Horizon = 900;
        await wait.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(800, clock.NowNanoseconds);
    }

    [Fact]
    public async Task HoldTime_WhileHeld_TimeStandsStill()
    {
        var clock = new VirtualClock();
        using var participant = clock.Join("one");
        var hold = clock.HoldTime();
        var wait = Task.Run(() => participant.WaitUntil(800));
        Assert.NotSame(wait, await Task.WhenAny(wait, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System)));
        Assert.Equal(0, clock.NowNanoseconds);
        hold.Dispose();
        await wait.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(800, clock.NowNanoseconds);
    }

    [Fact]
    public async Task WaitUntil_SeveralParticipants_TakeTurnsInOneOrderWhateverTheThreadsDo()
    {
        var first = await TakeTurns();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(first, await TakeTurns());
        }

        // At equal times in the order of joining.
        Assert.Equal("30 b", first[first.IndexOf("30 a") + 1]);
        Assert.Equal(first.OrderBy(t => int.Parse(t.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)), first);
    }

    private static async Task<List<string>> TakeTurns()
    {
        var clock = new VirtualClock();
        var log = new List<string>(); // Only one participant runs at a time.
        var participants = new[] { ("a", 10), ("b", 15), ("c", 7) }.Select(p => (Name: p.Item1, Period: p.Item2, Participant: clock.Join(p.Item1))).ToList();
        await Task.WhenAll(participants.Select(p => Task.Factory.StartNew(
            () =>
            {
                for (var i = 1; i <= 20; i++)
                {
                    p.Participant.WaitUntil(i * p.Period);
                    log.Add($"{clock.NowNanoseconds} {p.Name}");
                }

                p.Participant.Dispose();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))).WaitAsync(TimeSpan.FromSeconds(30));
        return log;
    }
}
