using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Tests.Runners;

public sealed class RestartTests
{
    private const double Current = 1e-3;

    private static RunProgram Program(double? resumeWithin = 900) =>
        TestPrograms.Of(TestPrograms.Plate(Current, 60), TestPrograms.Strip(Current, 60)) with { OnRestart = new ResumePolicy(resumeWithin) };

    /// <summary>A run that was killed after its row at 10 s; another process begins.</summary>
    private static (Bench Bench, DurableProgress Stood) Killed(RunProgram program, ChannelCapabilities? capabilities = null)
    {
        var before = new Bench();
        before.Turn();
        var run = before.Start(program);
        before.RunTo(10.05);
        var rows = run.Recorder.Rows;
        return (new Bench(capabilities: capabilities), new DurableProgress(run.Recorder.Checkpoints[^1].State, rows[0], rows[^1], rows.Count, 0));
    }

    [Fact]
    public void Recover_InTime_GoesOnAtTheChargeAndTimeOfTheLastRecordedSample()
    {
        var program = Program();
        var (bench, stood) = Killed(program);
        bench.Turn();
        bench.Wire.Clear();
        var (run, restored) = bench.Recover(program, stood, 300);
        bench.RunTo(5.05);

        Assert.Equal(["demo/1 read", "demo/1 prepare", "demo/1 apply Current -0.001 0"], bench.Wire.Exchanges.Take(3));
        Assert.Equal(ChannelState.Running, bench.Snapshot().State);
        Assert.True(restored.Decided.IsCompleted);
        var last = stood.Last!.Value;
        var row = run.Recorder.Rows[^1];
        Assert.Equal(last.DischargingAmpHours + (Current * 5 / 3600), row.DischargingAmpHours, 1e-9);
        Assert.Equal(last.StepTimeNanoseconds + (5 * Nanoseconds.PerSecond), row.StepTimeNanoseconds);
        Assert.Equal(305 * Nanoseconds.PerSecond, row.TimeNanoseconds);
        var gap = run.Recorder.Events.Single(e => e.Kind == "restart_gap");
        Assert.Equal((last.TimeNanoseconds, 300 * Nanoseconds.PerSecond), (gap.TimeNanoseconds, gap.UntilNanoseconds));
        Assert.Contains("NO WATCHDOG", gap.Message, StringComparison.Ordinal);

        bench.RunTo(120);
        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
        Assert.Equal([1, 2], run.Recorder.Steps.Select(s => s.StepCount));
        Assert.All(run.Recorder.Steps, s => Assert.Equal(Current * 60 / 3600, s.ChargingAmpHours + s.DischargingAmpHours, 1e-8));
    }

    [Fact]
    public void Recover_StepSampledRarely_EndsAtItsTimeAllTheSame()
    {
        var program = TestPrograms.Of(TestPrograms.Plate(Current, 60, every: 7), TestPrograms.Strip(Current, 60, every: 7)) with { OnRestart = new ResumePolicy(900) };
        var (bench, stood) = Killed(program);
        bench.Turn();
        var (run, _) = bench.Recover(program, stood, 300);
        bench.RunTo(120);

        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
        var left = (60 * Nanoseconds.PerSecond) - stood.Last!.Value.StepTimeNanoseconds;
        Assert.Equal([(300 * Nanoseconds.PerSecond) + left, (360 * Nanoseconds.PerSecond) + left], run.Recorder.Steps.Select(s => s.EndNanoseconds));
    }

    [Fact]
    public void Recover_BeforeTheLinkIsOpen_WaitsInRecoveringAndThenGoesOn()
    {
        var program = Program();
        var (bench, stood) = Killed(program);
        bench.IsUnreachable = true;
        var (_, restored) = bench.Recover(program, stood, 30);
        bench.RunTo(20);
        Assert.Equal(ChannelState.Recovering, bench.Snapshot().State);
        Assert.Equal(OutputState.Unconfirmed, bench.Snapshot().Output);
        Assert.False(restored.Decided.IsCompleted);

        bench.IsUnreachable = false;
        bench.Wire.Clear();
        bench.RunTo(25);
        Assert.Equal(["identify", "safe", "demo/1 read", "demo/1 prepare"], bench.Wire.Exchanges.Take(4));
        Assert.Equal(ChannelState.Running, bench.Snapshot().State);
    }

    [Fact]
    public void Recover_LinkComesBackTooLate_IsHeldMeanwhile()
    {
        var program = Program(resumeWithin: 60);
        var (bench, stood) = Killed(program);
        bench.IsUnreachable = true;
        var (run, _) = bench.Recover(program, stood, 30);
        bench.RunTo(120);

        Assert.Equal(ChannelState.Paused, bench.Snapshot().State);
        Assert.Contains("60 s", bench.Snapshot().Message, StringComparison.Ordinal);
        Assert.Contains("restart_gap", run.EventKinds);
    }

    [Fact]
    public void Recover_GapLongerThanThePolicy_PausesAndAsksAndCanBeResumedAtItsCharge()
    {
        var program = Program(resumeWithin: 60);
        var (bench, stood) = Killed(program);
        bench.Turn();
        var (run, restored) = bench.Recover(program, stood, 300);
        bench.RunTo(2);

        Assert.Equal(ChannelState.Paused, bench.Snapshot().State);
        Assert.False(bench.Link[1].OutputIsOn);
        Assert.Equal("plate", bench.Snapshot().Step?.Verb);
        Assert.Contains("interrupted for longer than the 60 s", bench.Snapshot().Message, StringComparison.Ordinal);
        Assert.True(restored.Decided.IsCompletedSuccessfully);
        Assert.Equal(stood.Last!.Value.DischargingAmpHours, bench.Snapshot().Totals.DischargingAmpHours);

        bench.Wish(WishKind.Resume);
        bench.RunTo(120);
        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
        Assert.Equal(Current * 60 / 3600, run.Recorder.Steps[0].DischargingAmpHours, 1e-8);
    }

    [Fact]
    public void Recover_HeldForTooLong_CanBeEnded()
    {
        var program = Program(resumeWithin: 60);
        var (bench, stood) = Killed(program);
        bench.Turn();
        var (run, _) = bench.Recover(program, stood, 300);
        bench.Turn();
        bench.Wish(WishKind.End);
        bench.Turn();

        Assert.Equal(RunOutcome.Stopped, run.Ending!.Outcome);
        Assert.Equal(ChannelState.Idle, bench.Snapshot().State);
    }

    [Theory]
    [InlineData(0.2, ChannelState.Paused)]
    [InlineData(-0.151, ChannelState.Paused)]
    [InlineData(-0.149, ChannelState.Running)]
    [InlineData(0.049, ChannelState.Running)]
    public void Recover_OpenCircuit_DecidesWhetherItGoesOn(double volts, ChannelState expected)
    {
        var program = Program();
        var (bench, stood) = Killed(program); // -0.1 V under its current
        bench.Link[1].Cell = (s, _) => s.Mode == OutputMode.Rest ? (volts, 0) : (s.Amperes * 100, s.Amperes);
        bench.Turn();
        var (run, _) = bench.Recover(program, stood, 30);
        bench.RunTo(1);

        Assert.Equal(expected, bench.Snapshot().State);
        Assert.Contains("open_circuit", run.EventKinds);
    }

    [Fact]
    public void Recover_AnotherInstrument_PausesAndAsks()
    {
        var program = Program();
        var (bench, stood) = Killed(program);
        bench.Turn();
        var (_, restored) = bench.Recover(program, stood, 30, r => r with { Instrument = "Fake F1 77 0" });
        bench.RunTo(1);

        Assert.Equal(ChannelState.Paused, bench.Snapshot().State);
        Assert.Contains("another instrument", bench.Snapshot().Message, StringComparison.Ordinal);
        Assert.True(restored.Decided.IsCompleted);
    }

    [Fact]
    public void Recover_ClockIsBehindTheRun_PausesAndAsksAndTimeNeverGoesBack()
    {
        var program = Program();
        var (bench, stood) = Killed(program);
        bench.Turn();
        var (run, _) = bench.Recover(program, stood, -3600);
        bench.RunTo(1);

        Assert.Equal(ChannelState.Paused, bench.Snapshot().State);
        Assert.Contains("clock of this computer", bench.Snapshot().Message, StringComparison.Ordinal);
        Assert.All(run.Recorder.Events, e => Assert.True(e.TimeNanoseconds >= stood.Last!.Value.TimeNanoseconds));
    }

    [Fact]
    public void Recover_RunThatWasHeld_StaysHeldWithItsReason()
    {
        var program = Program();
        var before = new Bench();
        before.Turn();
        var first = before.Start(program);
        before.RunTo(10.05);
        before.Wish(WishKind.Pause);
        before.Turn();
        var bench = new Bench();
        bench.Turn();
        var stood = new DurableProgress(first.Recorder.Checkpoints[^1].State, null, null, 0, 0);
        var (run, _) = bench.Recover(program, stood, 1e6, r => r with { PauseReason = "paused by the operator" });
        bench.RunTo(1);

        Assert.Equal((ChannelState.Paused, "paused by the operator"), (bench.Snapshot().State, bench.Snapshot().Message));
        bench.Wish(WishKind.Resume);
        bench.RunTo(120);
        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
    }

    [Fact]
    public void Recover_StopBeforeIt_IsHeld()
    {
        var program = Program();
        var (bench, stood) = Killed(program);
        bench.Turn();
        bench.Recover(program, stood, 30);
        bench.Wish(WishKind.Stop);
        bench.RunTo(1);

        Assert.Equal(ChannelState.Paused, bench.Snapshot().State);
        Assert.DoesNotContain(bench.Wire.Exchanges, t => t.Contains("apply", StringComparison.Ordinal));
    }

    [Fact]
    public void Recover_LinkBreaksWhileTheCellIsLookedAt_TriesAgainWithTheSameGap()
    {
        var program = Program();
        var (bench, stood) = Killed(program);
        bench.Turn();
        var broken = 0;
        bench.Wire.Breaks = text => text == "demo/1 read" && broken++ == 0 ? new LinkFaultException("no answer") : null;
        var (run, _) = bench.Recover(program, stood, 30);
        bench.RunTo(10);

        Assert.Equal(ChannelState.Running, bench.Snapshot().State);
        Assert.Equal(stood.Last!.Value.TimeNanoseconds, run.Recorder.Events.Single(e => e.Kind == "restart_gap").TimeNanoseconds);
    }

    [Fact]
    public void Run_RecordedRarely_KeepsItsStateOnceASecond()
    {
        var bench = new Bench();
        bench.Turn();
        var step = TestPrograms.Plate(Current, 60) with { Record = new RecordRule(30, null, null, null, null) };
        var run = bench.Start(TestPrograms.Of(step));
        bench.RunTo(20.05);

        Assert.InRange(run.Recorder.Checkpoints.Count, 18, 22);
        Assert.True(RunCheckpoint.TryRead(run.Recorder.Checkpoints[^1].State, out var state));
        Assert.Equal(Current * 20 / 3600, state.Totals.DischargingAmpHours, 1.5 * Current / 3600);
    }
}
