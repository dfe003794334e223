using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Acquisition.Tests.Runners;

/// <summary>A channel of other software, whose record is followed: nothing is switched, and nothing is claimed of its output.</summary>
public sealed class WatchedChannelTests
{
    private const double Current = 1e-3;

    private static RunProgram Program(double seconds = 60) =>
        TestPrograms.Of(TestPrograms.Rest(30), TestPrograms.Plate(Current, seconds), TestPrograms.Strip(Current, seconds));

    private static (Bench Bench, FakeScheduledChannel Box) Watched(RunProgram? programmed = null)
    {
        var bench = new Bench(capabilities: FakeScheduledChannel.Watched);
        var box = new FakeScheduledChannel(bench.Clock, bench.Wire) { Capabilities = FakeScheduledChannel.Watched, Programmed = programmed };
        bench.Link.Scheduled = box;
        bench.Turn();
        return (bench, box);
    }

    [Fact]
    public void Watch_ToTheEnd_TellsTheStepsAndNothingOfTheOutput()
    {
        var (bench, _) = Watched();
        Assert.Equal(OutputState.NotOurs, bench.Snapshot().Output);
        var run = bench.Start(Program());
        bench.RunTo(200);

        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
        Assert.Equal([30, 90, 150], run.Recorder.Steps.Select(s => s.EndNanoseconds / Nanoseconds.PerSecond));
        Assert.Equal(Current * 60 / 3600, run.Recorder.Steps[1].DischargingAmpHours, 1e-12);
        Assert.Equal(OutputState.NotOurs, bench.Snapshot().Output);
        Assert.Contains("output_not_ours", run.EventKinds);
        Assert.DoesNotContain("output_off", run.EventKinds);
        Assert.DoesNotContain("record_goes_on", run.EventKinds);
        Assert.DoesNotContain("stop", bench.Wire.Exchanges);
        Assert.Contains(run.Recorder.Events, e => e.Kind == "safeguards" && e.Message!.StartsWith(Safeguards.WatchedOnly, StringComparison.Ordinal));
    }

    [Fact]
    public void Watch_VoltageCollapses_IsToldAndTheWatchGoesOn()
    {
        var (bench, box) = Watched();
        box.Ohms = t => t < 60 ? 100 : 0.05;
        var run = bench.Start(Program());
        bench.RunTo(200);

        var found = run.Recorder.Events.Where(e => e.Detection is { Kind: DetectionKind.HardShort, Severity: DetectionSeverity.Abort }).ToList();
        Assert.Equal(2, found.Count); // one in each half-cycle
        Assert.InRange(found[0].TimeNanoseconds / 1e9, 60, 64);
        Assert.Equal(2, bench.Observer.Told.Count(t => t.Contains("cannot switch it off: stop it at the instrument", StringComparison.Ordinal)));
        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
        Assert.DoesNotContain("stop", bench.Wire.Exchanges);
    }

    [Fact]
    public void Watch_ShortThatIsTheResult_EndsTheRunAndClaimsNoOutputOff()
    {
        var (bench, box) = Watched();
        box.Ohms = t => t < 60 ? 100 : 0.05;
        var run = bench.Start(Program() with { Measure = Measure.Ccd });
        bench.RunTo(100);

        Assert.Equal(RunOutcome.ShortFound, run.Ending!.Outcome);
        Assert.Equal(OutputState.NotOurs, bench.Snapshot().Output);
        Assert.True(box.IsOn);
        Assert.DoesNotContain("output_off", run.EventKinds);
        Assert.Contains(bench.Observer.Told, t => t.Contains("cannot switch it off", StringComparison.Ordinal));
    }

    [Fact]
    public void Watch_LimitBreached_IsToldOnceAStepAndTheWatchGoesOn()
    {
        var (bench, _) = Watched();
        var program = Program();
        var limited = program with { Nodes = [.. program.Nodes.Select(n => (ProgramNode)((StepNode)n with { Limits = TestPrograms.NoLimits with { MinVolts = -0.05 } }))] };
        var run = bench.Start(limited);
        bench.RunTo(200);

        Assert.Single(run.Recorder.Events, e => e.Kind == "limit");
        Assert.Single(bench.Observer.Told, t => t.Contains("cannot switch it off", StringComparison.Ordinal));
        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
    }

    [Theory]
    [InlineData("Stop")]
    [InlineData("Pause")]
    public void Wish_ThatNobodyCanFulfil_IsToldAndTheWatchGoesOn(string wish)
    {
        var (bench, box) = Watched();
        var run = bench.Start(Program());
        bench.RunTo(40);
        bench.Wish(Enum.Parse<WishKind>(wish));
        bench.RunTo(50);
        Assert.Null(run.Ending);
        Assert.True(box.IsOn);
        Assert.Equal(ChannelState.Running, bench.Snapshot().State);
        Assert.Single(bench.Observer.Told, t => t.Contains("was asked for", StringComparison.Ordinal) && t.Contains("cannot switch it off", StringComparison.Ordinal));
        bench.RunTo(200);
        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
    }

    [Fact]
    public void End_EndsTheWatchAndWritesNothing()
    {
        var (bench, box) = Watched();
        var run = bench.Start(Program());
        bench.RunTo(40);
        bench.Wish(WishKind.End);
        bench.RunTo(50);
        Assert.Equal(RunOutcome.Stopped, run.Ending!.Outcome);
        Assert.True(box.IsOn);
        Assert.DoesNotContain("stop", bench.Wire.Exchanges);
        Assert.Equal(ChannelState.Idle, bench.Snapshot().State);
        Assert.Equal(OutputState.NotOurs, bench.Snapshot().Output);
    }

    [Fact]
    public void Watch_LinkLost_ClaimsNothingAndReadsOn()
    {
        var (bench, _) = Watched();
        var run = bench.Start(Program());
        bench.RunTo(40);
        bench.IsUnreachable = true;
        bench.Wire.Breaks = text => text.StartsWith("fetch", StringComparison.Ordinal) ? new LinkFaultException("share") : null;
        bench.RunTo(100);
        Assert.Equal(ChannelState.Recovering, bench.Snapshot().State);
        Assert.Equal(OutputState.NotOurs, bench.Snapshot().Output);
        bench.Wire.Breaks = null;
        bench.IsUnreachable = false;
        bench.RunTo(200);
        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
        Assert.DoesNotContain(bench.Observer.Told, t => t.Contains("UNCONFIRMED", StringComparison.Ordinal));
    }

    [Fact]
    public void Watch_ARecordThatBeganEarlier_BeginsWithIt()
    {
        var (bench, _) = Watched();
        var run = bench.Start(Program(), recordAge: TimeSpan.FromSeconds(1000));
        bench.RunTo(40);
        bench.Wish(WishKind.End);
        bench.RunTo(45);
        Assert.InRange(run.Ending!.EndNanoseconds / 1e9, 1040, 1045);
    }

    [Theory]
    [InlineData(100)] // in the middle of a step
    [InlineData(225)] // at the end of one that is not the last
    [InlineData(300)] // in the middle of the last one
    public void Silence_BeforeTheEnd_IsToldOnceAndWaitedOut(double seconds)
    {
        var (bench, box) = Watched();
        var run = bench.Start(Program(200));
        bench.RunTo(seconds - 4);
        box.Says = ScheduleState.Silent;
        bench.RunTo(seconds + 1);
        Assert.Null(run.Ending);
        Assert.Single(bench.Observer.Told, t => t.Contains("silent", StringComparison.Ordinal));
        box.Says = null;
        bench.RunTo(500);
        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
        Assert.Equal([30, 230, 430], run.Recorder.Steps.Select(s => s.EndNanoseconds / Nanoseconds.PerSecond));
    }

    [Fact]
    public void Silence_AfterTheLastStep_IsTheEnd()
    {
        var (bench, box) = Watched();
        var run = bench.Start(Program());
        bench.RunTo(149);
        box.Says = ScheduleState.Silent;
        bench.RunTo(170);
        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
        Assert.Equal(3, run.Recorder.Steps.Count);
        Assert.DoesNotContain(bench.Observer.Told, t => t.Contains("silent", StringComparison.Ordinal));
    }

    [Fact]
    public void Record_WithoutTheFirstRest_IsFollowedAndSaidSo()
    {
        var (bench, _) = Watched(programmed: TestPrograms.Of(TestPrograms.Plate(Current, 60), TestPrograms.Strip(Current, 60)));
        var run = bench.Start(Program());
        bench.RunTo(140);
        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
        Assert.Single(run.Recorder.Events, e => e.Kind == "step_without_rows" && e.Message!.Contains("steps[0]", StringComparison.Ordinal));
        Assert.Equal([0, 60, 120], run.Recorder.Steps.Select(s => s.EndNanoseconds / Nanoseconds.PerSecond));
    }

    [Fact]
    public void Record_OfAnotherRecipe_IsOutOfStep()
    {
        var plates = Enumerable.Range(0, 5).SelectMany(_ => new[] { TestPrograms.Plate(Current, 60), TestPrograms.Rest(20) }).ToArray();
        var (bench, box) = Watched(programmed: TestPrograms.Of(plates));
        var run = bench.Start(Program());
        bench.RunTo(200);
        Assert.Equal(RunOutcome.Faulted, run.Ending!.Outcome);
        Assert.Contains("out of step", run.Ending.Reason, StringComparison.Ordinal);
        Assert.Contains("record is in a rest", run.Ending.Reason, StringComparison.Ordinal);
        Assert.True(box.IsOn);
        Assert.DoesNotContain("stop", bench.Wire.Exchanges);
    }

    [Fact]
    public void Record_AtAnotherCurrent_IsOutOfStepAndNamesBoth()
    {
        var (bench, box) = Watched(programmed: TestPrograms.Of(TestPrograms.Rest(30), TestPrograms.Plate(Current / 2, 60), TestPrograms.Strip(Current / 2, 60)));
        var run = bench.Start(Program());
        bench.RunTo(200);
        Assert.Equal(RunOutcome.Faulted, run.Ending!.Outcome);
        Assert.Contains("out of step: steps[1] asks for -1 mA, and the instrument's record has -0.5 mA", run.Ending.Reason, StringComparison.Ordinal);
        Assert.Equal(34, run.Recorder.Steps[^1].EndNanoseconds / 1e9, 1.0); // seconds 2, 3 and 4 of the step
        Assert.Single(bench.Observer.Told, t => t.Contains("out of step", StringComparison.Ordinal));
        Assert.True(box.IsOn);
    }

    [Theory]
    [InlineData(0.92)]
    [InlineData(1.08)]
    public void Record_AtAlmostTheCurrent_IsFollowed(double fraction)
    {
        var (bench, box) = Watched();
        box.Takes = _ => fraction;
        var run = bench.Start(Program());
        bench.RunTo(200);
        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
    }

    [Theory]
    [InlineData(30, 32)] // the beginning of a step
    [InlineData(40, 42)] // two records in its middle
    [InlineData(89, 92)] // two at its end, and two at the beginning of the next one
    public void Record_WithAFewOddCurrents_IsFollowed(double from, double to)
    {
        var (bench, box) = Watched();
        box.Takes = t => t >= from && t < to ? 0.3 : 1;
        var run = bench.Start(Program());
        bench.RunTo(200);
        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
    }

    [Theory]
    [InlineData(true, RunOutcome.Completed)]
    [InlineData(false, RunOutcome.Faulted)]
    public void Record_CurrentFallsAtTheVoltageGoal_FitsOnlyWhereTheVoltageIsHeld(bool holds, RunOutcome outcome)
    {
        double Falling(double t) => t < 100 ? 1 : Math.Exp(-(t - 100) / 10);
        var (bench, box) = Watched(programmed: Program());
        box.Takes = Falling;
        box.Ohms = t => t < 90 ? 100 : t < 100 ? 100 + (10 * (t - 90)) : 200 / Falling(t);
        var program = Program();
        var strip = (StepNode)program.Nodes[2] with
        {
            ForSeconds = null,
            Goals = [new Goal(GoalKind.Voltage, 0.2, GoalThen.NextStep, null)],
            HoldUntil = holds ? new HoldUntil(1e-6, 50) : null,
        };
        var run = bench.Start(program with { Nodes = program.Nodes.SetItem(2, strip) });
        bench.RunTo(200);
        Assert.Equal(outcome, run.Ending!.Outcome);
    }

    [Fact]
    public void Record_StepOfATimeIsShorter_IsOutOfStepAndNamesBothTimes()
    {
        var (bench, _) = Watched(programmed: TestPrograms.Of(TestPrograms.Rest(30), TestPrograms.Plate(Current, 20), TestPrograms.Strip(Current, 20)));
        var run = bench.Start(Program());
        bench.RunTo(200);
        Assert.Equal(RunOutcome.Faulted, run.Ending!.Outcome);
        Assert.Contains("steps[1] lasts 60 s and has no other end, and in the instrument's record it ended after 20 s", run.Ending.Reason, StringComparison.Ordinal);
        Assert.Equal(Current * 20 / 3600, run.Recorder.Steps[^1].DischargingAmpHours, 1e-9);
    }

    [Fact]
    public void Record_StepWithAGoalIsShorter_IsFollowed()
    {
        var (bench, _) = Watched(programmed: TestPrograms.Of(TestPrograms.Rest(30), TestPrograms.Plate(Current, 20), TestPrograms.Strip(Current, 60)));
        var program = Program();
        var plate = (StepNode)program.Nodes[1] with { Goals = [new Goal(GoalKind.Capacity, Current * 20 / 3600, GoalThen.NextStep, null)] };
        var run = bench.Start(program with { Nodes = program.Nodes.SetItem(1, plate) });
        bench.RunTo(200);
        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
        Assert.Equal([30, 50, 110], run.Recorder.Steps.Select(s => s.EndNanoseconds / Nanoseconds.PerSecond));
    }

    [Fact]
    public void Record_GoesOnBehindTheProtocol_EndsAsPlannedAndIsToldOnce()
    {
        var pass = new[] { TestPrograms.Plate(Current, 60), TestPrograms.Strip(Current, 60) };
        var (bench, _) = Watched(programmed: TestPrograms.Of([TestPrograms.Rest(30), .. pass, .. pass]));
        var run = bench.Start(Program());
        bench.RunTo(200);
        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
        Assert.Equal(150, run.Ending.EndNanoseconds / Nanoseconds.PerSecond);
        Assert.Single(run.Recorder.Events, e => e.Kind == "record_goes_on" && e.Message!.Contains("goes on with a discharge", StringComparison.Ordinal));
        Assert.Single(bench.Observer.Told, t => t.Contains("goes on with a discharge", StringComparison.Ordinal));
    }
}
