using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Acquisition.Tests.Runners;

/// <summary>An instrument that runs the schedule by itself.</summary>
public sealed class ScheduleTests
{
    internal const double Current = 1e-3;

    internal static RunProgram Program(double seconds = 60) =>
        TestPrograms.Of(TestPrograms.Plate(Current, seconds), TestPrograms.Strip(Current, seconds), TestPrograms.Rest(30)) with { Measure = Measure.Ccd };

    internal static (Bench Bench, FakeScheduledChannel Box) Boxed()
    {
        var bench = new Bench(capabilities: FakeScheduledChannel.Boxed);
        var box = new FakeScheduledChannel(bench.Clock, bench.Wire);
        bench.Link.Scheduled = box;
        bench.Turn();
        return (bench, box);
    }

    [Fact]
    public void Follow_ToTheEnd_TellsStepsAndChargeOfTheInstrument()
    {
        var (bench, box) = Boxed();
        box.Counts = 1.01;
        var run = bench.Start(Program());
        bench.RunTo(200);

        Assert.Equal(RunOutcome.NoShort, run.Ending!.Outcome);
        Assert.Equal(150 * Nanoseconds.PerSecond, run.Ending.EndNanoseconds);
        Assert.Equal(1, box.Starts);
        Assert.Equal([1, 2, 3], run.Recorder.Steps.Select(s => s.StepCount));
        Assert.All(run.Recorder.Steps, s => Assert.Equal(StepEnd.Time, s.End));
        Assert.Equal(1.01 * Current * 60 / 3600, run.Recorder.Steps[0].DischargingAmpHours, 1e-12);
        Assert.Equal(1.01 * Current * 60 / 3600, run.Recorder.Steps[1].ChargingAmpHours, 1e-12);
        Assert.Equal([60, 120, 150], run.Recorder.Steps.Select(s => s.EndNanoseconds / Nanoseconds.PerSecond));
        Assert.Contains(run.Recorder.Events, e => e is { Kind: ScheduleEvents.Started, Message: "test 7" });
        Assert.Contains(run.Recorder.Events, e => e is { Kind: "schedule_remark", Message: "a remark" });
        Assert.DoesNotContain("stop", bench.Wire.Exchanges);
        Assert.Equal(ChannelState.Finished, bench.Snapshot().State);
        Assert.InRange(run.Recorder.Rows.Count, 140, 160);
    }

    [Fact]
    public void Follow_Sweeps_CountsBothDirectionsOfTheRecord()
    {
        var (bench, _) = Boxed();
        var run = bench.Start(TestPrograms.Of(TestPrograms.Sweep(-0.1, 0.1, 2e-3), TestPrograms.Sweep(0.1, 0, 2e-3)));
        bench.RunTo(200);

        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
        Assert.Equal([100, 150], run.Recorder.Steps.Select(s => s.EndNanoseconds / Nanoseconds.PerSecond));
        Assert.Equal([(1, 1), (2, 1)], run.Recorder.Steps.Select(s => (s.HalfCycle, s.Cycle)));
        const double Triangle = 0.5 * 0.1 / 100 * 50 / 3600;
        Assert.Equal(Triangle, run.Recorder.Steps[0].DischargingAmpHours, 0.001 * Triangle);
        Assert.Equal(Triangle, run.Recorder.Steps[0].ChargingAmpHours, 0.001 * Triangle);
    }

    [Fact]
    public void Follow_SweepThatTurnsBack_StopsTheChannel()
    {
        var (bench, box) = Boxed();
        box.SweepsThereAndBack = true;
        var run = bench.Start(TestPrograms.Of(TestPrograms.Sweep(0, 0.1, 1e-3), TestPrograms.Rest(30)));
        bench.RunTo(200);

        Assert.Equal(RunOutcome.Faulted, run.Ending!.Outcome);
        Assert.Contains("out of step: steps[0] sweeps from 0 V to 0.1 V, and 12", run.Ending.Reason, StringComparison.Ordinal);
        Assert.Contains("stop", bench.Wire.Exchanges);
        Assert.False(box.IsOn);
        Assert.InRange(run.Ending.EndNanoseconds * 1e-9, 120, 135);
    }

    [Fact]
    public void Follow_PagesOfALongRecord_AreReadOneAfterTheOther()
    {
        var (bench, box) = Boxed();
        box.RecordEvery = 0.01;
        var run = bench.Start(Program());
        bench.RunTo(200);
        Assert.Equal(RunOutcome.NoShort, run.Ending!.Outcome);
        Assert.True(bench.Wire.Exchanges.Count(e => e.StartsWith("fetch", StringComparison.Ordinal)) > 150);
    }

    [Fact]
    public void Follow_VoltageCollapses_StopsTheChannelWithTheResult()
    {
        var (bench, box) = Boxed();
        box.Ohms = t => t < 40 ? 100 : 0.05;
        var run = bench.Start(Program());
        bench.RunTo(60);

        Assert.Equal(RunOutcome.ShortFound, run.Ending!.Outcome);
        Assert.False(box.IsOn);
        Assert.Contains("stop", bench.Wire.Exchanges);
        Assert.InRange(run.Ending.EndNanoseconds / 1e9, 40, 44);
        Assert.Equal(OutputState.Off, bench.Snapshot().Output);
    }

    [Fact]
    public void Follow_TheInstrumentsOwnProtectionSawTheShortFirst_IsTheResult()
    {
        var (bench, box) = Boxed();
        box.RecordEvery = 20;
        box.Floor = 2e-3;
        box.Ohms = t => t < 30 ? 100 : 0.05;
        var run = bench.Start(Program(200));
        bench.RunTo(100);

        Assert.Equal(RunOutcome.ShortFound, run.Ending!.Outcome);
        Assert.Contains("own protection", run.Ending.Short!.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("stop", bench.Wire.Exchanges);
    }

    [Fact]
    public void Follow_ProtectedForAnotherReason_Trips()
    {
        var (bench, box) = Boxed();
        var run = bench.Start(Program());
        bench.RunTo(20);
        box.Says = ScheduleState.Protected;
        bench.RunTo(30);
        Assert.Equal(RunOutcome.Tripped, run.Ending!.Outcome);
        Assert.Equal(ChannelState.Tripped, bench.Snapshot().State);
    }

    [Fact]
    public void Follow_StoppedAtTheInstrument_EndsTheRun()
    {
        var (bench, box) = Boxed();
        var run = bench.Start(Program());
        bench.RunTo(20);
        box.Says = ScheduleState.Stopped;
        bench.RunTo(30);
        Assert.Equal(RunOutcome.Stopped, run.Ending!.Outcome);
        Assert.Contains("not by us", run.Ending.Reason, StringComparison.Ordinal);
        Assert.Equal(ChannelState.Idle, bench.Snapshot().State);
    }

    [Fact]
    public void Follow_AnotherTestOnTheChannel_FaultsAndWritesNothing()
    {
        var (bench, box) = Boxed();
        var run = bench.Start(Program());
        bench.RunTo(20);
        box.Says = ScheduleState.Displaced;
        bench.RunTo(30);
        Assert.Equal(RunOutcome.Faulted, run.Ending!.Outcome);
        Assert.DoesNotContain("stop", bench.Wire.Exchanges);
        Assert.True(box.IsOn);
        Assert.Equal(OutputState.NotOurs, bench.Snapshot().Output);
        Assert.Contains("channel_displaced", run.EventKinds);
        Assert.DoesNotContain("output_off", run.EventKinds);
    }

    [Fact]
    public void Follow_UnknownState_ConcludesNothing()
    {
        var (bench, box) = Boxed();
        var run = bench.Start(Program());
        bench.RunTo(20);
        box.Says = ScheduleState.Unknown;
        bench.RunTo(60);
        Assert.Null(run.Ending);
        Assert.Single(bench.Observer.Told, t => t.Contains("unknown", StringComparison.Ordinal));
        box.Says = null;
        bench.RunTo(200);
        Assert.Equal(RunOutcome.NoShort, run.Ending!.Outcome);
    }

    [Fact]
    public void Follow_Astray_IsStoppedAndAFault()
    {
        var (bench, box) = Boxed();
        var run = bench.Start(Program());
        bench.RunTo(20);
        box.Says = ScheduleState.Astray;
        bench.RunTo(30);

        Assert.Equal(RunOutcome.Faulted, run.Ending!.Outcome);
        Assert.Contains("out of step: it does otherwise than was written to it", run.Ending.Reason, StringComparison.Ordinal);
        Assert.Contains("stop", bench.Wire.Exchanges);
        Assert.False(box.IsOn);
    }

    [Fact]
    public void Follow_SomethingCouldNotBeWritten_IsToldOnceAndWhenItIsOver()
    {
        var (bench, box) = Boxed();
        box.RecordEvery = 0.01; // Several pages with each fetch; what was not written is known with the last one.
        var run = bench.Start(Program());
        bench.RunTo(20);
        box.Trouble = "the next level was not written";
        bench.RunTo(60);
        box.Trouble = null;
        bench.RunTo(200);

        Assert.Equal(RunOutcome.NoShort, run.Ending!.Outcome);
        Assert.Single(bench.Observer.Told, t => t.Contains("the next level was not written", StringComparison.Ordinal));
        Assert.Equal(
            ["the next level was not written", "what had to be written to the instrument is written"],
            run.Recorder.Events.Where(e => e.Kind == "schedule_trouble").Select(e => e.Message));
    }

    [Fact]
    public void Follow_FinishedTooEarly_IsAFault()
    {
        var (bench, box) = Boxed();
        var run = bench.Start(Program());
        bench.RunTo(20);
        box.Says = ScheduleState.Finished;
        bench.RunTo(30);
        Assert.Equal(RunOutcome.Faulted, run.Ending!.Outcome);
        Assert.Contains("protocol has more", run.Ending.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Stop")]
    [InlineData("End")]
    [InlineData("Pause")]
    public void Wish_AnyThatHolds_StopsTheChannelForGood(string wish)
    {
        var (bench, box) = Boxed();
        var run = bench.Start(Program());
        bench.RunTo(20);
        bench.Wish(Enum.Parse<WishKind>(wish));
        bench.RunTo(30);
        Assert.Equal(RunOutcome.Stopped, run.Ending!.Outcome);
        Assert.False(box.IsOn);
        Assert.Equal(ChannelState.Idle, bench.Snapshot().State);
    }

    [Fact]
    public void Skip_IsToldToTheInstrumentAndItsStepEndsAsSkipped()
    {
        var (bench, _) = Boxed();
        var run = bench.Start(Program());
        bench.RunTo(10);
        bench.Wish(WishKind.SkipStep);
        bench.RunTo(200);
        Assert.Contains("skip", bench.Wire.Exchanges);
        Assert.Equal(StepEnd.Skipped, run.Recorder.Steps[0].End);
        Assert.Equal(20, run.Recorder.Steps[0].EndNanoseconds / Nanoseconds.PerSecond);
        Assert.Equal(RunOutcome.NoShort, run.Ending!.Outcome);
    }

    [Fact]
    public void LinkLost_TheInstrumentGoesOnAndItsRecordFillsTheGap()
    {
        var (bench, box) = Boxed();
        var run = bench.Start(Program());
        bench.RunTo(20);
        bench.IsUnreachable = true;
        bench.Wire.Breaks = text => text.StartsWith("fetch", StringComparison.Ordinal) ? new LinkFaultException("cable") : null;
        bench.RunTo(90);
        Assert.Equal(ChannelState.Recovering, bench.Snapshot().State);
        Assert.Null(run.Ending);
        bench.Wire.Breaks = null;
        bench.IsUnreachable = false;
        bench.RunTo(200);

        Assert.Equal(RunOutcome.NoShort, run.Ending!.Outcome);
        Assert.Equal(1, box.Starts);
        Assert.DoesNotContain("stop", bench.Wire.Exchanges);
        Assert.Contains("adopt run test 7", bench.Wire.Exchanges);
        Assert.DoesNotContain(run.Recorder.Events, e => e.Kind == "output_off" && e.TimeNanoseconds < run.Ending.EndNanoseconds); // It was on all the time.
        Assert.Equal([60, 120, 150], run.Recorder.Steps.Select(s => s.EndNanoseconds / Nanoseconds.PerSecond));
        Assert.InRange(run.Recorder.Rows.Count, 140, 160);
    }

    [Fact]
    public void LinkLost_StopMeanwhile_IsCarriedOutWhenItIsBack()
    {
        var (bench, box) = Boxed();
        var run = bench.Start(Program());
        bench.RunTo(20);
        bench.IsUnreachable = true;
        bench.Wire.Breaks = text => text.StartsWith("fetch", StringComparison.Ordinal) ? new LinkFaultException("cable") : null;
        bench.RunTo(30);
        bench.Wish(WishKind.Stop);
        bench.RunTo(40);
        Assert.True(box.IsOn);
        Assert.Equal(OutputState.Unconfirmed, bench.Snapshot().Output);
        bench.Wire.Breaks = null;
        bench.IsUnreachable = false;
        bench.RunTo(50);
        Assert.False(box.IsOn);
        Assert.Contains("stop", bench.Wire.Exchanges);
        Assert.Equal(RunOutcome.Stopped, run.Ending!.Outcome);
    }

    [Fact]
    public void Start_OnAChannelThatRunsForSomebodyElse_IsLeftAloneWhenTheLinkOpens()
    {
        var (bench, _) = Boxed();
        bench.RunTo(60);
        Assert.DoesNotContain("stop", bench.Wire.Exchanges);
    }

    [Fact]
    public void Start_AnswerIsLost_OutputIsUnconfirmedAndOffWhenTheLinkIsBack()
    {
        var (bench, box) = Boxed();
        box.LosesAnswerToStart = true;
        bench.IsUnreachable = true;
        bench.Wire.Breaks = text => text.Contains("stop", StringComparison.Ordinal) ? new LinkFaultException("cable") : null;
        var run = bench.Start(Program());
        bench.RunTo(10);
        Assert.True(box.IsOn);
        Assert.Equal(OutputState.Unconfirmed, bench.Snapshot().Output);
        bench.Wire.Breaks = null;
        bench.IsUnreachable = false;
        bench.RunTo(60);

        Assert.False(box.IsOn);
        Assert.Contains("stop", bench.Wire.Exchanges);
        Assert.Equal(1, box.Starts);
        Assert.Equal(RunOutcome.Faulted, run.Ending!.Outcome);
        Assert.Equal(OutputState.Off, bench.Snapshot().Output);
    }

    [Fact]
    public void Start_Refused_EndsWithTheInstrumentsWords()
    {
        var (bench, box) = Boxed();
        box.RefusesStart = "the channel is working";
        var run = bench.Start(Program());
        bench.RunTo(10);
        Assert.Equal(RunOutcome.Faulted, run.Ending!.Outcome);
        Assert.Equal("the channel is working", run.Ending.Reason);
        Assert.DoesNotContain("stop", bench.Wire.Exchanges);
    }

    [Fact]
    public void ShutDown_LeavesTheChannelRunningAndTheRunOpen()
    {
        var (bench, box) = Boxed();
        var run = bench.Start(Program());
        bench.RunTo(20);
        bench.Mailbox.PostEmergency(new ShutdownMessage { Ticket = 100 });
        bench.Turn();

        Assert.True(box.IsOn);
        Assert.DoesNotContain("stop", bench.Wire.Exchanges);
        Assert.True(bench.Loop.IsFinished);
        Assert.Equal(OutputState.On, bench.Snapshot().Output);
        Assert.Null(run.Result!.Ending);
        Assert.Null(run.Result.Refusal);
        Assert.Contains("service_stopped", run.EventKinds);
        Assert.Contains(bench.Observer.Told, t => t.Contains("goes on without us", StringComparison.Ordinal));
    }
}
