using CyclerControl.Acquisition.Clocks;
using CyclerControl.Core.Channels;

namespace CyclerControl.Acquisition.Tests.Clocks;

/// <summary>Kinds, never durations: a wait ends not before its deadline, or by a wake.</summary>
public sealed class RealClockTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static TheoryData<IClock> Clocks => new(new WallClock(TimeProvider.System), new ScaledClock(50, TimeProvider.System));

    [Theory]
    [MemberData(nameof(Clocks))]
    public void WaitUntil_Deadline_EndsNotBeforeIt(IClock clock)
    {
        using var participant = clock.Join("test");
        for (var i = 0; i < 5; i++)
        {
            var deadline = clock.NowNanoseconds + 3_000_000;
            participant.WaitUntil(deadline);
            Assert.True(clock.NowNanoseconds >= deadline);
        }
    }

    [Theory]
    [MemberData(nameof(Clocks))]
    public async Task Wake_EndlessWait_EndsIt(IClock clock)
    {
        using var participant = clock.Join("test");
        var wait = Task.Run(() => participant.WaitUntil(long.MaxValue));
        participant.Wake();
        await wait.WaitAsync(s_patience);
    }

    [Theory]
    [MemberData(nameof(Clocks))]
    public void Wake_BeforeTheWait_EndsTheNextOneOnly(IClock clock)
    {
        using var participant = clock.Join("test");
        participant.Wake();
        participant.Wake();
        participant.WaitUntil(long.MaxValue);
        var deadline = clock.NowNanoseconds + 3_000_000;
        participant.WaitUntil(deadline);
        Assert.True(clock.NowNanoseconds >= deadline);
    }

    [Fact]
    public void WaitUntil_WallClock_AllocatesNothing()
    {
        var clock = new WallClock(TimeProvider.System);
        using var participant = clock.Join("test");
        participant.WaitUntil(clock.NowNanoseconds + 1000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 200; i++)
        {
            participant.WaitUntil(clock.NowNanoseconds + 20_000);
        }

        // Per operation: the runtime may put a few bytes on this thread once, while it replaces code by better code.
        Assert.Equal(0, (GC.GetAllocatedBytesForCurrentThread() - before) / 200);
    }

    [Fact]
    public void Wake_AfterTheParticipantLeft_DoesNothing()
    {
        var participant = new WallClock(TimeProvider.System).Join("test");
        participant.Dispose();
        participant.Wake();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ScaledClock_ImpossibleFactor_IsRefused(double factor) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScaledClock(factor, TimeProvider.System));

    [Fact]
    public void TryPinCurrentThread_AnAllowedProcessor_WorksWhereItIsKnown()
    {
        var pinned = false;
        var thread = new Thread(() => pinned = ThreadPinning.FirstAllowedProcessor() is { } processor && ThreadPinning.TryPinCurrentThread(processor));
        thread.Start();
        thread.Join();
        Assert.Equal(OperatingSystem.IsLinux(), pinned);
        Assert.False(ThreadPinning.TryPinCurrentThread(-1));
    }
}
