using System.Collections.Immutable;
using System.Globalization;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Profiles;

namespace CyclerControl.Instruments.Dialects.Scpi;

/// <summary>One output of a SCPI instrument. Sends only what differs from what was confirmed before. Called on the link's own thread.</summary>
public sealed class ScpiChannel : IBufferedChannel
{
    private readonly ScpiConversation _conversation;
    private readonly HardwareProfile _profile;
    private readonly ScpiLanguage _language;
    private readonly ImmutableArray<ScpiCommand?> _commands;
    private readonly ScpiOutputOff _off;
    private readonly byte[] _sampleRequest;
    private readonly MessageTemplate? _trip;
    private readonly ScpiBuffer? _buffer;
    private KnownOutput _known;

    public ScpiChannel(ChannelId id, ScpiConversation conversation, HardwareProfile profile)
    {
        Id = id;
        _conversation = conversation;
        _profile = profile;
        _language = profile.Language!;
        _commands = [.. _language.Commands.Select(command => command?.ForChannel(id.Number))];
        _off = new ScpiOutputOff(conversation, _commands[(int)ScpiCommandName.OutputOff] ?? _language.SafeState.ForChannel(id.Number), id);
        _sampleRequest = _language.Sample.Send.ForChannel(id.Number).Render();
        _trip = _language.Trip?.Send.ForChannel(id.Number);
        _buffer = _language.Buffer is { } buffer ? new ScpiBuffer(conversation, buffer, _language.Invalid, id) : null;
    }

    public ChannelId Id { get; }

    public ChannelCapabilities Capabilities => _profile.Capabilities;

    /// <summary>True between <see cref="Prepare"/> and <see cref="Release"/> where the instrument has a watchdog.</summary>
    public bool IsWatchdogArmed { get; private set; }

    public string? OwnTrip()
    {
        if (_trip is null)
        {
            return null;
        }

        var answer = _conversation.Ask(_trip);
        if (_language.Trip!.Expect.Matches(answer))
        {
            return null;
        }

        var cause = _language.Trip.Watchdog is { } watchdog && watchdog.Matches(answer)
            ? $"its watchdog fired: it heard nothing for {(_profile.Watchdog?.Timeout.TotalSeconds ?? 0).ToString("0.###", CultureInfo.InvariantCulture)} s"
            : "a limit or fault of its own";
        return $"{Id} had switched itself off ({cause}; '{_trip.Text}' answers {Sessions.WireLog.Printable(answer)})";
    }

    public void Prepare()
    {
        if (_known.IsOn != false)
        {
            OutputOff();
        }

        _known = new KnownOutput { IsOn = false };
        _buffer?.Forget();
        if (_profile.Watchdog is { } watchdog)
        {
            _conversation.Send(_commands[(int)ScpiCommandName.WatchdogArm]!, watchdog.Timeout.TotalSeconds, 0, Id);
            IsWatchdogArmed = true;
        }

        if (_trip is not null && _conversation.Ask(_trip) is var answer && !_language.Trip!.Expect.Matches(answer))
        {
            throw _conversation.Refused(
                $"has switched itself off: '{_trip.Text}' answers {Sessions.WireLog.Printable(answer)}, not '{_language.Trip.Expect.Text}'; "
                + "find out why (watchdog, hardware limit), then clear it at the instrument",
                Id);
        }
    }

    public void Apply(in Setpoint setpoint)
    {
        if (setpoint.Mode == OutputMode.Rest && Capabilities.Rest == RestBehaviour.Open)
        {
            if (_known.IsOn != false)
            {
                OutputOff();
            }

            return;
        }

        if (setpoint.Mode == OutputMode.Voltage && _commands[(int)ScpiCommandName.ModeVoltage] is null)
        {
            throw _conversation.Refused($"cannot hold a voltage: its profile {_profile.Name} has no mode_voltage", Id);
        }

        var pauses = _buffer is { IsRunning: true, StopsForSetpoint: true };
        if (pauses)
        {
            _buffer!.Stop();
        }

        Become(setpoint);
        if (pauses)
        {
            _buffer!.Restart();
        }
    }

    public Reading Read()
    {
        var session = _conversation.Session;
        if (_language.NoReadingWhenOff && _known.IsOn == false)
        {
            return new Reading(session.NowNanoseconds, 0, 0, null, ReadingQuality.Invalid);
        }

        session.Begin().Append(_sampleRequest);
        var reply = session.Exchange();
        return _language.Sample.Reply.Matches(reply, _language.Invalid, out var values)
            ? ToReading(session.SentAtNanoseconds, values)
            : throw session.Garbled($"'{_language.Sample.Reply.Text}'", reply, Id);
    }

    public bool IsBuffering => _buffer is { IsRunning: true };

    public void StartBuffer(double periodSeconds) => Buffer.Start(periodSeconds);

    public BlockFetch Fetch(Span<BufferedReading> readings)
    {
        var fetch = Buffer.Fetch(readings);
        var swapped = _language.SampleSwapsInVoltageMode && _known.Mode == OutputMode.Voltage;
        if (swapped || _language.ChargeIsNegative)
        {
            foreach (ref var reading in readings[..fetch.Count])
            {
                var (volts, amperes) = swapped ? (reading.Amperes, reading.Volts) : (reading.Volts, reading.Amperes);
                reading = reading with { Volts = volts, Amperes = _language.ChargeIsNegative ? -amperes : amperes };
            }
        }

        return fetch;
    }

    public void StopBuffer() => Buffer.Stop();

    public void OutputOff()
    {
        _known.IsOn = null;
        _off.Execute();
        _known.IsOn = false;
        if (_buffer is { StopsForSetpoint: true })
        {
            _buffer.Forget();
        }
    }

    public void Release()
    {
        OutputOff();
        if (IsBuffering)
        {
            Buffer.Stop();
        }

        if (IsWatchdogArmed && _commands[(int)ScpiCommandName.WatchdogDisarm] is { } disarm)
        {
            _conversation.Send(disarm, channel: Id);
        }

        IsWatchdogArmed = false;
    }

    internal Reading ToReading(long atNanoseconds, in ReplyValues values)
    {
        if (values.IsInvalid)
        {
            return new Reading(atNanoseconds, 0, 0, null, ReadingQuality.Invalid);
        }

        var swapped = _language.SampleSwapsInVoltageMode && _known.Mode == OutputMode.Voltage;
        var volts = swapped ? values.Amperes : values.Volts;
        var amperes = swapped ? values.Volts : values.Amperes;
        return new Reading(atNanoseconds, volts, _language.ChargeIsNegative ? -amperes : amperes, values.Celsius, ReadingQuality.Valid);
    }

    /// <summary>After the whole instrument was brought into its safe state and set up: nothing else is known any more.</summary>
    internal void Forget()
    {
        _known = new KnownOutput { IsOn = false };
        _buffer?.Forget();
    }

    private ScpiBuffer Buffer => _buffer ?? throw new InvalidOperationException($"profile {_profile.Name} has no queries.buffer");

    /// <summary>Writes everything of a set-point but the switch, and reads it back: what a check of a profile may do without a cell. The output is off, and stays off.</summary>
    /// <exception cref="LinkFaultException">The exchange broke.</exception>
    /// <exception cref="InstrumentErrorException">The instrument refused, or its read-back differs.</exception>
    public void Rehearse(in Setpoint setpoint)
    {
        OutputOff();
        Arrange(setpoint);
        OutputOff(); // Some instruments do something to their output when the function changes.
    }

    private void Become(in Setpoint setpoint)
    {
        Arrange(setpoint);
        if (_known.IsOn != true)
        {
            _known.IsOn = null;
            _conversation.Send(_commands[(int)ScpiCommandName.OutputOn]!, channel: Id);
            _known.IsOn = true;
        }
    }

    private void Arrange(in Setpoint setpoint)
    {
        var range = RangeFor(setpoint);
        WriteVoltageRange();
        WriteLimits(setpoint, keepOld: _known.IsOn != false && _known.Mode != OutputMode.Current);
        if (setpoint.Mode == OutputMode.Voltage)
        {
            BecomeVoltageSource(setpoint, range);
        }
        else
        {
            BecomeCurrentSource(setpoint.Mode == OutputMode.Current ? setpoint.Amperes : 0, range);
        }

        WriteLimits(setpoint, keepOld: false);
    }

    private CurrentRange RangeFor(in Setpoint setpoint)
    {
        var needed = setpoint.Mode switch
        {
            OutputMode.Voltage => setpoint.MaxAmperes ?? Capabilities.MaxAmperes,
            OutputMode.Current => Math.Max(Math.Abs(setpoint.Amperes), setpoint.MaxAmperes ?? 0),
            _ => 0,
        };
        foreach (var range in Capabilities.CurrentRanges)
        {
            if (range.MaxAmperes >= needed * (1 - 1e-9))
            {
                return range;
            }
        }

        throw _conversation.Refused(
            string.Create(
                CultureInfo.InvariantCulture,
                $"cannot carry {needed:G6} A: the highest current range of its profile {_profile.Name} ends at {Capabilities.MaxAmperes:G6} A"),
            Id);
    }

    private void WriteVoltageRange()
    {
        var volts = Math.Max(Math.Abs(Capabilities.MinVolts), Math.Abs(Capabilities.MaxVolts));
        Write(ref _known.VoltageRangeVolts, ScpiCommandName.VoltageRange, volts, 0.1 * volts);
    }

    // A voltage source that is on must never find its present level outside the limits: keepOld only widens them, until the level is new.
    private void WriteLimits(in Setpoint setpoint, bool keepOld)
    {
        var high = Math.Clamp(setpoint.MaxVolts ?? Capabilities.MaxVolts, Capabilities.MinVolts, Capabilities.MaxVolts);
        var low = Math.Clamp(setpoint.MinVolts ?? Capabilities.MinVolts, Capabilities.MinVolts, Capabilities.MaxVolts);
        if (_commands[(int)ScpiCommandName.VoltageLimitLow] is null)
        {
            // One limit for both signs can only be as tight as the wider of the two.
            high = Math.Max(Math.Abs(high), Math.Abs(low));
        }

        if (keepOld)
        {
            high = Math.Max(high, _known.HighLimitVolts ?? high);
            low = Math.Min(low, _known.LowLimitVolts ?? low);
        }

        // The limit that makes room goes first: the two must not cross on the way.
        if (low < _known.LowLimitVolts)
        {
            Write(ref _known.LowLimitVolts, ScpiCommandName.VoltageLimitLow, low, _profile.VoltageResolutionVolts);
        }

        Write(ref _known.HighLimitVolts, ScpiCommandName.VoltageLimit, high, _profile.VoltageResolutionVolts);
        Write(ref _known.LowLimitVolts, ScpiCommandName.VoltageLimitLow, low, _profile.VoltageResolutionVolts);
    }

    private void BecomeVoltageSource(in Setpoint setpoint, CurrentRange range)
    {
        var ceiling = Math.Min(setpoint.MaxAmperes ?? range.MaxAmperes, range.MaxAmperes);
        Write(ref _known.Volts, ScpiCommandName.Voltage, setpoint.Volts, _profile.VoltageResolutionVolts);
        if (_known.IsOn == false || _known.RangeAmperes < range.MaxAmperes)
        {
            WriteRange(range);
        }

        Write(ref _known.CeilingAmperes, ScpiCommandName.CurrentLimit, ceiling, range.ResolutionAmperes);
        WriteMode(OutputMode.Voltage, ScpiCommandName.ModeVoltage);
        WriteRange(range);
    }

    private void BecomeCurrentSource(double amperes, CurrentRange range)
    {
        var level = _language.ChargeIsNegative ? -amperes : amperes;
        if (_known.IsOn != false && _known.RangeAmperes is { } present && present > range.MaxAmperes)
        {
            // Downwards under current: the new level on the old range, then the range, and the level again with its finer step.
            Write(ref _known.Amperes, ScpiCommandName.Current, level, ResolutionOf(present));
            WriteMode(OutputMode.Current, ScpiCommandName.ModeCurrent);
            WriteRange(range);
            _known.Amperes = null;
        }

        WriteRange(range);
        Write(ref _known.Amperes, ScpiCommandName.Current, level, range.ResolutionAmperes);
        WriteMode(OutputMode.Current, ScpiCommandName.ModeCurrent);
    }

    private double ResolutionOf(double rangeAmperes)
    {
        foreach (var range in Capabilities.CurrentRanges)
        {
            if (range.MaxAmperes >= rangeAmperes)
            {
                return range.ResolutionAmperes;
            }
        }

        return 0;
    }

    // An instrument refuses a range that cannot hold its present level: an unknown or larger one is set to zero first. The caller has made
    // sure that this level is not the one that drives the cell.
    private void WriteRange(CurrentRange range)
    {
        if (_known.RangeAmperes == range.MaxAmperes || _commands[(int)ScpiCommandName.CurrentRange] is null)
        {
            return;
        }

        if (_known.Amperes is not { } level || Math.Abs(level) > range.MaxAmperes)
        {
            Write(ref _known.Amperes, ScpiCommandName.Current, 0, Capabilities.CurrentRanges[^1].ResolutionAmperes);
        }

        Write(ref _known.RangeAmperes, ScpiCommandName.CurrentRange, range.MaxAmperes, 0.1 * range.MaxAmperes);
    }

    private void WriteMode(OutputMode mode, ScpiCommandName name)
    {
        if (_known.Mode == mode)
        {
            return;
        }

        // Some instruments switch the output off when their function changes: it is switched on (again) behind this.
        _known.Mode = null;
        _known.IsOn = null;
        _conversation.Send(_commands[(int)name]!, channel: Id);
        _known.Mode = mode;
    }

    private void Write(ref double? known, ScpiCommandName name, double value, double tolerance)
    {
        if (known == value || _commands[(int)name] is not { } command)
        {
            known = value;
            return;
        }

        known = null;
        _conversation.Send(command, value, tolerance, Id);
        known = value;
    }
}
