using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Runs;

public sealed class RunEngineRecordTests
{
    [Fact]
    public void Record_Every10s_WritesTheGridAndEveryBoundaryOnce()
    {
        var program = new ProgramBuilder().Rest(25).Charge(1e-3, s => s with { ForSeconds = 20 }).Build();

        var rows = new EngineDriver(program).Start().Run().Rows;

        Assert.Equal([1, 10, 20, 25, 26, 35, 45], rows.Select(r => (int)(r.TimeNanoseconds / Nanoseconds.PerSecond)));
        Assert.Equal(
            [RowReason.StepStart, RowReason.Rule, RowReason.Rule, RowReason.StepEnd, RowReason.StepStart, RowReason.Rule, RowReason.StepEnd],
            rows.Select(r => r.Reason));
    }

    [Fact]
    public void Record_OnChange_WritesWhenTheVoltageHasMoved()
    {
        static (double, double) Cell(Setpoint s, long now, long changed) => ((now - changed) * 1e-9 * 1e-3, s.Amperes);
        var program = new ProgramBuilder { Record = new RecordRule(null, 0.0095, null, null, null) }
            .Charge(1e-3, s => s with { ForSeconds = 55 }).Build();

        var rows = new EngineDriver(program, Cell).Start().Run().Rows;

        Assert.Equal([1, 11, 21, 31, 41, 51, 55], rows.Select(r => (int)(r.TimeNanoseconds / Nanoseconds.PerSecond)));
    }

    [Fact]
    public void Record_AfterChange_IsDenseAtFirst()
    {
        var program = new ProgramBuilder { Record = new RecordRule(10, null, null, 1, 5) }
            .Charge(1e-3, s => s with { ForSeconds = 30 }).Build();

        var rows = new EngineDriver(program, periodSeconds: 0.5).Start().Run().Rows;

        Assert.Equal([0.5, 1, 2, 3, 4, 5, 10, 20, 30], rows.Select(r => Math.Round(r.TimeNanoseconds * 1e-9, 6)));
    }

    [Fact]
    public void Rows_CarryTotalsThatNeverFall()
    {
        var program = new ProgramBuilder().Repeat(3, b => b
            .Discharge(1e-3, s => s with { ForSeconds = 33 }).Charge(1e-3, s => s with { ForSeconds = 31 })).Build();

        var rows = new EngineDriver(program).Start().Run().Rows;

        foreach (var (before, after) in rows.Zip(rows.Skip(1)))
        {
            Assert.True(after.TimeNanoseconds > before.TimeNanoseconds);
            Assert.True(after.ChargingAmpHours >= before.ChargingAmpHours);
            Assert.True(after.DischargingAmpHours >= before.DischargingAmpHours);
            Assert.True(after.StepCount >= before.StepCount);
        }
    }

    [Fact]
    public void Advance_BetweenBoundaries_AllocatesNothing()
    {
        var program = new ProgramBuilder().Charge(1e-3, s => s with { ForSeconds = 1e9, Goals = [new Goal(GoalKind.Voltage, 5, GoalThen.NextStep, null)] }).Build();
        var engine = new RunEngine(program);
        var commands = new CommandBuffer();
        var state = default(RunState);
        engine.Advance(ref state, new RunInput(RunInputKind.Start, 0, default), commands);
        long Feed(long from, int count)
        {
            for (var i = 0; i < count; i++)
            {
                from += 100_000_000;
                engine.Advance(ref state, new RunInput(RunInputKind.Sample, from, new Sample(from, 0.1, 1e-3, null)), commands);
            }

            return from;
        }

        var now = Feed(0, 1000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Feed(now, 100_000);
        // Per operation: the runtime may put a few bytes on this thread once, while it replaces code by better code.
        Assert.Equal(0, (GC.GetAllocatedBytesForCurrentThread() - before) / 100_000);
    }
}
