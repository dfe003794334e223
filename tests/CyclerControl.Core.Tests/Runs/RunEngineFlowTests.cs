using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Runs;

public sealed class RunEngineFlowTests
{
    private static readonly Goal s_now = new(GoalKind.Capacity, 1e-6, GoalThen.NextStep, null);

    [Fact]
    public void Ramp_OverNestedRepeats_TakesEveryValueAndEveryPass()
    {
        var program = new ProgramBuilder { Measure = Measure.Ccd }
            .Rest(10)
            .Ramp([1e-3, 2e-3, 3e-3], b => b.Repeat(2, c => c.Ramped(-1, 1, 60).Ramped(+1, 1, 60)))
            .Build();

        var driver = new EngineDriver(program).Start().Run();

        Assert.Equal(
            [-1, 1, -1, 1, -2, 2, -2, 2, -3, 3, -3, 3],
            driver.Steps.Skip(1).Select(s => (int)Math.Round(s.SetAmperes!.Value * 1000)));
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2], driver.Steps.Skip(1).Select(s => s.RampPass!.Value));
        Assert.Equal(Enumerable.Range(1, 12), driver.Steps.Skip(1).Select(s => s.HalfCycle));
        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6], driver.Steps.Skip(1).Select(s => s.Cycle));
        Assert.Equal(RunOutcome.NoShort, driver.Ending!.Outcome);
        Assert.Equal((10 + (12 * 60)) * Nanoseconds.PerSecond, driver.Ending.EndNanoseconds);
    }

    [Fact]
    public void ProgressOf_InNestedLoops_IsThePassOfTheOutermost()
    {
        var program = new ProgramBuilder()
            .Rest(10)
            .Ramp([1e-3, 2e-3, 3e-3], b => b.Repeat(2, c => c.Ramped(-1, 1, 60)))
            .Rest(10)
            .Build();
        var engine = new RunEngine(program);
        var (state, commands) = (new RunState(), new CommandBuffer());
        Assert.Null(engine.ProgressOf(in state));
        _ = engine.Advance(ref state, new RunInput(RunInputKind.Start, 0, default), commands);

        var seen = new List<ScheduleProgress?>();
        for (var second = 1; state.Phase == RunPhase.Running; second++)
        {
            seen.Add(engine.ProgressOf(in state));
            var time = second * Nanoseconds.PerSecond;
            _ = engine.Advance(ref state, new RunInput(RunInputKind.Sample, time, new Sample(time, 0.1, engine.AmperesOf(in state), null)), commands);
        }

        Assert.Equal([null, new(1, 0), new(1, 1), new(1, 2), null], seen.Where((progress, i) => i == 0 || progress != seen[i - 1]));
        Assert.InRange(seen.Count(progress => progress == new ScheduleProgress(1, 1)), 119, 121);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(64)]
    public void Repeat_OfNPasses_RunsNTimes(int passes)
    {
        var program = new ProgramBuilder().Repeat(passes, b => b.Rest(1)).Build();
        Assert.Equal(passes, new EngineDriver(program).Start().Run().Steps.Count);
    }

    [Fact]
    public void Repeat_NestedTo63Levels_RunsToItsEnd()
    {
        static void Nest(ProgramBuilder b, int depth)
        {
            if (depth == 0)
            {
                b.Rest(1);
            }
            else
            {
                b.Repeat(depth % 21 == 0 ? 2 : 1, c => Nest(c, depth - 1));
            }
        }

        var builder = new ProgramBuilder();
        Nest(builder, 63);
        Assert.Equal(8, new EngineDriver(builder.Build()).Start().Run().Steps.Count);
    }

    [Fact]
    public void Legs_WithRestsAndHoldsBetween_AreOneHalfCycle()
    {
        var program = new ProgramBuilder()
            .Charge(1e-3, s => s with { ForSeconds = 5 }).Rest(5).Charge(2e-3, s => s with { ForSeconds = 5 })
            .Hold(0.2, s => s with { ForSeconds = 5 })
            .Discharge(1e-3, s => s with { ForSeconds = 5 }).Rest(5)
            .Charge(1e-3, s => s with { ForSeconds = 5 })
            .Build();

        var steps = new EngineDriver(program).Start().Run().Steps;

        Assert.Equal([1, 1, 1, 1, 2, 2, 3], steps.Select(s => s.HalfCycle));
        Assert.Equal([1, 1, 1, 1, 1, 1, 2], steps.Select(s => s.Cycle));
    }

    [Fact]
    public void MeasureBlock_CountsItsOwnCyclesFromOne()
    {
        static void Pair(ProgramBuilder b) => b.Discharge(1e-3, s => s with { ForSeconds = 5 }).Charge(1e-3, s => s with { ForSeconds = 5 });
        var program = new ProgramBuilder().Repeat(3, Pair).Repeat(2, Pair, measure: Measure.CoulombicEfficiency).Build();

        var steps = new EngineDriver(program).Start().Run().Steps;

        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 4, 5, 5], steps.Select(s => s.Cycle));
        Assert.Equal([null, null, null, null, null, null, 1, 1, 2, 2], steps.Select(s => s.BlockCycle));
    }

    [Fact]
    public void EndRepeat_LeavesTheInnermostLoopOnly()
    {
        var leave = s_now with { Then = GoalThen.EndRepeat };
        var program = new ProgramBuilder()
            .Repeat(2, b => b.Repeat(100, c => c.Charge(1e-3, s => s with { Goals = [leave] })).Rest(1))
            .Build();

        Assert.Equal(["charge", "rest", "charge", "rest"], new EngineDriver(program).Start().Run().Steps.Select(s => s.Verb));
    }

    [Fact]
    public void EndRun_EndsAsPlannedWithTheReason()
    {
        var goal = s_now with { Then = GoalThen.EndRun, Because = "plated enough" };
        var program = new ProgramBuilder().Charge(1e-3, s => s with { Goals = [goal] }).Rest(100).Build();

        var driver = new EngineDriver(program).Start().Run();

        Assert.Single(driver.Steps);
        Assert.Equal((RunOutcome.Completed, "plated enough"), (driver.Ending!.Outcome, driver.Ending.Reason));
        Assert.False(driver.OutputOn);
    }

    [Theory]
    [InlineData(LoopExhausted.Next, RunPhase.Ended, 3)]
    [InlineData(LoopExhausted.Pause, RunPhase.Paused, 2)]
    [InlineData(LoopExhausted.Stop, RunPhase.Ended, 2)]
    public void UpTo_WhenUsedUp_DoesWhatItsElseSays(LoopExhausted exhausted, RunPhase phase, int steps)
    {
        var program = new ProgramBuilder().Repeat(2, b => b.Rest(1), exhausted).Rest(1).Build();
        var driver = new EngineDriver(program).Start().Run();
        Assert.Equal((phase, steps), (driver.State.Phase, driver.Steps.Count));
    }

    [Fact]
    public void Pause_StopsTheStepsClock_AndResumeGoesOnAtTheExactCharge()
    {
        var program = new ProgramBuilder().Charge(1e-3, s => s with { ForSeconds = 3600 }).Build();
        var driver = new EngineDriver(program).Start().Run(1000);

        driver.Send(RunInputKind.Pause);
        Assert.False(driver.OutputOn);
        driver.Wait(5000).Send(RunInputKind.Resume);
        Assert.True(driver.OutputOn);
        driver.Run();

        var step = Assert.Single(driver.Steps);
        Assert.Equal(8600 * Nanoseconds.PerSecond, step.EndNanoseconds);
        Assert.Equal(1e-3, step.ChargingAmpHours, 9);
        Assert.Equal(3600 * Nanoseconds.PerSecond, driver.Rows[^1].StepTimeNanoseconds);
    }

    [Fact]
    public void LinkLost_SuspendsAndLinkBack_AppliesTheSameSetpointAgain()
    {
        var program = new ProgramBuilder().Charge(1e-3, s => s with { ForSeconds = 3600 }).Build();
        var driver = new EngineDriver(program).Start().Run(1000);

        driver.Send(RunInputKind.LinkLost).Wait(60).Send(RunInputKind.LinkBack).Run();

        Assert.Equal(2, driver.Applied.Count);
        Assert.Equal(driver.Applied[0], driver.Applied[1]);
        Assert.Equal(3660 * Nanoseconds.PerSecond, driver.Steps[0].EndNanoseconds);
        Assert.Equal(["run_started", "link_lost", "link_back"], driver.Events.Select(e => e.Kind));
    }

    [Fact]
    public void Skip_EndsTheStepAsSkipped()
    {
        var program = new ProgramBuilder().Charge(1e-3, s => s with { ForSeconds = 3600 }).Rest(5).Build();
        var driver = new EngineDriver(program).Start().Run(10);

        driver.Send(RunInputKind.SkipStep).Run();

        Assert.Equal([StepEnd.Skipped, StepEnd.Time], driver.Steps.Select(s => s.End));
    }

    [Theory]
    [InlineData(RunInputKind.End, RunOutcome.Stopped, StepEnd.Interrupted)]
    [InlineData(RunInputKind.Trip, RunOutcome.Tripped, StepEnd.Interrupted)]
    [InlineData(RunInputKind.ShortFound, RunOutcome.ShortFound, StepEnd.ShortCircuit)]
    public void EndOfAnyKind_SwitchesOffFirst_AndClosesTheStep(RunInputKind kind, RunOutcome outcome, StepEnd end)
    {
        var program = new ProgramBuilder().Charge(1e-3, s => s with { ForSeconds = 3600 }).Build();
        var driver = new EngineDriver(program).Start().Run(10);
        var before = driver.Log.Count;

        driver.Send(kind);

        Assert.Contains("OutputOff", driver.Log[before]);
        Assert.Equal((outcome, end), (driver.Ending!.Outcome, driver.Steps[^1].End));
        Assert.Equal(10e-3 / 3600, driver.Steps[^1].ChargingAmpHours, 12);
        Assert.Equal(RowReason.Event, driver.Rows[^1].Reason);
    }

    [Fact]
    public void Advance_AfterTheEnd_DoesNothing()
    {
        var driver = new EngineDriver(new ProgramBuilder().Rest(1).Build()).Start().Run();
        var before = driver.Log.Count;
        driver.Sample();
        driver.Send(RunInputKind.Resume).Send(RunInputKind.Trip);
        Assert.Equal(before, driver.Log.Count);
    }

    [Fact]
    public void Advance_BeforeTheStart_IsABrokenPromise() =>
        Assert.Throws<InvalidOperationException>(() => new EngineDriver(new ProgramBuilder().Rest(1).Build()).Sample());
}
