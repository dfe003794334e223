using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Runs;

public sealed class RunRestoreTests
{
    private const double Period = 0.5;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Restore_AfterCrashesAnywhere_KeepsTheBooksOfAnUninterruptedRun(int seed)
    {
        var program = Program();
        var straight = new EngineDriver(program, Cell, Period).Start().Run(20_000);
        Assert.Equal(RunPhase.Ended, straight.State.Phase);
        var random = new Random(seed);
        for (var i = 0; i < 40; i++)
        {
            // Durable up to one moment, dead at a later one, back after a gap: what happened between them is unaccounted for.
            var driver = new EngineDriver(program, Cell, Period).Start();
            List<StepRecord> steps = [];
            for (var crash = 0; crash < 4; crash++)
            {
                driver.Run(random.NextDouble() * 150);
                if (driver.Ending is not null)
                {
                    break;
                }

                var durable = driver.Durable;
                var committed = driver.Steps.ToList();
                driver.Run(random.NextDouble() * 3);
                var restored = RunRestore.Restore(program, durable);
                if (restored.State.Phase == RunPhase.Ended)
                {
                    break;
                }

                Assert.Null(restored.Problem);
                steps.AddRange(committed);
                var gap = random.NextDouble() * 1000;
                driver = EngineDriver.Resume(program, restored, (driver.Now * 1e-9) + gap, Cell, Period).Send(RunInputKind.Restarted);
            }

            driver.Run(20_000);
            steps.AddRange(driver.Steps);

            Assert.Equal(straight.Ending!.Outcome, driver.Ending!.Outcome);
            Assert.Equal(straight.Steps.Select(Told), steps.Select(Told));
            Assert.Equal(Enumerable.Range(1, steps.Count), steps.Select(s => s.StepCount));
            for (var n = 0; n < steps.Count; n++)
            {
                Assert.Equal(straight.Steps[n].ChargingAmpHours, steps[n].ChargingAmpHours, 1e-3 * Period / 3600);
                Assert.Equal(straight.Steps[n].DischargingAmpHours, steps[n].DischargingAmpHours, 1e-3 * Period / 3600);
            }

            Assert.Equal(straight.Steps.Sum(s => s.ChargingAmpHours), driver.State.Totals.ChargingAmpHours, 1e-3 * steps.Count * Period / 3600);
        }
    }

    [Fact]
    public void Restore_InTheMiddleOfAStep_StandsAtTheChargeAndTimeOfTheLastRecordedSample()
    {
        var program = Program();
        var driver = new EngineDriver(program, Cell, Period).Start().Run(60);
        var row = driver.Rows[^1];

        var restored = RunRestore.Restore(program, driver.Durable);

        Assert.Equal(RunPhase.Suspended, restored.State.Phase);
        Assert.Equal(row.TimeNanoseconds, restored.AsOfNanoseconds);
        Assert.Equal(row.StepTimeNanoseconds, restored.State.Step.ElapsedNanoseconds);
        Assert.Equal(row.DischargingAmpHours, restored.State.Totals.DischargingAmpHours);
        Assert.Equal(row.StepDischargingAmpHours, restored.State.Totals.Since(restored.State.Step.TotalsAtStart).DischargingAmpHours);
        Assert.Equal(driver.State.Step.StartVolts, restored.State.Step.StartVolts);
        Assert.Equal((row.Cycle, row.HalfCycle, row.StepCount), (restored.State.Leg.Cycle, restored.State.Leg.HalfCycle, restored.State.Step.Count));
    }

    [Fact]
    public void Restore_OfAHeldRun_StaysHeld()
    {
        var program = Program();
        var driver = new EngineDriver(program, Cell, Period).Start().Run(60).Send(RunInputKind.Pause);

        var restored = RunRestore.Restore(program, driver.Durable);

        Assert.Equal(RunPhase.Paused, restored.State.Phase);
        Assert.Equal(driver.State.Step.ElapsedNanoseconds, restored.State.Step.ElapsedNanoseconds);
        Assert.Equal(driver.State.Totals, restored.State.Totals);
    }

    [Fact]
    public void Restore_DuringAHold_GoesOnWithTheHold()
    {
        var program = new ProgramBuilder().Charge(1e-3, s => s with
        {
            Goals = [new Goal(GoalKind.Voltage, 0.5, GoalThen.NextStep, null)],
            HoldUntil = new HoldUntil(null, 100),
        }).Build();
        (double, double) Rising(Setpoint s, long now, long changed) => s.Mode == OutputMode.Current ? (now * 1e-10, s.Amperes) : (s.Volts, 1e-4);
        var driver = new EngineDriver(program, Rising).Start().Run(20);
        Assert.True(driver.State.Step.Holding);
        var durable = driver.Durable;

        var second = EngineDriver.Resume(program, RunRestore.Restore(program, durable), 1000, Rising, 1).Send(RunInputKind.Restarted).Run();

        var step = Assert.Single(second.Steps);
        Assert.Equal(OutputMode.Voltage, second.Applied[0].Mode);
        Assert.Equal(driver.State.Step.HoldStartNanoseconds, step.HoldStartNanoseconds);
        Assert.Equal(driver.State.Step.HoldStartStepNanoseconds + (100 * Nanoseconds.PerSecond), second.Rows[^1].StepTimeNanoseconds);
    }

    [Fact]
    public void Restore_StepThatHasEndedIsNewerThanTheCheckpoint_IsRefused()
    {
        var program = Program();
        var driver = new EngineDriver(program, Cell, Period).Start().Run(60);
        var durable = driver.Durable with { LastEndedStep = driver.State.Step.Count };

        Assert.Contains("executed twice", RunRestore.Restore(program, durable).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_SampleOfAnotherStep_IsRefused()
    {
        var program = Program();
        var durable = new EngineDriver(program, Cell, Period).Start().Run(60).Durable;
        var wrong = durable with { Last = durable.Last!.Value with { StepCount = 99 } };

        Assert.NotNull(RunRestore.Restore(program, wrong).Problem);
    }

    [Fact]
    public void Restore_WithoutACheckpointOrOfAnotherVersion_IsRefused()
    {
        var durable = new DurableProgress(null, null, null, 0, 0);
        Assert.Contains("before its first step", RunRestore.Restore(Program(), durable).Problem, StringComparison.Ordinal);
        Assert.Contains("another version", RunRestore.Restore(Program(), durable with { Checkpoint = new byte[10] }).Problem, StringComparison.Ordinal);
    }

    private static string Told(StepRecord s) => FormattableString.Invariant(
        $"{s.StepCount} {s.Path} {s.End} {s.Cycle} {s.HalfCycle} {s.RampPass} {s.Block} {s.BlockCycle} {s.EndedAtOnce} {s.StartVolts:0.####}");

    /// <summary>Without memory: what the books say depends on them alone.</summary>
    private static (double Volts, double Amperes) Cell(Setpoint setpoint, long now, long changed) => setpoint.Mode switch
    {
        OutputMode.Current => (setpoint.Amperes * 200, setpoint.Amperes),
        OutputMode.Voltage => (setpoint.Volts, 1e-4),
        _ => (0, 0),
    };

    private static RunProgram Program()
    {
        var builder = new ProgramBuilder { Record = new RecordRule(7, null, null, 1, 5) };
        builder.Rest(20);
        builder.Ramp([4e-4, 8e-4, 1e-3], b => b.Repeat(2, c =>
        {
            c.Ramped(-1, 1, 45);
            c.Charge(1e-3, s => s with { Goals = [new Goal(GoalKind.Capacity, 1.1e-5, GoalThen.NextStep, null)] });
            c.Rest(12);
            c.Hold(0.3, s => s with { ForSeconds = 10 });
        }));
        return builder.Build();
    }
}
