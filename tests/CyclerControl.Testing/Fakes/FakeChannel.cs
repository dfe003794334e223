using System.Globalization;
using CyclerControl.Core.Channels;

namespace CyclerControl.Testing.Fakes;

/// <summary>A channel with a cell of one line of arithmetic: (set-point, seconds on the clock) to (V, A).</summary>
public sealed class FakeChannel(ChannelId id, ChannelCapabilities capabilities, IClock clock, FakeWire wire) : ISetpointChannel
{
    private readonly string _read = id + " read";
    private Setpoint _setpoint = Setpoint.Rest;

    public ChannelId Id => id;

    public ChannelCapabilities Capabilities => capabilities;

    public Func<Setpoint, double, (double Volts, double Amperes)> Cell { get; set; } = Resistor(100);

    /// <summary>Null: valid.</summary>
    public Func<double, ReadingQuality>? Quality { get; set; }

    public bool OutputIsOn { get; set; }

    public Setpoint Setpoint => _setpoint;

    public int Reads { get; private set; }

    public static Func<Setpoint, double, (double Volts, double Amperes)> Resistor(double ohms) => (setpoint, _) => setpoint.Mode switch
    {
        OutputMode.Current => (setpoint.Amperes * ohms, setpoint.Amperes),
        OutputMode.Voltage => (setpoint.Volts, setpoint.Volts / ohms),
        _ => (0, 0),
    };

    public void Prepare() => wire.Exchange(id + " prepare");

    public void Apply(in Setpoint setpoint)
    {
        wire.Exchange(string.Create(CultureInfo.InvariantCulture, $"{id} apply {setpoint.Mode} {setpoint.Amperes} {setpoint.Volts}"));
        _setpoint = setpoint;
        OutputIsOn = setpoint.Mode != OutputMode.Rest;
    }

    public Reading Read()
    {
        wire.Exchange(_read);
        return Measure();
    }

    public void OutputOff()
    {
        wire.Exchange(id + " off");
        SwitchOff();
    }

    public void Release() => wire.Exchange(id + " release");

    internal Reading Measure()
    {
        Reads++;
        var (volts, amperes) = Cell(OutputIsOn ? _setpoint : Setpoint.Rest, clock.NowNanoseconds * 1e-9);
        return new Reading(clock.NowNanoseconds, volts, amperes, null, Quality?.Invoke(clock.NowNanoseconds * 1e-9) ?? ReadingQuality.Valid);
    }

    internal void SwitchOff()
    {
        _setpoint = Setpoint.Rest;
        OutputIsOn = false;
    }
}
