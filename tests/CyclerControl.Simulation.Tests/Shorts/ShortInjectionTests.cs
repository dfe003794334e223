using System.Text;
using System.Text.Json;
using CyclerControl.Simulation.Cells;
using CyclerControl.Simulation.Cyclers;
using CyclerControl.Simulation.Shorts;

namespace CyclerControl.Simulation.Tests.Shorts;

/// <summary>Hard shorts on a schedule: what is planted when, and that it goes with the output.</summary>
public sealed class ShortInjectionTests : IDisposable
{
    private const double Amperes = -4e-4;
    private readonly ManualClock _clock = new();
    private readonly MemoryStream _stream = new();
    private readonly TruthLog _truth;
    private readonly SimulatedChannel _channel;

    public ShortInjectionTests()
    {
        _truth = new TruthLog(_stream);
        var cell = NamedCells.Make("li-lpsc-li", 1, shorts: false);
        _channel = new SimulatedCycler(
            _clock, [cell], CyclerModel.EightChannel, "1", _truth, new ShortInjection(2, 3)).Touch(1);
        _channel.SetCurrent(Amperes);
    }

    public void Dispose()
    {
        _truth.Dispose();
        _stream.Dispose();
    }

    [Fact]
    public void SwitchOn_WithinTheSpan_ShortsAtTheMomentThatTheTruthTells()
    {
        _channel.SwitchOn();
        Pass(1.999);
        var healthy = _channel.TrueVolts;
        Pass(1.002);

        var (time, kind) = Assert.Single(Onsets());
        Assert.InRange(time, 2, 3);
        Assert.Equal("hard", kind);
        Assert.InRange(_channel.TrueVolts / healthy, 0, 0.2);
        Assert.InRange(_channel.TrueVolts / Amperes, 1, 3);
    }

    [Fact]
    public void SwitchOff_AfterAShort_TakesItAwayAndTheNextOutputGetsAnother()
    {
        _channel.SwitchOn();
        Pass(3.001);
        _channel.SwitchOff();
        Pass(10);
        _channel.SwitchOn();
        Pass(1.999);
        Assert.Single(Onsets());
        Assert.True(_channel.TrueVolts / Amperes > 20);

        Pass(1.002);

        var times = Onsets().Select(onset => onset.Time).ToList();
        Assert.Equal(2, times.Count);
        Assert.InRange(times[1], 15.001, 16.001);
        Assert.NotEqual(times[0] % 1, (times[1] - 13.001) % 1, 6);
    }

    [Fact]
    public void SwitchOff_BeforeTheMoment_CancelsIt()
    {
        _channel.SwitchOn();
        Pass(1.5);
        _channel.SwitchOff();
        Pass(10);

        Assert.Empty(Onsets());
        Assert.Equal(0, _channel.TrueVolts, 1e-6);
    }

    private void Pass(double seconds)
    {
        _clock.AdvanceSeconds(seconds);
        _channel.Touch(_clock.NowNanoseconds);
    }

    private List<(double Time, string? Kind)> Onsets() =>
        [.. Encoding.UTF8.GetString(_stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(e => e.GetProperty("event").GetString() == "short")
            .Select(e => (e.GetProperty("t_s").GetDouble(), e.GetProperty("value").GetProperty("kind").GetString()))];
}
