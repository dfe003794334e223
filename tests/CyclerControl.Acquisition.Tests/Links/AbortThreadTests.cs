using CyclerControl.Acquisition.Clocks;
using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Channels;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Acquisition.Tests.Links;

public sealed class AbortThreadTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly InstrumentIdentity s_identity = new("Fake", "F1", "1", "0");

    [Fact]
    public async Task Stop_WhileTheLinkIsInAnExchange_GoesOutOverTheSecondConnection()
    {
        var clock = new WallClock(TimeProvider.System);
        var capabilities = FakeInstrumentLink.DefaultCapabilities with { HasAbortConnection = true };
        var link = new FakeInstrumentLink(clock, 2, capabilities) { ReplyTimeout = s_patience };
        using var hangs = new ManualResetEventSlim();
        using var goesOn = new ManualResetEventSlim();
        var off = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        link.AbortLine = number => off.TrySetResult(number);
        link.Wire.Breaks = text =>
        {
            if (text == "demo/2 read")
            {
                hangs.Set();
                goesOn.Wait(s_patience);
            }

            return null;
        };
        await using var host = new LinkHost(link, clock, new LinkOptions { BurstAfter = TimeSpan.Zero });
        host.Start();
        var run = host.StartRunAsync(new StartRunRequest
        {
            Channel = new ChannelId("demo", 2),
            Program = TestPrograms.Of(TestPrograms.Plate(1e-3, 1000)),
            CreateRecorder = _ => new FakeRecorder(),
            EndOnPause = true,
        });
        Assert.True(hangs.Wait(s_patience));

        host.Stop(new ChannelId("demo", 2));
        var number = await off.Task.WaitAsync(s_patience);
        var wasStillInTheExchange = !goesOn.IsSet;
        goesOn.Set();
        var result = await run.WaitAsync(s_patience);

        Assert.Equal(2, number);
        Assert.True(wasStillInTheExchange);
        Assert.Equal(Core.Runs.RunOutcome.Stopped, result.Ending!.Outcome);
        Assert.Contains("demo/2 off", link.Wire.Exchanges); // The link's own thread switches off as well.
    }

    [Fact]
    public async Task SafeState_WishThatTheLinkHasServed_IsNotSentAgain()
    {
        var link = new FakeInstrumentLink(new ManualClock(ClockKind.Wall));
        var told = new List<int>();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        link.AbortLine = number =>
        {
            told.Add(number);
            if (number == 9)
            {
                last.SetResult();
            }
        };
        using var abort = new AbortThread(link, SilentLinkObserver.Instance, () => s_identity, (_, ticket) => ticket <= 5);

        abort.SafeState(0, 1, 5);
        abort.SafeState(0, 2, 6);
        abort.SafeState(0, 9, 7);
        await last.Task.WaitAsync(s_patience);

        Assert.Equal([2, 9], told);
    }

    [Fact]
    public async Task Drop_AfterTheLinkWasLost_LeavesRoomAndConnectsAnewForTheNextWish()
    {
        var link = new FakeInstrumentLink(new ManualClock(ClockKind.Wall));
        var steps = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        link.AbortLineOpened = () => steps.Enqueue("opened");
        link.AbortLineClosed = () => steps.Enqueue("closed");
        link.AbortLine = number =>
        {
            steps.Enqueue("off");
            last.TrySetResult();
        };
        using var abort = new AbortThread(link, SilentLinkObserver.Instance, () => s_identity, (_, _) => false);

        abort.Prepare();
        abort.Drop();
        abort.SafeState(0, 1, 1);
        await last.Task.WaitAsync(s_patience);

        Assert.Equal(["opened", "closed", "opened", "off"], steps);
    }

    [Fact]
    public async Task SafeState_LineThatDied_IsConnectedAnewOnceAndThenTold()
    {
        var link = new FakeInstrumentLink(new ManualClock(ClockKind.Wall));
        var observer = new RecordingObserver();
        var tries = 0;
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        link.AbortLine = number =>
        {
            tries++;
            if (number == 9)
            {
                last.SetResult();
                return;
            }

            throw new LinkFaultException("dead");
        };
        using var abort = new AbortThread(link, observer, () => s_identity, (_, _) => false);

        abort.SafeState(0, 1, 1);
        abort.SafeState(0, 9, 2);
        await last.Task.WaitAsync(s_patience);

        Assert.Equal(3, tries);
        Assert.Equal("alarm demo: the abort connection failed: dead", Assert.Single(observer.Told));
    }
}
