using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Runs;

public sealed class SweepTests
{
    private const double Tolerance = 1e-9;

    [Fact]
    public void Sweep_EachReading_IsTakenAtTheVoltageOfItsTime()
    {
        var driver = new EngineDriver(new ProgramBuilder { Record = new RecordRule(1, null, null, null, null) }.Sweep(0, 0.1, 1e-3).Build()).Start().Run();

        Assert.Equal([0.05, 1, 2, 3], driver.Taken.Take(4).Select(t => t.Sample.TimeSeconds)); // it does not stand still until the grid comes
        Assert.Equal(101, driver.Taken.Count);
        Assert.Equal(0, driver.Applied[0].Volts);
        Assert.All(driver.Taken.Skip(2), t => Assert.Equal(1e-3 * t.Sample.TimeSeconds, t.Sample.Volts, Tolerance));
        Assert.Equal((100.0, 0.1), (driver.Taken[^1].Sample.TimeSeconds, driver.Taken[^1].Sample.Volts));
        var step = Assert.Single(driver.Steps);
        Assert.Equal(("sweep", StepEnd.Time, 0.1, (double?)null), (step.Verb, step.End, step.SetVolts!.Value, step.SetAmperes));
        Assert.Equal(0.5 * 0.1 / 100 * 100 / 3600, step.ChargingAmpHours, 1e-4 / 100 / 3600); // the triangle under I
        Assert.Equal(RunOutcome.Completed, driver.Ending!.Outcome);
        Assert.False(driver.OutputOn);
    }

    [Fact]
    public void Sweep_ItsCeilingAndLimits_GoWithEachSetpoint()
    {
        var limits = ProgramBuilder.NoLimits with { MinVolts = -1, MaxVolts = 1 };
        var program = new ProgramBuilder().Sweep(0.1, -0.1, 1e-3, s => s with { AtMostAmperes = 2e-3, Limits = limits }).Build();
        var driver = new EngineDriver(program).Start().Run();

        Assert.All(driver.Applied, s => Assert.Equal((OutputMode.Voltage, 2e-3, -1.0, 1.0), (s.Mode, s.MaxAmperes!.Value, s.MinVolts!.Value, s.MaxVolts!.Value)));
        Assert.Equal(driver.Applied.Select(s => s.Volts).OrderDescending(), driver.Applied.Select(s => s.Volts));
        Assert.Equal((0.1, -0.1), (driver.Applied[0].Volts, driver.Applied[^1].Volts));
    }

    [Fact]
    public void Sweep_ThroughZero_CountsBothDirections()
    {
        var step = Assert.Single(new EngineDriver(new ProgramBuilder().Sweep(-0.1, 0.1, 1e-3).Build()).Start().Run().Steps);

        const double Half = 0.5 * 0.1 / 100 * 100 / 3600;
        Assert.Equal(Half, step.DischargingAmpHours, 0.01 * Half);
        Assert.Equal(Half, step.ChargingAmpHours, 0.01 * Half);
    }

    /// <summary>Blanking, the detector's segment and a forced row at each of thousands of set-points would be one segment too many.</summary>
    [Fact]
    public void Sweep_HoweverManySetpoints_IsOneSegmentWithTheRowsOfItsRule()
    {
        var driver = new EngineDriver(new ProgramBuilder().Sweep(0, 1, 1e-3).Build()).Start().Run();

        Assert.Equal(1001, driver.Applied.Count);
        Assert.Single(driver.Log, line => line.Contains(nameof(RunCommandKind.BeginSegment), StringComparison.Ordinal));
        Assert.Equal(101, driver.Rows.Count);
    }

    [Theory]
    [InlineData(0.35)]
    [InlineData(-0.02)]
    public void OpenCircuit_IsWhereTheRestEnded(double open)
    {
        var program = new ProgramBuilder().Rest(60).Sweep(null, 0.1, 1e-3).Rest(10).Build();
        var driver = new EngineDriver(program, Cell(open)).Start().Run();

        Assert.Equal(open, driver.Applied[1].Volts, Tolerance);
        Assert.Equal(Math.Abs(0.1 - open) / 1e-3, (driver.Steps[1].EndNanoseconds - driver.Steps[1].StartNanoseconds) * 1e-9, 1e-6);
        Assert.Equal(StepEnd.Time, driver.Steps[1].End);
    }

    [Theory]
    [InlineData(1.2)]
    [InlineData(-1.2)]
    public void OpenCircuit_OutsideOfTheLimits_PausesInsteadOfBeginningThere(double open)
    {
        var limits = ProgramBuilder.NoLimits with { MinVolts = -1, MaxVolts = 1 };
        var driver = new EngineDriver(new ProgramBuilder().Rest(60).Sweep(null, 0.1, 1e-3, s => s with { Limits = limits }).Build(), Cell(open)).Start().Run();

        Assert.Equal(RunPhase.Paused, driver.State.Phase);
        Assert.False(driver.OutputOn);
        Assert.Contains("lie outside of limits.voltage", driver.Events[^1].Message, StringComparison.Ordinal);
        Assert.All(driver.Applied, s => Assert.Equal(OutputMode.Rest, s.Mode));
    }

    [Fact]
    public void OpenCircuit_OutsideOfTheLimits_IsLookedAtAgainWhenTheRunIsResumed()
    {
        var limits = ProgramBuilder.NoLimits with { MinVolts = -1, MaxVolts = 1 };
        var program = new ProgramBuilder().Rest(60).Sweep(null, 0.1, 1e-3, s => s with { Limits = limits }).Build();
        var driver = new EngineDriver(program, Cell(1.2)).Start().Run().Wait(60).Send(RunInputKind.Resume);

        Assert.Equal(RunPhase.Paused, driver.State.Phase);
        Assert.DoesNotContain(driver.Applied, s => s.Mode == OutputMode.Voltage);

        driver.Wait(60).Send(RunInputKind.Resume, new Sample(driver.Now - 1, 0.9, 0, null));
        Assert.Equal(0.9, driver.Applied[^1].Volts);
        driver.Run();
        Assert.Equal(RunOutcome.Completed, driver.Ending!.Outcome);
        Assert.Equal(800 * Nanoseconds.PerSecond, driver.Steps[1].EndNanoseconds - (180 * Nanoseconds.PerSecond));
    }

    [Fact]
    public void Sweeps_InALoop_AreHalfCyclesAndCycles()
    {
        var program = new ProgramBuilder().Rest(10).Repeat(3, b => b.Sweep(0.1, -0.1, 1e-2).Sweep(-0.1, 0.1, 1e-2)).Build();
        var steps = new EngineDriver(program).Start().Run().Steps;

        Assert.Equal([0, 1, 2, 3, 4, 5, 6], steps.Select(s => s.HalfCycle));
        Assert.Equal([0, 1, 1, 2, 2, 3, 3], steps.Select(s => s.Cycle));
    }

    /// <summary>A film that forms in the first scan may leave next to nothing for the others: no sign of a dead cell, and no scan ends early by it.</summary>
    [Fact]
    public void Sweeps_WhoseCurrentDies_GoOnToTheirEnd()
    {
        static (double, double) Cell(Setpoint s, long now, long changed) => (s.Volts, now <= 40_000_000_000 ? s.Volts / 100 : s.Volts * 1e-9);
        var program = new ProgramBuilder().Repeat(3, b => b.Sweep(0.1, -0.1, 1e-2).Sweep(-0.1, 0.1, 1e-2)).Build();

        Assert.Equal(RunOutcome.Completed, new EngineDriver(program, Cell).Start().Run().Ending!.Outcome);
    }

    /// <summary>A scan moves next to nothing beside a cycle, or much more than one: neither says that the cell is dead.</summary>
    [Theory]
    [InlineData(1e-6, 1)]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    public void Sweeps_BetweenCycles_AreNotComparedWithThem(double volts, int scans)
    {
        static ProgramBuilder Cycles(ProgramBuilder b) =>
            b.Repeat(3, c => c.Discharge(1e-3, s => s with { ForSeconds = 100 }).Charge(1e-3, s => s with { ForSeconds = 100 }));
        static (double, double) Cell(Setpoint s, long now, long changed) => s.Mode == OutputMode.Voltage ? (s.Volts, s.Volts) : (s.Amperes, s.Amperes);
        var program = Cycles(Cycles(new ProgramBuilder()).Repeat(scans, b => b.Sweep(volts, -volts, volts / 50).Sweep(-volts, volts, volts / 50))).Build();
        var driver = new EngineDriver(program, Cell).Start().Run();

        Assert.Equal(RunOutcome.Completed, driver.Ending!.Outcome);
    }

    [Fact]
    public void Sweeps_BetweenCycles_HideNoDeadCell()
    {
        static (double, double) Cell(Setpoint s, long now, long changed) => s.Mode == OutputMode.Voltage ? (s.Volts, s.Volts) : now < 450_000_000_000 ? (0, s.Amperes) : (0, 0);
        var program = new ProgramBuilder().Sweep(0.1, -0.1, 2e-3)
            .Repeat(6, b => b.Discharge(1e-3, s => s with { ForSeconds = 100 }).Charge(1e-3, s => s with { ForSeconds = 100 })).Build();
        var driver = new EngineDriver(program, Cell).Start().Run();

        Assert.Equal(RunPhase.Paused, driver.State.Phase);
        Assert.Contains("less than 1 %", driver.Events[^1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunInputKind.Pause, RunInputKind.Resume)]
    [InlineData(RunInputKind.LinkLost, RunInputKind.LinkBack)]
    public void Sweep_HeldAndGoingOn_IsWhereItWas(RunInputKind hold, RunInputKind goOn)
    {
        var driver = new EngineDriver(new ProgramBuilder().Sweep(0, 0.1, 1e-3).Build()).Start().Run(40).Send(hold).Wait(500).Send(goOn);
        Assert.Equal(0.040, driver.Applied[^1].Volts, Tolerance);
        driver.Run();

        Assert.Equal(600_000_000_000, driver.Steps[0].EndNanoseconds);
        Assert.Equal(0.1, driver.Applied[^1].Volts);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AnySweep_HeldAndRestoredAnywhere_StaysOnItsLine(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 100; i++)
        {
            var (open, to) = ((random.NextDouble() * 4) - 2, (random.NextDouble() * 4) - 2);
            var from = random.Next(2) == 0 ? (double?)null : (random.NextDouble() * 4) - 2;
            var begins = from ?? open;
            var seconds = 1 + (random.NextDouble() * 500);
            var period = Math.Round(0.1 + (random.NextDouble() * 3), 3);
            var rate = Math.Abs(to - begins) / seconds;
            var program = new ProgramBuilder { Record = new RecordRule(period, null, null, null, null) }
                .Rest(20).Sweep(from, to, rate, s => s with { SampleEverySeconds = period }).Build();
            var driver = new EngineDriver(program, Cell(open), period).Start().Run(20 + (random.NextDouble() * seconds));
            if (random.Next(2) == 0)
            {
                var durable = driver.Durable;
                var at = (driver.Now * 1e-9) + (random.NextDouble() * 100);
                driver = EngineDriver.Resume(program, RunRestore.Restore(program, durable), at, Cell(open), period).Send(RunInputKind.Restarted);
            }

            driver.Run();

            Assert.Equal(RunOutcome.Completed, driver.Ending!.Outcome);
            Assert.All(driver.Applied.Where(s => s.Mode == OutputMode.Voltage), s => Assert.InRange(s.Volts, Math.Min(begins, to), Math.Max(begins, to)));
            Assert.Equal(to, driver.Rows[^1].Volts);
            var path = new SweepPath(from, to, rate);
            foreach (var row in driver.Rows.Where(r => r.StepId == 2))
            {
                // One step of the staircase: the first reading of a segment does not wait for the grid.
                Assert.Equal(path.VoltsAt(begins, row.StepTimeNanoseconds * 1e-9), row.Volts, (rate * period) + Tolerance);
            }
        }
    }

    [Fact]
    public void StepOfAWatchedRecord_IsASweepWhateverItsCurrent()
    {
        var sweep = (StepNode)new ProgramBuilder().Sweep(0, 0.1, 1e-3).Build().Nodes[0];
        Assert.Equal([true, false, true], new[] { -1, 0, 1 }.Select(direction => new ScheduleStep(null, Direction: direction).Is(sweep)));
    }

    /// <summary>Any voltage with the output off, what is set with it on.</summary>
    private static Func<Setpoint, long, long, (double, double)> Cell(double open) => (setpoint, _, _) =>
        setpoint.Mode == OutputMode.Voltage ? (setpoint.Volts, (setpoint.Volts - open) / 100) : (open, 0);
}
