using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Runs;

public sealed class RunCheckpointTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Restore_AtAnySample_ContinuesExactlyAsTheStraightRun(int seed)
    {
        var program = RandomProgram(seed);
        var straight = new EngineDriver(program, Noisy).Start().Run(20_000);
        Assert.Equal(RunPhase.Ended, straight.State.Phase);

        var random = new Random(seed);
        for (var i = 0; i < 25; i++)
        {
            var first = new EngineDriver(program, Noisy).Start().Run(random.NextDouble() * straight.Now * 1e-9);
            var second = first.Restore(program).Run(20_000);
            Assert.Equal(straight.Log, [.. first.Log, .. second.Log]);
        }
    }

    [Fact]
    public void TryRead_OfOtherBytes_Refuses()
    {
        var bytes = new byte[RunCheckpoint.Size];
        Assert.False(RunCheckpoint.TryRead(bytes, out _));
        RunCheckpoint.Write(default, bytes);
        Assert.True(RunCheckpoint.TryRead(bytes, out _));
        Assert.False(RunCheckpoint.TryRead(bytes.AsSpan(1), out _));
        bytes[4]++;
        Assert.False(RunCheckpoint.TryRead(bytes, out _));
    }

    /// <summary>Deterministic in (set-point, time), so that the straight and the restored run see the same cell.</summary>
    private static (double Volts, double Amperes) Noisy(Setpoint setpoint, long now, long changed)
    {
        var wobble = 1 + (1e-3 * Math.Sin(now * 1e-9));
        return setpoint.Mode switch
        {
            OutputMode.Current => (setpoint.Amperes * 200 * wobble, setpoint.Amperes * wobble),
            OutputMode.Voltage => (setpoint.Volts, 1e-3 * Math.Exp(-(now - changed) * 1e-9 / 50)),
            _ => (0, 0),
        };
    }

    private static RunProgram RandomProgram(int seed)
    {
        var random = new Random(seed);
        var builder = new ProgramBuilder { Record = new RecordRule(7, 1e-3, null, 1, 5) };
        builder.Rest(5 + random.Next(30));
        builder.Ramp([1e-3, 2e-3, 1.5e-3], b => b.Repeat(2, c =>
        {
            c.Ramped(-1, 1, 40 + random.Next(100));
            c.Charge(1e-3, s => s with { Goals = [new Goal(GoalKind.Capacity, (1 + random.NextDouble()) * 2e-5, GoalThen.NextStep, null)] });
            c.Charge(5e-3, s => s with
            {
                Goals = [new Goal(GoalKind.Voltage, 0.9, GoalThen.NextStep, null)],
                HoldUntil = new HoldUntil(2e-4, null),
            });
            c.Rest(20);
        }));
        return builder.Build();
    }
}
