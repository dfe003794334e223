using System.Globalization;
using CyclerControl.Core.Channels;

namespace CyclerControl.Testing.Fakes;

/// <summary>A channel with a cell of one line of arithmetic: (set-point, seconds on the clock) to (V, A).</summary>
public sealed class FakeChannel(ChannelId id, ChannelCapabilities capabilities, IClock clock, FakeWire wire) : IBufferedChannel
{
    private readonly string _read = id + " read";
    private readonly string _fetch = id + " fetch";
    private Setpoint _setpoint = Setpoint.Rest;
    private double _period;
    private double _next;
    private long _emptiedAt;
    private int _epoch;

    public ChannelId Id => id;

    public ChannelCapabilities Capabilities => capabilities;

    public Func<Setpoint, double, (double Volts, double Amperes)> Cell { get; set; } = Resistor(100);

    /// <summary>Null: valid.</summary>
    public Func<double, ReadingQuality>? Quality { get; set; }

    public bool OutputIsOn { get; set; }

    public Setpoint Setpoint => _setpoint;

    public int Reads { get; private set; }

    /// <summary>How fast the instrument's crystal runs beside the clock.</summary>
    public double InstrumentSpeed { get; set; } = 1;

    /// <summary>Readings that its buffer holds; more overwrite the oldest.</summary>
    public int BufferSize { get; set; } = int.MaxValue;

    public bool IsBuffering { get; private set; }

    /// <summary>What the instrument says about having switched off by itself, until it is prepared again.</summary>
    public string? Tripped { get; set; }

    public string? OwnTrip() => Tripped;

    public static Func<Setpoint, double, (double Volts, double Amperes)> Resistor(double ohms) => (setpoint, _) => setpoint.Mode switch
    {
        OutputMode.Current => (setpoint.Amperes * ohms, setpoint.Amperes),
        OutputMode.Voltage => (setpoint.Volts, setpoint.Volts / ohms),
        _ => (0, 0),
    };

    public void Prepare()
    {
        wire.Exchange(id + " prepare");
        Tripped = null;
    }

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

    public void StartBuffer(double periodSeconds)
    {
        wire.Exchange(string.Create(CultureInfo.InvariantCulture, $"{id} buffer {periodSeconds}"));
        _period = periodSeconds;
        _emptiedAt = clock.NowNanoseconds;
        _next = (clock.NowNanoseconds * 1e-9) + periodSeconds;
        _epoch++;
        IsBuffering = true;
    }

    public BlockFetch Fetch(Span<BufferedReading> readings)
    {
        wire.Exchange(_fetch);
        var now = clock.NowNanoseconds;
        var due = (int)Math.Floor((((now + 1) * 1e-9) - _next) / _period) + 1;
        var lost = Math.Max(0, due - BufferSize);
        _next += lost * _period;
        var count = 0;
        for (; count < due - lost; count++, _next += _period)
        {
            var (volts, amperes) = Cell(OutputIsOn ? _setpoint : Setpoint.Rest, _next);
            readings[count] = new BufferedReading(_next * InstrumentSpeed, volts, amperes, Quality?.Invoke(_next) ?? ReadingQuality.Valid);
        }

        var after = _emptiedAt;
        _emptiedAt = now;
        return new BlockFetch(count, lost > 0, _epoch, after, now);
    }

    public void StopBuffer()
    {
        wire.Exchange(id + " buffer off");
        IsBuffering = false;
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
