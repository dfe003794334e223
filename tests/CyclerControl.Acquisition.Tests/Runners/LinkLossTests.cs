using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Tests.Runners;

public sealed class LinkLossTests
{
    private static (Bench Bench, TestRun Run) Lost(double? patience = 600, bool endOnPause = false)
    {
        var bench = new Bench();
        bench.Turn();
        var program = TestPrograms.Of(TestPrograms.Plate(1e-3, 3600)) with { OnLinkLoss = new ResumePolicy(patience) };
        var run = bench.Start(program, endOnPause: endOnPause);
        bench.RunTo(10.05);
        bench.Wire.Breaks = text => text == "demo/1 read" ? new LinkFaultException("no answer within 1 s") : null;
        bench.IsUnreachable = true;
        bench.RunTo(11);
        bench.Wire.Breaks = null;
        return (bench, run);
    }

    [Fact]
    public void LinkLost_RunningChannel_StandsStillAndSaysThatTheOutputIsUnconfirmed()
    {
        var (bench, run) = Lost();

        Assert.Null(run.Result);
        Assert.Equal(ChannelState.Recovering, bench.Snapshot().State);
        Assert.Equal(LinkStatus.Opening, bench.Snapshot().Link);
        Assert.Equal(OutputState.Unconfirmed, bench.Snapshot().Output);
        Assert.Equal(["link_fault", "output_unconfirmed", "link_lost"], run.EventKinds.TakeLast(3));
    }

    [Fact]
    public void LinkLost_BackInTime_SaysHowMuchMayHavePassedUncounted()
    {
        var (bench, run) = Lost();
        bench.RunTo(100);
        bench.IsUnreachable = false;
        bench.RunTo(110);

        // 1 mA for as long as the fake's watchdog lets it, or since 10.1 s.
        var watchdog = bench.Link.Capabilities.WatchdogTimeout?.TotalSeconds ?? double.PositiveInfinity;
        var off = run.Recorder.Events.Last(e => e.Kind == "output_off").Message;
        Assert.Contains("89.9 s after it was lost", off, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"up to {Math.Min(89.9, watchdog) / 3600:G3} mAh"), off, StringComparison.Ordinal);
    }

    [Fact]
    public void LinkLost_AgainAndAgain_IsTriedWithGrowingPausesAndThenTheRunIsHeld()
    {
        var bench = new Bench();
        bench.Turn();
        var run = bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 3600)) with { OnLinkLoss = new ResumePolicy(3600) });
        var reads = 0;
        bench.Wire.Breaks = text => text == "demo/1 read" && ++reads % 4 == 0 ? new LinkFaultException("cut off") : null;
        bench.RunTo(60);
        Assert.InRange(bench.Wire.Exchanges.Count(e => e.Contains("apply", StringComparison.Ordinal)), 5, 8);
        Assert.Null(run.Result);
        bench.RunTo(2000);

        Assert.Equal(ChannelState.Paused, bench.Snapshot().State);
        Assert.Contains("broke 20 times in a row", bench.Snapshot().Message, StringComparison.Ordinal);
        Assert.Equal(20, bench.Wire.Exchanges.Count(e => e.Contains("apply", StringComparison.Ordinal)));
        Assert.False(bench.Link[1].OutputIsOn);
        Assert.Null(run.Result);
    }

    [Fact]
    public void LinkLost_AgainAndAgainWithNobodyThere_EndsTheRun()
    {
        var bench = new Bench();
        bench.Turn();
        var run = bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 3600)) with { OnLinkLoss = new ResumePolicy(3600) }, endOnPause: true);
        var reads = 0;
        bench.Wire.Breaks = text => text == "demo/1 read" && ++reads % 4 == 0 ? new LinkFaultException("cut off") : null;
        bench.RunTo(2000);

        Assert.Equal(RunOutcome.Faulted, run.Ending!.Outcome);
        Assert.Contains("broke 20 times in a row", run.Ending.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void LinkLost_NowAndThen_IsBackAtOnceEachTimeAndNeverHeld()
    {
        var bench = new Bench();
        bench.Turn();
        var run = bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 3600)));
        for (var loss = 0; loss < 30; loss++)
        {
            bench.RunTo((loss + 1) * 60);
            bench.Wire.Breaks = text =>
            {
                if (text != "demo/1 read")
                {
                    return null;
                }

                bench.Wire.Breaks = null;
                return new LinkFaultException("cut off");
            };
        }

        bench.RunTo(31 * 60);
        Assert.Equal(ChannelState.Running, bench.Snapshot().State);
        Assert.Equal(30, run.EventKinds.Count(kind => kind == "link_back"));
        Assert.Equal(1e-3 * 31 * 60 / 3600, bench.Snapshot().Totals.DischargingAmpHours, 1e-3 * 30 * 0.3 / 3600);
    }

    [Fact]
    public void LinkLost_BackInTime_IsSafePreparedAndGoesOnAtTheSameCharge()
    {
        var (bench, run) = Lost();
        bench.RunTo(300);
        bench.Link.WasPoweredOn = true;
        bench.IsUnreachable = false;
        bench.Wire.Clear();
        bench.RunTo(310.05);

        Assert.Equal(["identify", "safe", "demo/1 read", "demo/1 prepare", "demo/1 apply Current -0.001 0"], bench.Wire.Exchanges.Take(5));
        Assert.Equal(ChannelState.Running, bench.Snapshot().State);
        Assert.Contains("power_cycled", run.EventKinds);
        Assert.Contains("link_back", run.EventKinds);

        // 10.1 s before (the link broke in the reading at 10.1 s: charge is known up to 10.0 s), 10 s after.
        Assert.Equal(1e-3 * 20.0 / 3600, bench.Snapshot().Totals.DischargingAmpHours, 8);
        Assert.Equal(0, bench.Snapshot().MissedDeadlines);
    }

    [Fact]
    public void LinkLost_OpenCircuitIsAnotherWhenBack_PausesAndAsks()
    {
        var (bench, run) = Lost();
        bench.Link[1].Cell = (_, _) => (0.2, 0);
        bench.IsUnreachable = false;
        bench.RunTo(20);

        Assert.Equal(ChannelState.Paused, bench.Snapshot().State);
        Assert.Contains("open circuit 0.2000 V", bench.Snapshot().Message, StringComparison.Ordinal);
        Assert.False(bench.Link[1].OutputIsOn);
        Assert.Null(run.Result);

        bench.Link[1].Cell = Testing.Fakes.FakeChannel.Resistor(100);
        bench.Wish(WishKind.Resume);
        bench.RunTo(21);
        Assert.Equal(ChannelState.Running, bench.Snapshot().State);
    }

    [Fact]
    public void LinkLost_InstrumentCannotBeReadWhenOff_SaysThatItIsNotJudgedAndGoesOn()
    {
        var (bench, run) = Lost();
        bench.Link[1].Quality = s => s < 11.5 ? ReadingQuality.Invalid : ReadingQuality.Valid;
        bench.IsUnreachable = false;
        bench.RunTo(20);

        Assert.Equal(ChannelState.Running, bench.Snapshot().State);
        Assert.Contains("not judged", run.Recorder.Events.Single(e => e.Kind == "open_circuit").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LinkLost_ForTooLong_PausesTheRunWithTheReasonAndSwitchesOffWhenBack()
    {
        var (bench, run) = Lost(patience: 600);
        bench.RunTo(700);
        Assert.Equal(ChannelState.Paused, bench.Snapshot().State);
        var paused = run.Recorder.Events.Single(e => e.Kind == "paused");
        Assert.Contains("600 s", paused.Message, StringComparison.Ordinal);
        Assert.True(bench.Link[1].OutputIsOn); // Nobody could reach it.

        bench.IsUnreachable = false;
        bench.RunTo(800);
        Assert.False(bench.Link[1].OutputIsOn);
        Assert.Equal(OutputState.Off, bench.Snapshot().Output);
        Assert.Equal(ChannelState.Paused, bench.Snapshot().State);

        bench.Wish(WishKind.Resume);
        bench.RunTo(801);
        Assert.Equal(ChannelState.Running, bench.Snapshot().State);
        Assert.True(bench.Link[1].OutputIsOn);
    }

    [Fact]
    public void LinkLost_ForTooLongWithNobodyThere_FaultsTheRun()
    {
        var (bench, run) = Lost(patience: 600, endOnPause: true);
        bench.RunTo(700);

        Assert.Equal(RunOutcome.Faulted, run.Ending!.Outcome);
        Assert.Contains("output_unconfirmed", run.EventKinds);
    }

    [Fact]
    public void LinkLost_WithoutAResumePolicy_PausesAtOnce()
    {
        var (bench, _) = Lost(patience: null);
        Assert.Equal(ChannelState.Paused, bench.Snapshot().State);
    }

    [Fact]
    public void LinkLost_AnotherInstrumentAnswers_WritesNothingToItAndEndsTheRun()
    {
        var (bench, run) = Lost();
        bench.Link.Identity = bench.Link.Identity with { SerialNumber = "2" };
        bench.IsUnreachable = false;
        bench.Wire.Clear();
        bench.RunTo(100);

        Assert.Equal(["identify"], bench.Wire.Exchanges);
        Assert.Equal(RunOutcome.Unreachable, run.Ending!.Outcome);
        Assert.Equal(LinkStatus.Closed, bench.Snapshot().Link);
    }

    [Fact]
    public void LinkLost_SafeStateNotConfirmed_TriesAgainLaterAndNeverSwitchesOnBefore()
    {
        var (bench, _) = Lost();
        bench.IsUnreachable = false;
        bench.Wire.Breaks = text => text == "safe" ? new LinkFaultException("not confirmed") : null;
        bench.Wire.Clear();
        bench.RunTo(20);

        Assert.InRange(bench.Wire.Journal.Count(t => t == "safe !"), 3, 6);
        Assert.DoesNotContain(bench.Wire.Journal, t => t.Contains("apply", StringComparison.Ordinal));

        bench.Wire.Breaks = null;
        bench.RunTo(60);
        Assert.Equal(ChannelState.Running, bench.Snapshot().State);
    }

    [Fact]
    public void End_WhileTheLinkIsLost_EndsWhenTheOutputIsConfirmedOff()
    {
        var (bench, run) = Lost();
        bench.Wish(WishKind.End);
        bench.Turn();
        Assert.Null(run.Result);
        Assert.Equal(ChannelState.Stopping, bench.Snapshot().State);

        bench.IsUnreachable = false;
        bench.RunTo(20);
        Assert.Equal(RunOutcome.Stopped, run.Ending!.Outcome);
        Assert.Equal("run_ended", run.EventKinds.Last());
        Assert.False(bench.Link[1].OutputIsOn);
    }
}
