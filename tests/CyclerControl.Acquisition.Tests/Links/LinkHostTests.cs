using CyclerControl.Acquisition.Clocks;
using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Acquisition.Tests.Links;

public sealed class LinkHostTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly ChannelId s_channel = new("demo", 1);
    private readonly VirtualClock _clock = new();

    private static RunProgram Hours(double hours) => TestPrograms.Of(
        TestPrograms.Rest(600, every: 1), TestPrograms.Plate(1e-3, hours * 1800, every: 1), TestPrograms.Strip(1e-3, hours * 1800, every: 1));

    private static StartRunRequest Request(RunProgram program, IRunRecorder recorder, ChannelId? channel = null) => new()
    {
        Channel = channel ?? s_channel,
        Program = program,
        CreateRecorder = _ => recorder,
        EndOnPause = true,
    };

    private LinkHost Host(FakeInstrumentLink link, IClock? clock = null, ManualTime? time = null, ILinkObserver? observer = null) =>
        new(link, clock ?? _clock, new LinkOptions { BurstAfter = TimeSpan.Zero }, observer, time);

    [Fact]
    public async Task StartRunAsync_VirtualClock_RunsHoursAndEndsDurably()
    {
        var link = new FakeInstrumentLink(_clock);
        var recorder = new FakeRecorder(link.Wire);
        await using var host = Host(link);
        host.Start();

        var result = await host.StartRunAsync(Request(Hours(10), recorder)).WaitAsync(s_patience);

        Assert.Equal(RunOutcome.Completed, result.Ending!.Outcome);
        Assert.Equal((600 + 36_000) * 1_000_000_000L, result.Ending.EndNanoseconds);
        Assert.Equal(2, recorder.Flushes);
        var order = link.Wire.Journal.ToList();
        Assert.InRange(order.IndexOf("flush"), 0, order.FindIndex(t => t.Contains("apply", StringComparison.Ordinal)));
        Assert.Equal("flush", order[^1]);
        Assert.Equal(ChannelState.Finished, host.Snapshot(s_channel).State);
    }

    [Fact]
    public async Task StartRunAsync_ARecordThatBeganEarlier_IsTheBeginningOfTheRun()
    {
        var link = new FakeInstrumentLink(_clock, capabilities: FakeScheduledChannel.Watched) { Age = TimeSpan.FromHours(2) };
        link.Scheduled = new FakeScheduledChannel(_clock, link.Wire) { Capabilities = FakeScheduledChannel.Watched };
        RunOrigin? origin = null;
        await using var host = Host(link);
        host.Start();
        var run = host.StartRunAsync(Request(Hours(1000), new FakeRecorder(link.Wire)) with
        {
            CreateRecorder = began =>
            {
                origin = began;
                return new FakeRecorder(link.Wire);
            },
        });
        host.End(s_channel);
        var result = await run.WaitAsync(s_patience);

        Assert.Equal(TimeSpan.FromHours(2), origin!.Age);
        Assert.True(result.Ending is null or { EndNanoseconds: 0 or >= 7200 * Nanoseconds.PerSecond }, result.ToString());
        link.Age = null;
        Assert.Equal("there is no record", (await host.StartRunAsync(Request(Hours(1), new FakeRecorder())).WaitAsync(s_patience)).Refusal);
    }

    [Fact]
    public async Task StartRunAsync_TwiceOnTheVirtualClock_RecordsTheSame()
    {
        async Task<FakeRecorder> Once()
        {
            var clock = new VirtualClock();
            var link = new FakeInstrumentLink(clock);
            var noise = new Random(3);
            link[1].Cell = (s, _) => (s.Amperes * (100 + noise.NextDouble()), s.Amperes);
            var recorder = new FakeRecorder();
            await using var host = Host(link, clock);
            host.Start();
            await host.StartRunAsync(Request(Hours(3), recorder)).WaitAsync(s_patience);
            return recorder;
        }

        var first = await Once();
        var second = await Once();

        Assert.InRange(first.Rows.Count, 10_000, 12_000);
        Assert.Equal(first.Rows, second.Rows);
        Assert.Equal(first.Events, second.Events);
        Assert.Equal(first.Checkpoints.Select(c => Convert.ToHexString(c.State)), second.Checkpoints.Select(c => Convert.ToHexString(c.State)));
    }

    [Fact]
    public async Task StartRunAsync_StartIntentNotDurable_WritesNothingToTheInstrument()
    {
        var link = new FakeInstrumentLink(_clock);
        await using var host = Host(link);
        host.Start();

        var result = await host.StartRunAsync(Request(Hours(1), new FakeRecorder { Failure = "disk full" })).WaitAsync(s_patience);

        Assert.Equal(RunOutcome.RecordingFailed, result.Ending!.Outcome);
        Assert.Equal(["identify", "safe"], link.Wire.Exchanges);
    }

    [Fact]
    public async Task StartRunAsync_EndNotDurable_SaysSo()
    {
        var link = new FakeInstrumentLink(_clock);
        var recorder = new FakeRecorder();
        await using var host = Host(link);
        host.Start();
        link[1].Cell = (s, now) =>
        {
            if (now >= 600.0)
            {
                recorder.Failure = "disk full";
            }

            return (0, s.Amperes);
        };

        var result = await host.StartRunAsync(Request(TestPrograms.Of(TestPrograms.Rest(600)), recorder)).WaitAsync(s_patience);

        Assert.Equal(RunOutcome.RecordingFailed, result.Ending!.Outcome);
    }

    [Fact]
    public async Task StartRunAsync_NobodyAnswers_IsUnreachableWithTheReason()
    {
        var link = new FakeInstrumentLink(_clock) { Refuses = () => new InstrumentUnreachableException("connection refused by demo:5025") };
        await using var host = Host(link);
        host.Start();

        var result = await host.StartRunAsync(Request(Hours(1), new FakeRecorder())).WaitAsync(s_patience);

        Assert.Equal(RunOutcome.Unreachable, result.Ending!.Outcome);
        Assert.Contains("connection refused", result.Ending.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartRunAsync_UnknownOrBusyChannel_IsRefused()
    {
        var link = new FakeInstrumentLink(_clock);
        await using var host = Host(link);
        var first = host.StartRunAsync(Request(Hours(1), new FakeRecorder()));

        Assert.Contains("demo/1", (await host.StartRunAsync(Request(Hours(1), new FakeRecorder(), new ChannelId("demo", 9)))).Refusal, StringComparison.Ordinal);
        Assert.Contains("busy", (await host.StartRunAsync(Request(Hours(1), new FakeRecorder()))).Refusal, StringComparison.Ordinal);
        host.Start();
        Assert.Equal(RunOutcome.Completed, (await first.WaitAsync(s_patience)).Ending!.Outcome);
    }

    [Fact]
    public async Task StartRunAsync_WhileTheLastBurstOfATrippedRunIsFilled_DoesNotWaitForIt()
    {
        _clock.Horizon = 1_010_000_000_000;
        var link = new FakeInstrumentLink(_clock);
        link[1].Cell = (s, now) => FakeChannel.Resistor(now is >= 1000 and < 1020 ? 0.5 : 100)(s, now);
        await using var host = new LinkHost(link, _clock, new LinkOptions());
        host.Start();
        var program = TestPrograms.Of(TestPrograms.Plate(1e-3, 4000, 1)) with
        {
            Measure = Measure.Cycling,
            ShortCircuit = new ShortCircuitPolicy(ShortCircuitAction.Abort, ShortCircuitAction.Abort, null),
        };
        var first = host.StartRunAsync(Request(program, new FakeRecorder()));
        await WaitFor(() => host.Snapshot(host.Channels[0]).InTail && _clock.NowNanoseconds == _clock.Horizon);
        host.Acknowledge(host.Channels[0]);
        await WaitFor(() => host.Snapshot(host.Channels[0]).State == ChannelState.Idle);

        var second = host.StartRunAsync(Request(Hours(1), new FakeRecorder()));

        Assert.Equal(RunOutcome.Tripped, (await first.WaitAsync(s_patience)).Ending!.Outcome);
        _clock.Horizon = long.MaxValue;
        Assert.Equal(RunOutcome.Completed, (await second.WaitAsync(s_patience)).Ending!.Outcome);
    }

    [Fact]
    public async Task StopAsync_RunningChannel_EndsItWithTheOutputOff()
    {
        _clock.Horizon = 1_000_000_000_000;
        var link = new FakeInstrumentLink(_clock);
        var host = Host(link);
        host.Start();
        var run = host.StartRunAsync(Request(Hours(10), new FakeRecorder()));
        await WaitFor(() => link[1].OutputIsOn && _clock.NowNanoseconds == 1_000_000_000_000);

        await host.DisposeAsync().AsTask().WaitAsync(s_patience);

        Assert.Equal(RunOutcome.Stopped, (await run.WaitAsync(s_patience)).Ending!.Outcome);
        Assert.False(link[1].OutputIsOn);
        Assert.Equal("close", link.Wire.Journal.Last(t => !t.StartsWith("flush", StringComparison.Ordinal)));
        Assert.NotNull((await host.StartRunAsync(Request(Hours(1), new FakeRecorder())).WaitAsync(s_patience)).Ending);
    }

    [Fact]
    public void LinkHost_VirtualClockForAnInstrumentThatMayBeReal_IsRefused()
    {
        var link = new FakeInstrumentLink(_clock) { IsSimulated = false };
        Assert.Contains("real cells", Assert.Throws<InvalidOperationException>(() => Host(link)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Supervise_LoopThatHangs_IsAbandonedItsRunFaultedAndTheOutputOff()
    {
        var clock = new WallClock(TimeProvider.System);
        var link = new FakeInstrumentLink(clock);
        var observer = new RecordingObserver();
        var time = new ManualTime();
        using var hang = new ManualResetEventSlim();
        var hung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var returned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        link[1].Cell = (s, _) =>
        {
            hung.TrySetResult();
            hang.Wait();
            returned.TrySetResult();
            return (-1e-6, s.Amperes);
        };
        var host = Host(link, clock, time, observer);
        host.Start();
        var recorder = new FakeRecorder(link.Wire);
        var run = host.StartRunAsync(Request(TestPrograms.Of(TestPrograms.Plate(1e-3, 3600)), recorder));
        await hung.Task.WaitAsync(s_patience);

        host.Supervise();
        time.Advance(TimeSpan.FromSeconds(2.9));
        host.Supervise();
        Assert.Equal(1, host.Generation);
        time.Advance(TimeSpan.FromSeconds(0.2));
        host.Supervise();

        var ending = (await run.WaitAsync(s_patience)).Ending!;
        Assert.Equal(2, host.Generation);
        Assert.Equal(RunOutcome.Faulted, ending.Outcome);
        Assert.Contains("no sign of life", ending.Reason, StringComparison.Ordinal);
        Assert.Contains(recorder.Events, e => e.Kind == "output_off");
        Assert.False(link[1].OutputIsOn);
        Assert.Equal(["identify", "safe"], link.Wire.Exchanges.TakeLast(2));
        Assert.Equal(ChannelState.Faulted, host.Snapshot(s_channel).State);

        // The abandoned thread comes back from its exchange: it must touch nothing more.
        var rows = recorder.Rows.Count;
        hang.Set();
        await returned.Task.WaitAsync(s_patience);
        await WaitFor(() => link.Wire.Journal.Contains("close"));
        Assert.Equal(rows, recorder.Rows.Count);
        Assert.Equal(["identify", "safe"], link.Wire.Exchanges.TakeLast(2));
        await host.DisposeAsync().AsTask().WaitAsync(s_patience);
    }

    [Fact]
    public async Task Work_LoopThatDies_IsReplacedAndItsRunFaulted()
    {
        _clock.Horizon = 1_000_000_000_000;
        var link = new FakeInstrumentLink(_clock);
        var observer = new DeadlyObserver();
        await using var host = Host(link, observer: observer);
        host.Start();
        var recorder = new FakeRecorder();
        var run = host.StartRunAsync(Request(Hours(10), recorder));
        await WaitFor(() => link[1].OutputIsOn && _clock.NowNanoseconds == 1_000_000_000_000);
        observer.IsDeadly = true;
        link.Wire.Breaks = text => text == "demo/1 read" ? new LinkFaultException("cable") : null;
        _clock.Horizon = long.MaxValue;

        var ending = (await run.WaitAsync(s_patience)).Ending!;

        Assert.Equal(RunOutcome.Faulted, ending.Outcome);
        Assert.Contains("died", ending.Reason, StringComparison.Ordinal);
        Assert.False(link[1].OutputIsOn);
        Assert.Equal(2, host.Generation);
    }

    private static async Task WaitFor(Func<bool> condition)
    {
        for (var i = 0; i < 3000 && !condition(); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        Assert.True(condition());
    }

    private sealed class DeadlyObserver : ILinkObserver
    {
        public bool IsDeadly { get; set; }

        public void LinkOpened(string instrument, InstrumentIdentity identity)
        {
        }

        public void LinkClosed(string instrument, string reason)
        {
            if (IsDeadly)
            {
                IsDeadly = false;
                throw new InvalidOperationException("an observer that throws");
            }
        }

        public void OpenAttemptFailed(string instrument, string reason)
        {
        }

        public void ChannelChanged(ChannelId channel, ChannelState state)
        {
        }

        public void Alarm(string place, string message)
        {
        }

        public void DeadlinesMissed(string instrument, long count)
        {
        }
    }
}
