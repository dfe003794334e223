using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Testing.Properties;
using FsCheck.Fluent;

namespace CyclerControl.Core.Tests.Runs;

public sealed class RunEnginePropertiesTests
{
    [Fact]
    public void CapacityGoal_AtAnyCurrentAndPeriod_IsMetWithinATenthOfAPercent()
    {
        var cases =
            from microAmperes in Gen.Choose(10, 5000)
            from seconds in Gen.Choose(20, 5000)
            from periodMilliseconds in Gen.Choose(20, 20_000)
            from ripplePermille in Gen.Choose(0, 20)
            select (Amperes: microAmperes * 1e-6, AmpHours: microAmperes * 1e-6 * seconds / 3600, Period: periodMilliseconds * 1e-3, Ripple: ripplePermille * 1e-3);

        SeededCheck.ForAll(Arb.From(cases), c =>
        {
            (double, double) Cell(Setpoint s, long now, long _) => (0.1, s.Amperes * (1 + (c.Ripple * Math.Sin(now * 1e-11))));
            var goal = new Goal(GoalKind.Capacity, c.AmpHours, GoalThen.NextStep, null);
            var program = new ProgramBuilder().Discharge(c.Amperes, s => s with { Goals = [goal] }).Build();

            var step = Assert.Single(new EngineDriver(program, Cell, c.Period).Start().Run().Steps);

            Assert.Equal(StepEnd.Capacity, step.End);
            Assert.InRange(step.DischargingAmpHours / c.AmpHours, 0.999, 1.001);
        });
    }

    [Fact]
    public void Run_PausedAndResumedAnywhere_PassesTheSameChargeInTheSameStepTime()
    {
        var cases =
            from seconds in Gen.Choose(10, 2000)
            from pauseAt in Gen.Choose(1, 1999)
            from pauseFor in Gen.Choose(1, 100_000)
            select (seconds, pauseAt, pauseFor);

        SeededCheck.ForAll(Arb.From(cases), c =>
        {
            var program = new ProgramBuilder().Charge(1e-3, s => s with { ForSeconds = c.seconds }).Build();
            var driver = new EngineDriver(program).Start().Run(c.pauseAt);
            driver.Send(RunInputKind.Pause).Wait(c.pauseFor).Send(RunInputKind.Resume).Run();

            var step = Assert.Single(driver.Steps);
            Assert.Equal(1e-3 * c.seconds / 3600, step.ChargingAmpHours, 9);
            Assert.Equal(c.seconds * Nanoseconds.PerSecond, driver.Rows[^1].StepTimeNanoseconds);
        });
    }
}
