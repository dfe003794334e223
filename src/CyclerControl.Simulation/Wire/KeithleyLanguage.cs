using System.Text;
using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.Wire;

/// <summary>
/// The part of the SCPI of a Keithley 2450, 2460 or 2461 that a cycler needs, on channel 1: sourcing with limits, four-wire sense, reading with source read-back.
/// One buffer, the default one, filled by the simple loop. Not a model of the instrument's errors; the off-state is high impedance whatever SMOD says.
/// </summary>
internal sealed class KeithleyLanguage : IScpiLanguage
{
    private const int Bits = 6;
    private const int Output = Mnemonic.Output;
    private const int OutputState = Mnemonic.Output | (Mnemonic.State << Bits);
    private const int Read = Mnemonic.Read;
    private const int Source = Mnemonic.Source;
    private const int SourceFunction = Source | (Mnemonic.Function << Bits);
    private const int SourceCurrent = Source | (Mnemonic.Current << Bits);
    private const int SourceVoltage = Source | (Mnemonic.Voltage << Bits);
    private const int VoltageLimit = SourceCurrent | (Mnemonic.VoltageLimit << (2 * Bits));
    private const int VoltageLimitTrip = VoltageLimit | (Mnemonic.Trip << (3 * Bits));
    private const int CurrentLimit = SourceVoltage | (Mnemonic.CurrentLimit << (2 * Bits));
    private const int CurrentLimitTrip = CurrentLimit | (Mnemonic.Trip << (3 * Bits));
    private const int SourceRange = SourceCurrent | (Mnemonic.Range << (2 * Bits));
    private const int SourceRangeAuto = SourceRange | (Mnemonic.Auto << (3 * Bits));
    private const int SenseFunction = Mnemonic.Sense | (Mnemonic.Function << Bits);

    private readonly SimulatedCycler _cycler;
    private readonly byte[] _identity;
    private readonly KeithleyStore _store = new();
    private bool _sensesCurrent;
    private bool _isRangeAutomatic = true;

    public KeithleyLanguage(SimulatedCycler cycler, string model = "2450")
    {
        _cycler = cycler;
        _identity = Encoding.ASCII.GetBytes($"KEITHLEY INSTRUMENTS,MODEL {model},{cycler.SerialNumber},1.7.12b");
    }

    public void Identify(Reply reply) => reply.Text(_identity);

    public ScpiError Execute(in ScpiCommand command, Reply reply)
    {
        var channel = _cycler.Touch(1);
        if (command.IsQuery)
        {
            return Answer(command, channel, reply);
        }

        _cycler.Truth?.Text(_cycler.NowNanoseconds, 1, "command", Encoding.ASCII.GetString(command.Text));
        return Set(command, channel);
    }

    private ScpiError Set(in ScpiCommand command, SimulatedChannel channel)
    {
        var value = command.Parameters;
        if (KeithleyTrace.Set(command, channel) is { } traced)
        {
            return traced;
        }

        if (channel.Trace.IsRunning && command.Path is not (Output or OutputState))
        {
            return ScpiError.SettingsConflict;
        }

        switch (command.Path)
        {
            case Output or OutputState:
                var error = Parameter.Switch(value, out var on);
                return error != ScpiError.None ? error : on ? (ScpiError)(int)channel.SwitchOn() : SwitchOff(channel);
            case SourceFunction:
                return Function(value, out var function) ?? (ScpiError)(int)channel.SetFunction(function);
            case SenseFunction:
                var sense = Function(value.Length > 2 && value[0] == (byte)'"' && value[^1] == (byte)'"' ? value[1..^1] : default, out function);
                _sensesCurrent = sense is null ? function == OutputFunction.Current : _sensesCurrent;
                return sense ?? ScpiError.None;
            case SourceRangeAuto:
                error = Parameter.Switch(value, out var automatic);
                _isRangeAutomatic = error == ScpiError.None ? automatic : _isRangeAutomatic;
                return error;
            case SourceCurrent or SourceVoltage or VoltageLimit or CurrentLimit or SourceRange:
                error = Parameter.Number(value, out var number);
                return error != ScpiError.None ? error : (ScpiError)(int)SetNumber(command.Path, channel, number);
            default:
                return _store.Set(command.Path, value);
        }
    }

    private ChannelError SetNumber(int path, SimulatedChannel channel, double number)
    {
        switch (path)
        {
            case SourceCurrent:
                return SetCurrent(channel, number);
            case SourceVoltage:
                return channel.SetVolts(number);
            case CurrentLimit:
                return SetCeiling(channel, number);
            case SourceRange:
                _isRangeAutomatic = false;
                return channel.SetRange(number);
            default:
                if (number < 0.02)
                {
                    return ChannelError.DataOutOfRange;
                }

                var error = channel.SetHighVolts(number);
                return error == ChannelError.None ? channel.SetLowVolts(-number) : error;
        }
    }

    /// <summary>With automatic ranging the limit chooses the range that a sourced voltage is measured on.</summary>
    private ChannelError SetCeiling(SimulatedChannel channel, double amperes)
    {
        var error = channel.SetCeiling(amperes);
        return error != ChannelError.None || !_isRangeAutomatic || channel.Function == OutputFunction.Current
            ? error
            : channel.SetRange(Math.Max(amperes, Math.Abs(channel.Amperes)));
    }

    private ChannelError SetCurrent(SimulatedChannel channel, double amperes)
    {
        if (!_isRangeAutomatic)
        {
            return channel.SetCurrent(amperes);
        }

        if (channel.SetRange(Math.Max(Math.Abs(amperes), Math.Abs(channel.Amperes))) is var error && error != ChannelError.None)
        {
            return error;
        }

        channel.SetCurrent(amperes);
        return channel.SetRange(amperes);
    }

    private ScpiError Answer(in ScpiCommand command, SimulatedChannel channel, Reply reply)
    {
        if (KeithleyTrace.Answer(command, channel, _sensesCurrent, reply) is { } traced)
        {
            return traced;
        }

        switch (command.Path)
        {
            case Header.Language:
                reply.Text("SCPI"u8);
                break;
            case Output or OutputState:
                reply.Integer(channel.IsOn ? 1 : 0);
                break;
            case SourceFunction:
                reply.Text(channel.Function == OutputFunction.Current ? "CURR"u8 : "VOLT"u8);
                break;
            case SenseFunction:
                reply.Text(_sensesCurrent ? "\"CURR:DC\""u8 : "\"VOLT:DC\""u8);
                break;
            case SourceCurrent:
                reply.Number(channel.Amperes);
                break;
            case SourceVoltage:
                reply.Number(channel.Volts);
                break;
            case VoltageLimit:
                reply.Number(channel.HighVolts);
                break;
            case CurrentLimit:
                reply.Number(channel.CeilingAmperes);
                break;
            case SourceRange:
                reply.Number(channel.RangeAmperes);
                break;
            case SourceRangeAuto:
                reply.Integer(_isRangeAutomatic ? 1 : 0);
                break;
            case VoltageLimitTrip:
                reply.Integer(channel.IsInCompliance && channel.Function == OutputFunction.Current ? 1 : 0);
                break;
            case CurrentLimitTrip:
                reply.Integer(channel.IsInCompliance && channel.Function == OutputFunction.Voltage ? 1 : 0);
                break;
            case Read:
                return Reading(command.Parameters, channel, reply);
            default:
                return _store.Answer(command.Path, reply);
        }

        return ScpiError.None;
    }

    /// <summary><c>READ? "defbuffer1", READ, SOUR</c>: the elements in the order asked for.</summary>
    private ScpiError Reading(ReadOnlySpan<byte> parameters, SimulatedChannel channel, Reply reply)
    {
        channel.Measure(out var volts, out var amperes);
        var written = 0;
        while (!parameters.IsEmpty)
        {
            var comma = parameters.IndexOf((byte)',');
            var element = (comma < 0 ? parameters : parameters[..comma]).Trim(" \t"u8);
            parameters = comma < 0 ? default : parameters[(comma + 1)..];
            if (!element.IsEmpty && element[0] == (byte)'"')
            {
                continue;
            }

            if (written++ > 0)
            {
                reply.Byte((byte)',');
            }

            if (Parameter.Is(element, "READ"u8))
            {
                reply.Number(_sensesCurrent ? amperes : volts);
            }
            else if (Parameter.Is(element, "SOUR"u8))
            {
                reply.Number(channel.Function == OutputFunction.Current ? amperes : volts);
            }
            else if (Parameter.Is(element, "REL"u8))
            {
                reply.Number(_cycler.NowNanoseconds * 1e-9);
            }
            else
            {
                return ScpiError.DataType;
            }
        }

        if (written == 0)
        {
            reply.Number(_sensesCurrent ? amperes : volts);
        }

        return ScpiError.None;
    }

    private static ScpiError? Function(ReadOnlySpan<byte> text, out OutputFunction function)
    {
        function = Parameter.Is(text, "VOLT"u8) || Parameter.Is(text, "VOLTAGE"u8) || Parameter.Is(text, "VOLT:DC"u8)
            ? OutputFunction.Voltage
            : OutputFunction.Current;
        return text.IsEmpty ? ScpiError.MissingParameter
            : function == OutputFunction.Voltage || Parameter.Is(text, "CURR"u8) || Parameter.Is(text, "CURRENT"u8)
                || Parameter.Is(text, "CURR:DC"u8) ? null
            : ScpiError.DataType;
    }

    private static ScpiError SwitchOff(SimulatedChannel channel)
    {
        channel.SwitchOff();
        return ScpiError.None;
    }
}
