using CyclerControl.Acquisition.Clocks;
using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Tests.Runners;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Acquisition.Tests.Links;

public sealed class IdleReadingTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private static IdleReading? Ask(Bench bench, int channel = 1, bool beforeStart = false, CompiledSchedule? schedule = null)
    {
        var answer = new TaskCompletionSource<IdleReading>();
        bench.Mailbox.TryPost(new ReadIdleMessage(channel - 1, answer, beforeStart, schedule));
        bench.Turn();
        return answer.Task.IsCompleted ? answer.Task.GetAwaiter().GetResult() : null;
    }

    [Fact]
    public void ReadIdle_ChannelWithoutARun_IsReadAndNothingElseHappens()
    {
        var bench = new Bench().Turn();
        bench.Link[1].Cell = (_, _) => (1.5, 0);
        bench.Wire.Clear();

        var reading = Ask(bench);

        Assert.Equal(1.5, reading!.Reading!.Value.Volts);
        Assert.Equal(["demo/1 read"], bench.Wire.Exchanges);
        Assert.Equal(ChannelState.Idle, bench.Snapshot().State);
    }

    [Fact]
    public void ReadIdle_ChannelWithARun_IsRefusedAndNotTouched()
    {
        var bench = new Bench(channels: 2).Turn();
        bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 3600)));
        bench.RunTo(5);
        bench.Wire.Clear();

        Assert.Contains("has a run", Ask(bench)!.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("demo/1 off", bench.Wire.Exchanges);
        Assert.NotNull(Ask(bench, channel: 2)!.Reading);
        Assert.Equal(ChannelState.Running, bench.Snapshot().State);
    }

    [Fact]
    public void ReadIdle_BeforeAStart_AsksAScheduleInstrumentFirstAndReadsOnlyWhatIsReady()
    {
        var (bench, box) = ScheduleTests.Boxed();
        var schedule = box.Compile(ScheduleTests.Program()).Schedule;
        bench.Wire.Clear();

        Assert.Equal(0, Ask(bench, beforeStart: true, schedule: schedule)!.Reading!.Value.Volts);
        box.NotReady = "demo/1: somebody else's test runs";
        var answer = Ask(bench, beforeStart: true)!;

        Assert.Equal(["ready for recipe", "inquire", "ready for nothing"], bench.Wire.Exchanges);
        Assert.True(answer.NotReady);
        Assert.Equal("demo/1: somebody else's test runs", answer.Reason);
        Assert.NotNull(Ask(bench)!.Reading);
    }

    [Fact]
    public void ReadIdle_BeforeAStart_ARefusedQuestionIsAReasonAndTheLinkStands()
    {
        var (bench, _) = ScheduleTests.Boxed();
        bench.Wire.Breaks = text => text.StartsWith("ready", StringComparison.Ordinal) ? new InstrumentErrorException("demo/1: not plugged") : null;

        var answer = Ask(bench, beforeStart: true)!;

        Assert.Equal((true, "demo/1: not plugged"), (answer.NotReady, answer.Reason));
        Assert.Equal(LinkStatus.Open, bench.Snapshot().Link);
    }

    [Fact]
    public void ReadIdle_LinkIsNotOpen_SaysSo()
    {
        var bench = new Bench { IsUnreachable = true };

        Assert.Equal("the link to demo is not open", Ask(bench.Turn())!.Reason);
    }

    [Fact]
    public void ReadIdle_InstrumentThatCannot_SaysSoAndKeepsItsLink()
    {
        var bench = new Bench().Turn();
        bench.Wire.Breaks = text => text == "demo/1 read" ? new InstrumentErrorException("-221, settings conflict") : null;
        var refused = Ask(bench)!;
        bench.Wire.Breaks = null;
        bench.Link[1].Quality = _ => ReadingQuality.Invalid;
        var invalid = Ask(bench)!;

        Assert.True(refused.CannotRead);
        Assert.Contains("-221", refused.Reason, StringComparison.Ordinal);
        Assert.True(invalid.CannotRead);
        Assert.Equal(LinkStatus.Open, bench.Snapshot().Link);
    }

    [Fact]
    public void ReadIdle_ExchangeBreaks_ClosesTheLinkAndSaysSo()
    {
        var bench = new Bench().Turn();
        bench.Wire.Breaks = text => text == "demo/1 read" ? new LinkFaultException("no answer") : null;

        var reading = Ask(bench)!;

        Assert.False(reading.CannotRead);
        Assert.Contains("no answer", reading.Reason, StringComparison.Ordinal);
        Assert.Contains(bench.Observer.Told, t => t.StartsWith("closed demo", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReadIdleAsync_OpenLink_ReadsUntilItIsShutDown()
    {
        var link = new FakeInstrumentLink(new VirtualClock());
        var clock = new VirtualClock();
        var host = new LinkHost(link, clock, new LinkOptions());
        host.Start();
        await host.WhenOpenAsync().WaitAsync(s_patience);

        Assert.NotNull((await host.ReadIdleAsync(new ChannelId("demo", 1)).WaitAsync(s_patience)).Reading);
        Assert.Contains("no channel demo/9", (await host.ReadIdleAsync(new ChannelId("demo", 9)).WaitAsync(s_patience)).Reason, StringComparison.Ordinal);
        await host.DisposeAsync();
        Assert.NotNull((await host.ReadIdleAsync(new ChannelId("demo", 1)).WaitAsync(s_patience)).Reason);
    }

    [Fact]
    public async Task ReadIdleAsync_LoopHangsInTheReading_IsAnsweredByTheSupervisor()
    {
        var clock = new WallClock(TimeProvider.System);
        var link = new FakeInstrumentLink(clock);
        var time = new ManualTime();
        using var hang = new ManualResetEventSlim();
        var hung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        link[1].Cell = (_, _) =>
        {
            hung.TrySetResult();
            hang.Wait();
            return (0, 0);
        };
        var host = new LinkHost(link, clock, new LinkOptions(), observer: null, time);
        host.Start();
        await host.WhenOpenAsync().WaitAsync(s_patience);
        var asked = host.ReadIdleAsync(new ChannelId("demo", 1));
        await hung.Task.WaitAsync(s_patience);

        host.Supervise();
        time.Advance(TimeSpan.FromSeconds(10));
        host.Supervise();

        Assert.Contains("abandoned", (await asked.WaitAsync(s_patience)).Reason, StringComparison.Ordinal);
        hang.Set();
        await host.DisposeAsync();
    }
}
