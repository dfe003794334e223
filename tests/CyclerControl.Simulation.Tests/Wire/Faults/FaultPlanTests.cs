using System.Text;
using CyclerControl.Simulation.Wire.Faults;

namespace CyclerControl.Simulation.Tests.Wire.Faults;

public sealed class FaultPlanTests
{
    private readonly StoppedTime _time = new();

    private (FaultedReply Plan, string Text) Third(WireFault fault, string reply)
    {
        var plan = new FaultPlan(fault, 3, _time);
        for (var i = 0; i < 2; i++)
        {
            var good = Encoding.ASCII.GetBytes(reply);
            Assert.Equal(new FaultedReply(TimeSpan.Zero, reply.Length, false), plan.Spoil(good));
            Assert.Equal(reply, Encoding.ASCII.GetString(good));
            Assert.False(plan.IsFrozen);
        }

        var third = Encoding.ASCII.GetBytes(reply);
        return (plan.Spoil(third), Encoding.ASCII.GetString(third));
    }

    [Fact]
    public void Late_EveryThird_WaitsAndIsWhole() =>
        Assert.Equal((new FaultedReply(FaultPlan.Lateness, 2, false), "1\n"), Third(WireFault.Late, "1\n"));

    [Fact]
    public void Drop_EveryThird_IsHalfAndCut() =>
        Assert.Equal(new FaultedReply(TimeSpan.Zero, 5, true), Third(WireFault.Drop, "+1.00E-03\n").Plan);

    [Fact]
    public void Garble_EveryThird_IsNoNumberAndStillALine()
    {
        var (plan, text) = Third(WireFault.Garble, "+1.000000E-03\n");

        Assert.Equal(new FaultedReply(TimeSpan.Zero, 14, false), plan);
        Assert.False(double.TryParse(text, out _));
        Assert.Equal(13, text.IndexOf('\n', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("+1.000000E-03\n", "+2.000000E-03\n")]
    [InlineData("0\n", "1\n")]
    [InlineData("9\n", "0\n")]
    [InlineData("0,\"No error\"\n", "0,\"No error\"\n")]
    public void Lie_EveryThird_IsAnotherNumber(string reply, string lie) => Assert.Equal(lie, Third(WireFault.Lie, reply).Text);

    [Fact]
    public void Freeze_OfTheFirmware_EndsByItself()
    {
        var plan = new FaultPlan(WireFault.Freeze, 1, _time);

        Assert.Equal(0, plan.Spoil("1\n"u8.ToArray()).Length);
        Assert.True(plan.IsFrozen);
        _time.Advance(FaultPlan.FrozenTime);
        Assert.False(plan.IsFrozen);
    }

    private sealed class StoppedTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;

        public override long GetTimestamp() => _ticks;
    }
}
