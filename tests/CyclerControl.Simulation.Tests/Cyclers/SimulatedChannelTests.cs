using System.Text.Json;
using CyclerControl.Simulation.Cells;
using CyclerControl.Simulation.Cyclers;
using CyclerControl.Simulation.Shorts;

namespace CyclerControl.Simulation.Tests.Cyclers;

public sealed class SimulatedChannelTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Output_On_PassesTheSetCurrentAndCountsItsCharge()
    {
        var channel = Channel("li-lpsc-li").Touch(1);
        channel.SetRange(1e-3);
        channel.SetCurrent(-7.85e-4);
        channel.SwitchOn();
        _clock.AdvanceSeconds(1800);
        channel.BringUpTo(_clock.NowNanoseconds);
        Assert.Equal(-7.85e-4, channel.TrueAmperes);
        Assert.Equal(-7.85e-4 * 0.5, channel.Charge.NetAmpHours, 7.85e-4 * 0.5 * 1e-5);
        channel.SwitchOff();
        Assert.Equal(0, channel.TrueAmperes);
        _clock.AdvanceSeconds(1800);
        channel.BringUpTo(_clock.NowNanoseconds);
        Assert.Equal(0, channel.TrueVolts, 1e-9);
        Assert.Equal(7.85e-4 * 0.5, channel.Charge.ThroughputAmpHours, 7.85e-4 * 0.5 * 1e-5);
    }

    [Fact]
    public void Current_AfterAChange_SlewsWithinTenMilliseconds()
    {
        var channel = Channel("li-lpsc-li").Touch(1);
        channel.SetRange(1e-3);
        channel.SetCurrent(1e-3);
        channel.SwitchOn();
        Pass(channel, 0.001);
        Assert.InRange(channel.TrueAmperes, 0.2e-3, 0.5e-3);
        Pass(channel, 0.0049);
        Assert.InRange(channel.TrueAmperes, 0.89e-3, 0.93e-3);
        Pass(channel, 0.1);
        Assert.Equal(1e-3, channel.TrueAmperes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public void Compliance_IsNeverPassedBetweenReadings(double period)
    {
        var channel = Channel("li-lpsc-collector").Touch(1);
        channel.SetRange(1e-3);
        channel.SetCurrent(-2.355e-4);
        channel.SwitchOn();
        Pass(channel, 600);
        channel.SetCurrent(2.355e-4);
        channel.SetHighVolts(1.02);
        for (var i = 0; i < 600 / period; i++)
        {
            Pass(channel, period);
            Assert.True(channel.TrueVolts <= 1.0201);
        }

        Assert.Equal(1.02, channel.TrueVolts, 1e-3);
        Assert.True(channel.IsInCompliance);
        Assert.InRange(channel.TrueAmperes, 0, 1e-6);
    }

    [Fact]
    public void Compliance_Left_GivesTheSetCurrentBack()
    {
        var channel = Channel("li-lpsc-li").Touch(1);
        channel.SetRange(1e-3);
        channel.SetHighVolts(0.02);
        channel.SetCurrent(7.85e-4);
        channel.SwitchOn();
        Pass(channel, 1);
        Assert.True(channel.IsInCompliance);
        Assert.InRange(channel.TrueAmperes, 0.5e-4, 3e-4);
        channel.SetHighVolts(1);
        Pass(channel, 1);
        Assert.False(channel.IsInCompliance);
        Assert.Equal(7.85e-4, channel.TrueAmperes);
    }

    [Fact]
    public void Voltage_Sourced_IsHeldWithinTheCeiling()
    {
        var channel = Channel("ncm83125-li").Touch(1);
        channel.SetFunction(OutputFunction.Voltage);
        channel.SetVolts(3.6);
        channel.SetCeiling(4e-4);
        channel.SwitchOn();
        Pass(channel, 10);
        Assert.Equal(4e-4, channel.TrueAmperes);
        Assert.True(channel.TrueVolts < 3.6);
        Pass(channel, 3600);
        Assert.Equal(3.6, channel.TrueVolts, 1e-4);
        Assert.InRange(channel.TrueAmperes, 1e-6, 4e-4);
    }

    [Fact]
    public void Watchdog_Expired_SwitchesOffAtItsOwnTime()
    {
        var cycler = Channel("li-lpsc-li");
        var channel = cycler.Touch(1);
        channel.SetRange(1e-3);
        channel.SetCurrent(7.85e-4);
        channel.SetWatchdogDelay(10);
        channel.ArmWatchdog(true);
        channel.SwitchOn();
        _clock.AdvanceSeconds(3600);
        cycler.BringUpToNow();
        Assert.False(channel.IsOn);
        Assert.Equal(ChannelTrip.Watchdog, channel.Trip);
        Assert.Equal(ChannelError.SettingsConflict, channel.SwitchOn());
        Assert.Equal(7.85e-4 * 10 / 3600, channel.Charge.NetAmpHours, 7.85e-4 * 0.005 / 3600);
    }

    [Fact]
    public void CellBeyondTheHardware_TripsTheOutput()
    {
        var six = new FixedVoltage(6);
        var cycler = new SimulatedCycler(_clock, [new SimulatedCell("six", six, Healthy, 1)], CyclerModel.EightChannel, "1", null);
        var channel = cycler.Touch(1);
        channel.SwitchOn();
        Assert.False(channel.IsOn);
        Assert.Equal(ChannelTrip.HardwareLimit, channel.Trip);
    }

    [Fact]
    public void Reading_HasTheStatedNoise()
    {
        var channel = Channel("li-lpsc-li").Touch(1);
        var volts = new double[20_000];
        var amperes = new double[volts.Length];
        for (var i = 0; i < volts.Length; i++)
        {
            channel.Measure(out volts[i], out amperes[i]);
        }

        Assert.Equal(0, volts.Average(), 2e-6);
        Assert.InRange(Deviation(volts), 25e-6, 100e-6);
        Assert.InRange(Deviation(amperes), 0.95e-4 * 0.1, 1.05e-4 * 0.1);
    }

    [Fact]
    public void Spikes_WhenAskedFor_Come()
    {
        var model = CyclerModel.EightChannel with { Noise = NoiseParameters.None with { SpikesPerHour = 3600 } };
        var cycler = new SimulatedCycler(_clock, [NamedCells.Make("li-lpsc-li", 1)], model, "1", null);
        var spiked = 0;
        for (var i = 0; i < 10_000; i++)
        {
            _clock.AdvanceSeconds(0.01);
            cycler.Touch(1).Measure(out var volts, out _);
            Assert.InRange(volts, 0, 0.5);
            spiked += volts > 0 ? 1 : 0;
        }

        Assert.InRange(spiked, 100, 600);
    }

    [Fact]
    public void Truth_TellsCommandsOutputsChargeAndShorts()
    {
        using var stream = new MemoryStream();
        using var truth = new TruthLog(stream);
        var cycler = new SimulatedCycler(_clock, [NamedCells.Make("li-lpsc-li", 1)], CyclerModel.EightChannel, "1", truth);
        var channel = cycler.Touch(1);
        channel.SetCurrent(-1.2 * 7.85e-4);
        channel.SwitchOn();
        Pass(channel, 7200);
        channel.SwitchOff();
        var events = System.Text.Encoding.UTF8.GetString(stream.ToArray()).TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(["cell", "output", "short", "charge", "output"], events.Select(e => e.GetProperty("event").GetString()));
        var onset = events[2];
        Assert.Equal(channel.Cell.Truth.Short(0).TimeSeconds, onset.GetProperty("t_s").GetDouble(), 1e-6);
        Assert.Equal("hard", onset.GetProperty("value").GetProperty("kind").GetString());
        Assert.Equal(-1.2 * 7.85e-4 * 2, events[3].GetProperty("value").GetProperty("net_ah").GetDouble(), 1e-7);
        Assert.Equal(1, onset.GetProperty("channel").GetInt32());
    }

    private static readonly ShortParameters Healthy = new()
    {
        ThresholdMilliampHoursPerSquareCentimetre = 1,
        AtMilliamperesPerSquareCentimetre = 1,
        Exponent = 1,
        Spread = 0,
        Enabled = false,
    };

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length);
    }

    private SimulatedCycler Channel(string cell) =>
        new(_clock, [NamedCells.Make(cell, 1, shorts: false)], CyclerModel.EightChannel, "1", null);

    private void Pass(SimulatedChannel channel, double seconds)
    {
        _clock.AdvanceSeconds(seconds);
        channel.Touch(_clock.NowNanoseconds);
    }
}
