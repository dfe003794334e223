using CyclerControl.Core.Channels;
using CyclerControl.Simulation.InProcess;

namespace CyclerControl.Simulation.Tests.InProcess;

public sealed class SimulatedInstrumentFactoryTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Link_NamesItsCellsAndChannels()
    {
        using var link = Link("sim://?cells=li-lpsc-li,lacss&seed=5");
        Assert.True(link.IsSimulated);
        Assert.Equal([1, 2], link.ChannelNumbers);
        Assert.Equal("lacss", link.Cycler.Channels[1].Cell.Name);
        Assert.Equal(6, link.Cycler.Channels[1].Cell.Seed);
        Assert.Equal(0.1, link.Capabilities.MaxAmperes);
    }

    [Theory]
    [InlineData("sim://?cells=li-lpsc", "li-lpsc-li")]
    [InlineData("sim://?seed=x", "seed")]
    [InlineData("sim://?colour=red", "colour")]
    [InlineData("sim://?shorts=maybe", "maybe")]
    public void Address_Wrong_IsNamedInTheMessage(string connect, string named)
    {
        var e = Assert.Throws<InstrumentException>(() => Link(connect));
        Assert.Contains(named, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Instrument_OpenedTwice_KeepsItsCells()
    {
        using var link = Link("sim://?cells=li-lpsc-li");
        var first = link.Open();
        Assert.True(first.Initialize(null));
        ((ISetpointChannel)first.Channels[0]).Apply(Current(7.85e-4));
        _clock.AdvanceSeconds(60);
        first.Dispose();
        var second = link.Open();
        Assert.False(second.Initialize(first.Identity));
        Assert.InRange(link.Cycler.Channels[0].Charge.NetAmpHours, 7.8e-4 / 60, 7.9e-4 / 60);
        Assert.False(link.Cycler.Channels[0].IsOn);
    }

    [Fact]
    public void Apply_LevelsUpAndDownAndOver_ChoosesTheRange()
    {
        using var link = Link("sim://?cells=li-lpsc-li,ncm83125-li&noise=false");
        var instrument = link.Open();
        instrument.Initialize(null);
        var channel = (ISetpointChannel)instrument.Channels[0];
        foreach (var (amperes, range) in new[] { (7.85e-5, 1e-4), (-2e-3, 1e-2), (5e-4, 1e-3), (5e-2, 0.1) })
        {
            channel.Apply(Current(amperes));
            _clock.AdvanceSeconds(1);
            Assert.Equal(range, link.Cycler.Channels[0].RangeAmperes);
            Assert.Equal(amperes, channel.Read().Amperes, 1e-9);
        }

        var full = (ISetpointChannel)instrument.Channels[1];
        full.Apply(Current(4e-4));
        _clock.AdvanceSeconds(60);
        full.Apply(new Setpoint(OutputMode.Voltage, 0, 3.7, 2.5, 4.3, 4e-4));
        _clock.AdvanceSeconds(3600);
        Assert.Equal(3.7, full.Read().Volts, 1e-3);
        full.Apply(new Setpoint(OutputMode.Voltage, 0, 3.2, 2.5, 3.3, 4e-4));
        full.Apply(Setpoint.Rest);
        Assert.Equal(0, full.Read().Amperes);
        Assert.False(link.Cycler.Channels[1].IsOn);
    }

    [Fact]
    public void Apply_BeyondTheInstrument_IsRefusedWithTheValue()
    {
        using var link = Link("sim://?cells=li-lpsc-li");
        var channel = (ISetpointChannel)link.Open().Channels[0];
        var e = Assert.Throws<InstrumentErrorException>(() => channel.Apply(Current(0.5)));
        Assert.Contains("0.5", e.Message, StringComparison.Ordinal);
        Assert.Equal("bench/1", e.Channel.ToString());
    }

    [Fact]
    public void Reading_AllocatesNothing()
    {
        using var link = Link("sim://?cells=li-lpsc-li");
        var channel = (ISetpointChannel)link.Open().Channels[0];
        channel.Apply(Current(5e-4));
        var sum = 0.0;
        for (var i = 0; i < 1000; i++)
        {
            _clock.AdvanceSeconds(0.1);
            sum += channel.Read().Volts;
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            _clock.AdvanceSeconds(0.1);
            sum += channel.Read().Volts;
        }

        Assert.Equal(0, (GC.GetAllocatedBytesForCurrentThread() - before) / 10_000);
        Assert.True(sum > 0);
    }

    [Fact]
    public void TwoLinks_OfTheSameSeed_GiveTheSameReadings()
    {
        var readings = new[] { 1, 1, 2 }.Select(seed =>
        {
            _clock.NowNanoseconds = 0;
            using var link = Link(FormattableString.Invariant($"sim://?cells=lacss&seed={seed}"));
            var channel = (ISetpointChannel)link.Open().Channels[0];
            channel.Apply(Current(5e-4));
            var values = new List<double>();
            for (var i = 0; i < 100; i++)
            {
                _clock.AdvanceSeconds(0.1);
                values.Add(channel.Read().Volts);
            }

            return values;
        }).ToArray();
        Assert.Equal(readings[0], readings[1]);
        Assert.NotEqual(readings[0], readings[2]);
    }

    private static Setpoint Current(double amperes) => new(OutputMode.Current, amperes, 0, null, null, null);

    private SimulatedInstrumentLink Link(string connect) => (SimulatedInstrumentLink)new SimulatedInstrumentFactory().CreateLink(
        new InstrumentAddress("bench", "simulated-8ch", new Uri(connect, UriKind.RelativeOrAbsolute)), _clock);
}
