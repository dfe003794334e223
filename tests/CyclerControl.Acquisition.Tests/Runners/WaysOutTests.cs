using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Tests.Runners;

/// <summary>Whatever way a run ends or is held: the output is off.</summary>
public sealed class WaysOutTests
{
    private static RunProgram LongPlating => TestPrograms.Of(TestPrograms.Plate(1e-3, 3600), TestPrograms.Strip(1e-3, 3600));

    private static (Bench Bench, TestRun Run) Running(bool endOnPause = false, RunProgram? program = null, Bench? bench = null)
    {
        bench ??= new Bench();
        bench.Turn();
        var run = bench.Start(program ?? LongPlating, endOnPause: endOnPause);
        bench.RunTo(10.05);
        Assert.True(bench.Link[1].OutputIsOn);
        return (bench, run);
    }

    [Fact]
    public void Resume_SweepThatCouldNotBegin_BeginsAtWhatTheHeldCellShows()
    {
        var sweep = TestPrograms.Sweep(0, 0.1, 1e-3);
        var bench = new Bench();
        bench.Link[1].Cell = (s, seconds) => s.Mode == OutputMode.Rest ? (seconds < 60 ? 1.2 : 0.9, 0) : (s.Volts, 0);
        bench.Turn();
        bench.Start(TestPrograms.Of(
            TestPrograms.Rest(5), sweep with { Sweep = sweep.Sweep! with { FromVolts = null }, ForSeconds = null, Limits = TestPrograms.NoLimits with { MaxVolts = 1 } }));
        bench.RunTo(30);
        bench.Wish(WishKind.Resume);
        bench.RunTo(50);
        Assert.Equal(ChannelState.Paused, bench.Snapshot().State);
        Assert.Contains("lie outside of limits.voltage", bench.Snapshot().Message, StringComparison.Ordinal);

        bench.RunTo(70);
        bench.Wish(WishKind.Resume);
        bench.RunTo(70.04);
        Assert.Equal(ChannelState.Running, bench.Snapshot().State);
        Assert.Equal("demo/1 apply Voltage 0 0.9", Assert.Single(bench.Wire.Exchanges, e => e.Contains("apply Voltage", StringComparison.Ordinal)));
    }

    [Fact]
    public void Stop_RunningChannel_IsOffAtOnceAndHoldsAtTheExactCharge()
    {
        var (bench, run) = Running();
        bench.Wish(WishKind.Stop);
        bench.Wire.Clear();
        bench.Turn();

        Assert.Equal("demo/1 off", bench.Wire.Journal[0]);
        Assert.False(bench.Link[1].OutputIsOn);
        Assert.Equal(ChannelState.Paused, bench.Snapshot().State);
        Assert.Null(run.Result);

        var charge = bench.Snapshot().Totals.DischargingAmpHours;
        bench.RunTo(500);
        Assert.Equal(charge, bench.Snapshot().Totals.DischargingAmpHours);

        bench.Wish(WishKind.Resume);
        bench.RunTo(510);
        Assert.True(bench.Link[1].OutputIsOn);
        Assert.Equal(1e-3 * 20 / 3600, bench.Snapshot().Totals.DischargingAmpHours, 7);
        Assert.Equal(["paused", "resumed"], run.EventKinds.TakeLast(2));
    }

    [Fact]
    public void Stop_PostedAfterAStartThatWasNotServedYet_PreventsIt()
    {
        var bench = new Bench();
        bench.Turn();
        var run = bench.Start(LongPlating);
        bench.Wish(WishKind.Stop);
        bench.RunTo(1);

        Assert.Equal(RunOutcome.Stopped, run.Ending!.Outcome);
        Assert.DoesNotContain(bench.Wire.Journal, t => t.Contains("apply", StringComparison.Ordinal));
    }

    [Fact]
    public void End_RunningChannel_IsStoppedAndItsChannelFree()
    {
        var (bench, run) = Running();
        bench.Wish(WishKind.End);
        bench.Turn();

        Assert.Equal(RunOutcome.Stopped, run.Ending!.Outcome);
        Assert.Equal(StepEnd.Interrupted, Assert.Single(run.Recorder.Steps).End);
        Assert.False(bench.Link[1].OutputIsOn);
        Assert.Equal(ChannelState.Idle, bench.Snapshot().State);
        Assert.Equal("demo/1 release", bench.Wire.Journal[^1]);
    }

    [Fact]
    public void End_HeldRun_IsStopped()
    {
        var (bench, run) = Running();
        bench.Wish(WishKind.Stop);
        bench.Turn();
        bench.Wish(WishKind.End);
        bench.Turn();

        Assert.Equal(RunOutcome.Stopped, run.Ending!.Outcome);
        Assert.Equal(ChannelState.Idle, bench.Snapshot().State);
    }

    [Fact]
    public void Stop_ThenTheInstrumentRefusesToBeRead_StaysHeld()
    {
        var (bench, run) = Running();
        bench.Wish(WishKind.Stop);
        bench.Turn();
        bench.Wire.Breaks = text => text == "demo/1 read" ? new InstrumentErrorException("output is off") : null;
        bench.RunTo(60);

        Assert.Null(run.Result);
        Assert.Equal(ChannelState.Paused, bench.Snapshot().State);
    }

    [Fact]
    public void SkipStep_RunningChannel_GoesToTheNext()
    {
        var (bench, run) = Running();
        bench.Wish(WishKind.SkipStep);
        bench.RunTo(12);

        Assert.Equal(StepEnd.Skipped, Assert.Single(run.Recorder.Steps).End);
        Assert.Equal(1e-3, bench.Link[1].Setpoint.Amperes);
        Assert.Equal("strip", bench.Snapshot().Step!.Verb);
    }

    [Fact]
    public void Pause_ByAProtectionWithNobodyThere_EndsTheRunAsProtected()
    {
        var step = TestPrograms.Plate(1e-3, 3600) with { ForSeconds = null, WithinSeconds = 20, Goals = [new Goal(GoalKind.Voltage, -5, GoalThen.NextStep, null)] };
        var (bench, run) = Running(endOnPause: true, program: TestPrograms.Of(step));
        bench.RunTo(30);

        Assert.Equal(RunOutcome.Protected, run.Ending!.Outcome);
        Assert.Contains("not reached in time", run.Ending.Reason, StringComparison.Ordinal);
        Assert.False(bench.Link[1].OutputIsOn);
    }

    [Fact]
    public void Stop_WithNobodyThereToResume_EndsTheRunAsStopped()
    {
        var (bench, run) = Running(endOnPause: true);
        bench.Wish(WishKind.Stop);
        bench.Turn();

        Assert.Equal(RunOutcome.Stopped, run.Ending!.Outcome);
        Assert.False(bench.Link[1].OutputIsOn);
    }

    [Fact]
    public void Shutdown_RunningChannels_AreOffConfirmedAndTheLoopEnds()
    {
        var (bench, run) = Running();
        bench.Mailbox.PostEmergency(new ShutdownMessage());
        bench.Turn();

        Assert.True(bench.Loop.IsFinished);
        Assert.Equal(RunOutcome.Stopped, run.Ending!.Outcome);
        Assert.False(bench.Link[1].OutputIsOn);
        Assert.Equal(["safe", "close"], bench.Wire.Journal.TakeLast(2));
    }

    [Fact]
    public void Shutdown_RunThatGoesOnAfterARestart_IsOffConfirmedAndLeftOpen()
    {
        var bench = new Bench().Turn();
        var run = bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 3600)) with { OnRestart = new ResumePolicy(600) });
        bench.RunTo(10);
        bench.Mailbox.PostEmergency(new ShutdownMessage());
        bench.Turn();

        Assert.True(bench.Loop.IsFinished);
        Assert.Equal(new RunResult(null, null), run.Result);
        Assert.False(bench.Link[1].OutputIsOn);
        Assert.Equal(["safe", "close"], bench.Wire.Journal.TakeLast(2));
        Assert.Contains(run.Recorder.Events, e => e.Kind == "service_stopped" && e.Message.Contains("off, confirmed", StringComparison.Ordinal));
        Assert.DoesNotContain("run_ended", run.EventKinds);
    }

    [Fact]
    public void Shutdown_LinkLost_WaitsForItAndSwitchesOffThen()
    {
        var (bench, run) = Running();
        bench.Wire.Breaks = _ => new LinkFaultException("cable");
        bench.IsUnreachable = true;
        bench.RunTo(10.15);
        bench.Mailbox.PostEmergency(new ShutdownMessage());
        bench.Turn();
        Assert.False(bench.Loop.IsFinished);

        bench.Wire.Breaks = null;
        bench.IsUnreachable = false;
        bench.Clock.NowSeconds = 12;
        bench.Turn();

        Assert.True(bench.Loop.IsFinished);
        Assert.False(bench.Link[1].OutputIsOn);
        Assert.Equal(RunOutcome.Stopped, run.Ending!.Outcome);
        Assert.Contains("output_off", run.EventKinds);
    }

    [Fact]
    public void Shutdown_LinkNeverBack_GivesUpAndSaysThatTheOutputIsUnconfirmed()
    {
        var (bench, run) = Running();
        bench.Wire.Breaks = _ => new LinkFaultException("cable");
        bench.IsUnreachable = true;
        bench.RunTo(10.15);
        bench.Mailbox.PostEmergency(new ShutdownMessage());
        bench.RunTo(30);

        Assert.True(bench.Loop.IsFinished);
        Assert.Contains("output_unconfirmed", run.EventKinds);
        Assert.NotNull(run.Ending);
    }

    [Fact]
    public void Observe_InstrumentRefuses_FaultsWithItsWordsAndSwitchesOff()
    {
        var (bench, run) = Running();
        bench.Wire.Breaks = text => text == "demo/1 read" ? new InstrumentErrorException("-222,\"Data out of range\"") : null;
        bench.RunTo(10.15);

        Assert.Equal(RunOutcome.Faulted, run.Ending!.Outcome);
        Assert.Contains("Data out of range", run.Ending.Reason, StringComparison.Ordinal);
        Assert.False(bench.Link[1].OutputIsOn);
        Assert.Equal(ChannelState.Faulted, bench.Snapshot().State);
    }

    [Fact]
    public void Apply_RefusedAtAStepBoundary_FaultsAndKeepsTheResultOfTheStepThatEnded()
    {
        var (bench, run) = Running(program: TestPrograms.Of(TestPrograms.Plate(1e-3, 20), TestPrograms.Strip(2e-3, 20)));
        bench.Wire.Breaks = text => text.Contains("apply Current 0.002", StringComparison.Ordinal) ? new InstrumentErrorException("read back 0.001") : null;
        bench.RunTo(30);

        Assert.Equal(RunOutcome.Faulted, run.Ending!.Outcome);
        Assert.Equal(StepEnd.Time, run.Recorder.Steps[0].End);
        Assert.False(bench.Link[1].OutputIsOn);
    }

    [Fact]
    public void Start_PreparationRefused_NeverSwitchesOn()
    {
        var bench = new Bench();
        bench.Wire.Breaks = text => text == "demo/1 prepare" ? new InstrumentErrorException("watchdog not armed") : null;
        bench.Turn();
        var run = bench.Start(LongPlating);
        bench.RunTo(5);

        Assert.Equal(RunOutcome.Faulted, run.Ending!.Outcome);
        Assert.Contains("watchdog not armed", run.Ending.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(bench.Wire.Journal, t => t.Contains("apply", StringComparison.Ordinal));
        Assert.Equal(ChannelState.Idle, bench.Snapshot().State);
    }

    [Fact]
    public void Start_LinkBreaksWhilePreparing_FaultsTheRunAndReopens()
    {
        var bench = new Bench();
        bench.Turn();
        bench.Wire.Breaks = text => text == "demo/1 prepare" ? new LinkFaultException("cable") : null;
        var run = bench.Start(LongPlating);
        bench.RunTo(5);

        Assert.Equal(RunOutcome.Faulted, run.Ending!.Outcome);
        Assert.Contains("cable", run.Ending.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(bench.Wire.Exchanges, t => t.Contains("apply", StringComparison.Ordinal));
        Assert.Equal(LinkStatus.Open, bench.Snapshot().Link);
        Assert.Equal(ChannelState.Faulted, bench.Snapshot().State);

        bench.Wire.Breaks = null;
        bench.Wish(WishKind.Acknowledge);
        bench.Turn();
        Assert.Equal(ChannelState.Idle, bench.Snapshot().State);
    }

    [Theory]
    [InlineData("demo/1 prepare")]
    [InlineData("demo/1 apply Current 0.001 0")]
    public void Serve_ErrorThatNobodyExpects_FaultsThatChannelOnly(string exchange)
    {
        var bench = new Bench(channels: 2);
        bench.Turn();
        var other = bench.Start(LongPlating, 2);
        bench.Turn();
        bench.Wire.Breaks = text => text == exchange ? new InvalidOperationException("bug") : null;
        var run = bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 20), TestPrograms.Strip(1e-3, 20)));
        bench.RunTo(60);

        Assert.Equal(RunOutcome.Faulted, run.Ending!.Outcome);
        Assert.Contains("internal error: bug", run.Ending.Reason, StringComparison.Ordinal);
        Assert.False(bench.Link[1].OutputIsOn);
        Assert.Equal(ChannelState.Faulted, bench.Snapshot().State);
        Assert.Null(other.Result);
        Assert.True(bench.Link[2].OutputIsOn);
    }

    [Fact]
    public void Observe_RecordingFails_StopsSafely()
    {
        var (bench, run) = Running();
        run.Recorder.Failure = "disk full";
        bench.RunTo(12.5);

        Assert.Equal(RunOutcome.RecordingFailed, run.Ending!.Outcome);
        Assert.Contains("disk full", run.Ending.Reason, StringComparison.Ordinal);
        Assert.False(bench.Link[1].OutputIsOn);
        Assert.Equal(ChannelState.Faulted, bench.Snapshot().State);
    }

    [Fact]
    public void Observe_DriverThrowsWhatItMustNot_BreaksTheLink()
    {
        var bench = new Bench(channels: 2);
        bench.Turn();
        var other = bench.Start(LongPlating, 2);
        var (_, run) = Running(bench: bench);
        bench.Link[1].Cell = (_, _) => (double.NaN, 0);
        bench.Link[1].Quality = _ => throw new InvalidOperationException("bug");
        bench.IsUnreachable = true;
        bench.RunTo(10.15);


        Assert.Equal(LinkStatus.Opening, bench.Snapshot().Link);
        Assert.Null(other.Result);
        Assert.Null(run.Result);
        Assert.Equal(ChannelState.Recovering, bench.Snapshot(2).State);
    }

    [Fact]
    public void Post_MoreStopsThanTheLaneHolds_StopsEverything()
    {
        var bench = new Bench(channels: 2);
        bench.Turn();
        bench.Start(LongPlating, 2);
        Running(bench: bench);
        for (var i = 0; i < 200; i++)
        {
            bench.Wish(WishKind.Stop, 1);
        }

        bench.Turn();

        Assert.False(bench.Link[1].OutputIsOn);
        Assert.False(bench.Link[2].OutputIsOn);
    }
}
