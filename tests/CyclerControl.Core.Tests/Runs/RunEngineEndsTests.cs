using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Runs;

public sealed class RunEngineEndsTests
{
    [Fact]
    public void Step_ForAnHourAtAnOddGrid_EndsAtTheExactTime()
    {
        var driver = new EngineDriver(new ProgramBuilder().Rest(600.5).Charge(1e-3, s => s with { ForSeconds = 3600 }).Build(), periodSeconds: 7);
        driver.Start().Run();

        Assert.Equal([600_500_000_000L, 4_200_500_000_000L], driver.Steps.Select(s => s.EndNanoseconds));
        Assert.All(driver.Steps, s => Assert.Equal(StepEnd.Time, s.End));
        Assert.Equal(1e-3, driver.Steps[1].ChargingAmpHours, 12);
        Assert.Equal(RunOutcome.Completed, driver.Ending!.Outcome);
        Assert.False(driver.OutputOn);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void CapacityGoal_BetweenTwoSamples_IsMetByAnExtraDeadlineWithinATenthOfAPercent(double period)
    {
        // 0.2 mAh at 3.3 mA with a measured current that wanders around the set-point.
        static (double, double) Cell(Setpoint s, long now, long _) =>
            (s.Amperes * 50, s.Amperes * (1 + (1e-4 * Math.Sin(now * 1e-9))));
        var program = new ProgramBuilder().Discharge(3.3e-3, s => s with { Goals = [new Goal(GoalKind.Capacity, 0.2e-3, GoalThen.NextStep, null)] }).Build();

        var step = Assert.Single(new EngineDriver(program, Cell, period).Start().Run().Steps);

        Assert.Equal(StepEnd.Capacity, step.End);
        Assert.InRange(step.DischargingAmpHours, 0.2e-3 * 0.999, 0.2e-3 * 1.001);
    }

    [Fact]
    public void Charge_ComesFromTheMeasuredCurrent_NotFromTheSetpoint()
    {
        static (double, double) Cell(Setpoint s, long now, long _) => (s.Amperes * 50, s.Amperes * 0.9);
        var program = new ProgramBuilder().Charge(1e-3, s => s with { ForSeconds = 3600 }).Build();

        var step = Assert.Single(new EngineDriver(program, Cell).Start().Run().Steps);

        Assert.Equal(0.9e-3, step.ChargingAmpHours, 9);
    }

    [Fact]
    public void Charge_AcrossASignChangeOfTheSetpoint_CountsEachSideForItself()
    {
        var program = new ProgramBuilder()
            .Discharge(1e-3, s => s with { ForSeconds = 100 }).Charge(1e-3, s => s with { ForSeconds = 100 }).Build();

        var driver = new EngineDriver(program, periodSeconds: 3);
        driver.Start().Run();

        Assert.Equal(0.1 / 3600, driver.Rows[^1].ChargingAmpHours, 12);
        Assert.Equal(0.1 / 3600, driver.Rows[^1].DischargingAmpHours, 12);
    }

    [Fact]
    public void VoltageGoals_AreSignedAsMeasured()
    {
        // V falls from +0.5 through 0 V while discharging, rises while charging.
        static (double, double) Cell(Setpoint s, long now, long changed) =>
            ((s.Amperes > 0 ? -0.5 : 0.5) + (s.Amperes * (now - changed) * 1e-9), s.Amperes);
        var program = new ProgramBuilder()
            .Discharge(0.01, s => s with { Goals = [new Goal(GoalKind.Voltage, -0.2, GoalThen.NextStep, null)] })
            .Charge(0.01, s => s with { Goals = [new Goal(GoalKind.Voltage, 0, GoalThen.NextStep, null)] })
            .Build();

        var steps = new EngineDriver(program, Cell).Start().Run().Steps;

        Assert.Equal([70.0, 120.0], steps.Select(s => s.EndNanoseconds * 1e-9), (a, b) => Math.Abs(a - b) < 1.001);
        Assert.All(steps, s => Assert.Equal(StepEnd.Voltage, s.End));
    }

    [Fact]
    public void VoltageGoal_MetOnlyDuringTheReversal_DoesNotEndTheStep()
    {
        static (double, double) Cell(Setpoint s, long now, long changed) => now - changed < 40_000_000 ? (1, s.Amperes) : (0.1, s.Amperes);
        var program = new ProgramBuilder()
            .Charge(1e-3, s => s with { ForSeconds = 5, Goals = [new Goal(GoalKind.Voltage, 0.5, GoalThen.NextStep, null)] }).Build();

        var step = Assert.Single(new EngineDriver(program, Cell, 0.01).Start().Run().Steps);

        Assert.Equal(StepEnd.Time, step.End);
    }

    [Fact]
    public void HoldUntil_AfterTheVoltageGoal_ContinuesAtThatVoltageUntilTheCurrentHasDecayed()
    {
        static (double, double) Cell(Setpoint s, long now, long changed) => s.Mode == OutputMode.Voltage
            ? (s.Volts, Math.Min(s.MaxAmperes!.Value, 1e-3 * Math.Exp(-(now - changed) * 1e-9 / 600)))
            : (3 + ((now - changed) * 1e-12), s.Amperes);
        var program = new ProgramBuilder().Charge(1e-3, s => s with
        {
            Goals = [new Goal(GoalKind.Voltage, 4.2, GoalThen.NextStep, null)],
            HoldUntil = new HoldUntil(0.1e-3, 7200),
        }).Build();

        var driver = new EngineDriver(program, Cell).Start().Run();
        var step = Assert.Single(driver.Steps);

        Assert.Equal(StepEnd.Current, step.End);
        Assert.Equal(1200, step.HoldStartNanoseconds!.Value * 1e-9, 0.5);
        Assert.Equal(1200 + (600 * Math.Log(10)), step.EndNanoseconds * 1e-9, 1.5);
        Assert.Equal(4.2, step.SetVolts);
        Assert.Equal(OutputMode.Voltage, driver.Applied[1].Mode);
        Assert.Equal(1e-3, driver.Applied[1].MaxAmperes);
        var expected = (1e-3 * 1200 / 3600) + (1e-3 * 600 * 0.9 / 3600);
        Assert.InRange(step.ChargingAmpHours, expected * 0.999, expected * 1.001);
    }

    [Fact]
    public void Within_NotReachedInTime_PausesWithTheOutputOff_AndResumesAtTheExactCharge()
    {
        var program = new ProgramBuilder().Charge(1e-3, s => s with
        {
            Goals = [new Goal(GoalKind.Voltage, 4, GoalThen.NextStep, null)],
            WithinSeconds = 3600,
        }).Build();

        var driver = new EngineDriver(program).Start().Run();

        Assert.Equal(RunPhase.Paused, driver.State.Phase);
        Assert.Equal(3_600_000_000_000, driver.Now);
        Assert.False(driver.OutputOn);
        Assert.Contains("not reached in time", driver.Events[^1].Message);

        driver.Wait(500).Send(RunInputKind.Resume).Run(3600);
        Assert.Equal(2e-3, driver.State.Totals.ChargingAmpHours, 9);
        Assert.Equal(RunPhase.Paused, driver.State.Phase);
    }

    [Fact]
    public void WithinFromTheCellsCharge_FollowsTheCurrent()
    {
        var program = new ProgramBuilder().Charge(2e-3, s => s with
        {
            Goals = [new Goal(GoalKind.Voltage, 4, GoalThen.NextStep, null)],
            WithinAmpHours = 1e-3,
        }).Build();

        Assert.Equal(1_800_000_000_000, new EngineDriver(program).Start().Run().Now);
    }

    [Theory]
    [InlineData(+1, 0.5, 0.52, -1.0)]
    [InlineData(-1, -0.5, 1.0, -0.52)]
    public void Setpoint_OfAStepWithAVoltageGoal_CarriesTheTighterComplianceOfTheInstrument(int direction, double goal, double max, double min)
    {
        StepNode Shape(StepNode s) => s with
        {
            ForSeconds = 10,
            Goals = [new Goal(GoalKind.Voltage, goal, GoalThen.NextStep, null)],
            Limits = ProgramBuilder.NoLimits with { MinVolts = -1, MaxVolts = 1 },
        };
        var builder = new ProgramBuilder();
        var program = (direction > 0 ? builder.Charge(1e-6, Shape) : builder.Discharge(1e-6, Shape)).Build();

        var setpoint = new EngineDriver(program).Start().Applied[0];

        Assert.Equal(max, setpoint.MaxVolts!.Value, 9);
        Assert.Equal(min, setpoint.MinVolts!.Value, 9);
    }

    [Fact]
    public void TwoStepsThatEndAtOnce_PauseTheRunWithTheReason()
    {
        var goal = new Goal(GoalKind.Voltage, -5, GoalThen.NextStep, null);
        var program = new ProgramBuilder().Repeat(900, b => b
            .Charge(1e-3, s => s with { Goals = [goal] })
            .Charge(2e-3, s => s with { Goals = [goal] })).Build();

        var driver = new EngineDriver(program).Start().Run();

        Assert.Equal(RunPhase.Paused, driver.State.Phase);
        Assert.All(driver.Steps, s => Assert.True(s.EndedAtOnce));
        Assert.Equal(2, driver.Steps.Count);
        Assert.Contains("ended at once", driver.Events[^1].Message);
        Assert.False(driver.OutputOn);
    }

    [Fact]
    public void Cycle_ThatMovedLessThanAHundredthOfThePreviousOne_PausesTheRun()
    {
        // The cell dies in its third cycle: every step still takes seconds, but next to no charge passes.
        static (double, double) Cell(Setpoint s, long now, long changed) => now < 2 * 7200 * Nanoseconds.PerSecond
            ? (0, s.Amperes)
            : (Math.Sign(s.Amperes) * (now - changed) * 1e-9, s.Amperes);
        Goal[] both = [new Goal(GoalKind.Capacity, 1e-3, GoalThen.NextStep, null), new Goal(GoalKind.Voltage, 5, GoalThen.NextStep, null)];
        Goal[] down = [new Goal(GoalKind.Capacity, 1e-3, GoalThen.NextStep, null), new Goal(GoalKind.Voltage, -5, GoalThen.NextStep, null)];
        var program = new ProgramBuilder().Repeat(900, b => b
            .Discharge(1e-3, s => s with { Goals = [.. down] })
            .Charge(1e-3, s => s with { Goals = [.. both] })).Build();

        var driver = new EngineDriver(program, Cell).Start().Run();

        Assert.Equal(RunPhase.Paused, driver.State.Phase);
        Assert.Equal(4, driver.State.Leg.Cycle);
        Assert.Contains("cycle 3 moved", driver.Events[^1].Message);
    }
}
