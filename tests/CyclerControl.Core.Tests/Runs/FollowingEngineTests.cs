using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Testing.Properties;
using FsCheck.Fluent;

namespace CyclerControl.Core.Tests.Runs;

/// <summary>An engine that follows an instrument tells the same story as one that drives it.</summary>
public sealed class FollowingEngineTests
{
    private static List<StepRecord> Follow(RunProgram program, IReadOnlyList<(Sample Sample, bool EndsStep)> record, out RunEnding? ending)
    {
        var engine = new RunEngine(program, follows: true);
        var commands = new CommandBuffer();
        var state = default(RunState);
        var steps = new List<StepRecord>();
        ending = null;
        Assert.Equal(long.MaxValue, engine.Advance(ref state, new RunInput(RunInputKind.Start, 0, default), commands));
        foreach (var (sample, ends) in record)
        {
            var input = new RunInput(ends ? RunInputKind.InstrumentEndedStep : RunInputKind.Sample, sample.TimeNanoseconds, sample);
            Assert.Equal(long.MaxValue, engine.Advance(ref state, input, commands));
            foreach (ref readonly var command in commands.Commands)
            {
                if (command.Kind == RunCommandKind.StepEnded)
                {
                    steps.Add(commands.Steps[command.StepIndex]);
                }
                else if (command.Kind == RunCommandKind.Ended)
                {
                    ending = command.Ending;
                }
            }
        }

        return steps;
    }

    [Fact]
    public void Follow_AnythingThatAnEngineDrove_TellsTheSameSteps()
    {
        var cases =
            from seconds in Gen.Choose(5, 300)
            from period in Gen.Choose(1, 4)
            from passes in Gen.Choose(1, 4)
            from end in Gen.Choose(0, 2)
            select (seconds, period, passes, end);

        SeededCheck.ForAll(Arb.From(cases), c =>
        {
            Goal[] goals = c.end switch
            {
                0 => [],
                1 => [new Goal(GoalKind.Capacity, 1e-3 * c.seconds / 3600 / 2, GoalThen.NextStep, null)],
                _ => [new Goal(GoalKind.Voltage, 0.2, GoalThen.NextStep, null)],
            };
            var body = new ProgramBuilder()
                .Rest(c.seconds)
                .Repeat(c.passes, b => b
                    .Charge(1e-3, s => s with { ForSeconds = c.seconds, Goals = [.. goals] })
                    .Discharge(1e-3, s => s with { ForSeconds = c.seconds }))
                .Ramp([1e-3, 2e-3], b => b.Ramped(-1, b.NextIndex - 1, c.seconds));
            var program = body.Build();

            // A voltage that climbs through the step, so that a voltage goal is met in its middle.
            (double, double) Cell(Setpoint s, long now, long since) => (s.Amperes * (100 + (200 * (now - since) * 1e-9 / c.seconds)), s.Amperes);
            var driven = new EngineDriver(program, Cell, c.period).Start().Run();

            var followed = Follow(program, driven.Taken, out var ending);

            Assert.Equal(driven.Steps, followed);
            Assert.Equal(driven.Ending, ending);
        });
    }

    [Fact]
    public void Follow_ChargeThenHold_KnowsWhenTheHoldBegan()
    {
        var hold = new HoldUntil(1e-4, 600);
        var program = new ProgramBuilder()
            .Charge(1e-3, s => s with { Goals = [new Goal(GoalKind.Voltage, 0.5, GoalThen.NextStep, null)], HoldUntil = hold })
            .Rest(10)
            .Build();
        (double, double) Cell(Setpoint s, long now, long since)
        {
            var passed = (now - since) * 1e-9;
            return s.Mode == OutputMode.Voltage ? (s.Volts, 1e-3 * Math.Exp(-passed / 60)) : (s.Amperes * (100 + (5 * passed)), s.Amperes);
        }

        var driven = new EngineDriver(program, Cell).Start().Run();
        var followed = Follow(program, driven.Taken, out _);

        Assert.Equal(StepEnd.Current, followed[0].End);
        Assert.Equal(driven.Steps[0].HoldStartNanoseconds, followed[0].HoldStartNanoseconds);
        Assert.Equal(driven.Steps, followed);
    }

    [Fact]
    public void Follow_ChargeThatTheInstrumentCounted_StandsForTheIntegral()
    {
        var program = new ProgramBuilder().Discharge(1e-3, s => s with { ForSeconds = 100 }).Charge(1e-3, s => s with { ForSeconds = 100 }).Build();
        var engine = new RunEngine(program, follows: true);
        var commands = new CommandBuffer();
        var state = default(RunState);
        engine.Advance(ref state, new RunInput(RunInputKind.Start, 0, default), commands);
        engine.Advance(
            ref state,
            new RunInput(RunInputKind.InstrumentEndedStep, 100_000_000_000, new Sample(100_000_000_000, -0.1, -1e-3, null)) { Counted = new CountedCharge(2e-5, null) },
            commands);
        engine.Advance(
            ref state, new RunInput(RunInputKind.Sample, 150_000_000_000, new Sample(150_000_000_000, 0.1, 1e-3, null)) { Counted = new CountedCharge(1e-5, 1e-6) }, commands);

        Assert.Equal(2e-5, state.Totals.DischargingAmpHours, 1e-15);
        Assert.Equal(1e-5, state.Totals.ChargingAmpHours, 1e-15);
        Assert.Equal(1e-6, state.Totals.ChargingWattHours, 1e-15);
        Assert.Equal(-0.1 * 1e-3 * 100 / 3600, state.Totals.DischargingWattHours, 1e-12);
    }

    [Fact]
    public void Follow_GoalNotReachedInTime_StillPauses()
    {
        var program = new ProgramBuilder()
            .Charge(1e-3, s => s with { Goals = [new Goal(GoalKind.Voltage, 4, GoalThen.NextStep, null)], WithinSeconds = 60 }).Build();
        var engine = new RunEngine(program, follows: true);
        var commands = new CommandBuffer();
        var state = default(RunState);
        engine.Advance(ref state, new RunInput(RunInputKind.Start, 0, default), commands);
        engine.Advance(ref state, new RunInput(RunInputKind.Sample, 61_000_000_000, new Sample(61_000_000_000, 0.1, 1e-3, null)), commands);
        Assert.Equal(RunPhase.Paused, state.Phase);
    }

    [Fact]
    public void Drive_ToldThatAnInstrumentEndedAStep_Throws()
    {
        var engine = new RunEngine(new ProgramBuilder().Rest(10).Build());
        var commands = new CommandBuffer();
        var state = default(RunState);
        engine.Advance(ref state, new RunInput(RunInputKind.Start, 0, default), commands);
        Assert.Throws<InvalidOperationException>(() => engine.Advance(ref state, new RunInput(RunInputKind.InstrumentEndedStep, 1, default), commands));
    }
}
