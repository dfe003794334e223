using System.Globalization;
using System.Text;
using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.Wire;

/// <summary>
/// The part of a Keithley 2400's SCPI that a cycler needs: sourcing with compliance, four-wire sense, all five elements of a reading. Not a model
/// of the instrument's errors. With its output off it refuses to measure, as the instrument does.
/// </summary>
internal sealed class Keithley2400Language : IScpiLanguage
{
    private const int Bits = 6;
    private const int Output = Mnemonic.Output;
    private const int OutputState = Mnemonic.Output | (Mnemonic.State << Bits);
    private const int OffMode = Mnemonic.Output | (Mnemonic.OffMode << Bits);
    private const int RemoteSense = Mnemonic.System | (Mnemonic.RemoteSense << Bits);
    private const int Terminals = Mnemonic.Route | (Mnemonic.Terminals << Bits);
    private const int SourceFunction = Mnemonic.Source | (Mnemonic.Function << Bits);
    private const int SourceFunctionMode = SourceFunction | (Mnemonic.Mode << (2 * Bits));
    private const int SourceCurrent = Mnemonic.Source | (Mnemonic.Current << Bits);
    private const int SourceVoltage = Mnemonic.Source | (Mnemonic.Voltage << Bits);
    private const int SourceRange = SourceCurrent | (Mnemonic.Range << (2 * Bits));
    private const int SenseFunction = Mnemonic.Sense | (Mnemonic.Function << Bits);
    private const int SenseCurrent = Mnemonic.Sense | (Mnemonic.Current << Bits);
    private const int SenseVoltage = Mnemonic.Sense | (Mnemonic.Voltage << Bits);
    private const int CurrentCycles = SenseCurrent | (Mnemonic.PowerLineCycles << (2 * Bits));
    private const int VoltageCompliance = SenseVoltage | (Mnemonic.Protection << (2 * Bits));
    private const int CurrentCompliance = SenseCurrent | (Mnemonic.Protection << (2 * Bits));
    private const int VoltageComplianceTrip = VoltageCompliance | (Mnemonic.Trip << (3 * Bits));
    private const int CurrentComplianceTrip = CurrentCompliance | (Mnemonic.Trip << (3 * Bits));
    private const int Elements = Mnemonic.Format | (Mnemonic.Elements << Bits);
    private const double LeastComplianceVolts = 0.0002;
    private const double NotMeasured = 9.91e37;

    private static readonly string[] s_offModes = ["HIMP", "NORM", "ZERO", "GUAR"];
    private static readonly string[] s_elements = ["VOLT", "CURR", "RES", "TIME", "STAT"];
    private readonly SimulatedCycler _cycler;
    private readonly bool[] _answers = [true, true, true, true, true];
    private string _offMode = "NORM";
    private string _terminals = "FRON";
    private bool _isFourWire;
    private double _cycles = 1;

    public Keithley2400Language(SimulatedCycler cycler) => _cycler = cycler;

    public void Identify(Reply reply)
    {
        reply.Text("KEITHLEY INSTRUMENTS INC.,MODEL 2400,"u8);
        reply.Text(Encoding.ASCII.GetBytes(_cycler.SerialNumber));
        reply.Text(",C30   Mar 17 2006 09:29:29/A02  /K/J"u8);
    }

    public ScpiError Execute(in ScpiCommand command, Reply reply)
    {
        var channel = _cycler.Touch(1);
        if (command.IsQuery)
        {
            return Answer(command.Path, channel, reply);
        }

        _cycler.Truth?.Text(_cycler.NowNanoseconds, 1, "command", Encoding.ASCII.GetString(command.Text));
        var word = Encoding.ASCII.GetString(command.Parameters).Trim('"', '\'').ToUpperInvariant();
        return word.Length == 0 ? ScpiError.MissingParameter : Set(command.Path, word, command.Parameters, channel);
    }

    private ScpiError Set(int path, string word, ReadOnlySpan<byte> value, SimulatedChannel channel)
    {
        switch (path)
        {
            case Output or OutputState:
                var error = Parameter.Switch(value, out var on);
                return error != ScpiError.None ? error : on ? (ScpiError)(int)channel.SwitchOn() : Off(channel);
            case OffMode:
                return Choose(ref _offMode, word, s_offModes);
            case Terminals:
                return channel.IsOn ? ScpiError.SettingsConflict : Choose(ref _terminals, word[..Math.Min(4, word.Length)], ["FRON", "REAR"]);
            case RemoteSense:
                error = Parameter.Switch(value, out on);
                _isFourWire = error == ScpiError.None ? on : _isFourWire;
                return error;
            case SourceFunction or SourceFunctionMode:
                return word is "CURR" or "CURRENT" ? (ScpiError)(int)channel.SetFunction(OutputFunction.Current)
                    : word is "VOLT" or "VOLTAGE" ? (ScpiError)(int)channel.SetFunction(OutputFunction.Voltage)
                    : ScpiError.DataType;
            case SenseFunction:
                return word.Split(',').All(one => one.Trim(' ', '\'', '"') is "VOLT" or "CURR" or "VOLT:DC" or "CURR:DC") ? ScpiError.None : ScpiError.DataType;
            case Elements:
                return Choose(word);
            default:
                error = Parameter.Number(value, out var number);
                return error != ScpiError.None && IsNumber(path) ? error : SetNumber(path, number, channel);
        }
    }

    private static bool IsNumber(int path) =>
        path is SourceCurrent or SourceVoltage or SourceRange or VoltageCompliance or CurrentCompliance or CurrentCycles;

    private ScpiError SetNumber(int path, double number, SimulatedChannel channel)
    {
        switch (path)
        {
            case SourceCurrent:
                return (ScpiError)(int)channel.SetCurrent(number);
            case SourceVoltage:
                return (ScpiError)(int)channel.SetVolts(number);
            case SourceRange:
                return (ScpiError)(int)channel.SetRange(number);
            case CurrentCompliance:
                return (ScpiError)(int)channel.SetCeiling(number);
            case CurrentCycles:
                if (number is < 0.01 or > 10)
                {
                    return ScpiError.DataOutOfRange;
                }

                _cycles = number;
                return ScpiError.None;
            case VoltageCompliance:
                if (number < LeastComplianceVolts)
                {
                    return ScpiError.DataOutOfRange;
                }

                var error = channel.SetHighVolts(number);
                return (ScpiError)(int)(error == ChannelError.None ? channel.SetLowVolts(-number) : error);
            default:
                return ScpiError.UndefinedHeader;
        }
    }

    private ScpiError Answer(int path, SimulatedChannel channel, Reply reply)
    {
        switch (path)
        {
            case Output or OutputState:
                reply.Integer(channel.IsOn ? 1 : 0);
                break;
            case OffMode:
                reply.Text(Encoding.ASCII.GetBytes(_offMode));
                break;
            case Terminals:
                reply.Text(Encoding.ASCII.GetBytes(_terminals));
                break;
            case RemoteSense:
                reply.Integer(_isFourWire ? 1 : 0);
                break;
            case SourceFunction or SourceFunctionMode:
                reply.Text(channel.Function == OutputFunction.Current ? "CURR"u8 : "VOLT"u8);
                break;
            case SenseFunction:
                reply.Text("\"VOLT:DC\",\"CURR:DC\""u8);
                break;
            case SourceCurrent:
                Number(reply, channel.Amperes);
                break;
            case SourceVoltage:
                Number(reply, channel.Volts);
                break;
            case SourceRange:
                Number(reply, channel.RangeAmperes);
                break;
            case VoltageCompliance:
                Number(reply, channel.HighVolts);
                break;
            case CurrentCompliance:
                Number(reply, channel.CeilingAmperes);
                break;
            case CurrentCycles:
                Number(reply, _cycles);
                break;
            case VoltageComplianceTrip:
                reply.Integer(channel.IsInCompliance && channel.Function == OutputFunction.Current ? 1 : 0);
                break;
            case CurrentComplianceTrip:
                reply.Integer(channel.IsInCompliance && channel.Function == OutputFunction.Voltage ? 1 : 0);
                break;
            case Mnemonic.Read:
                return channel.IsOn ? Read(channel, reply) : ScpiError.NotPermittedWithOutputOff;
            default:
                return ScpiError.UndefinedHeader;
        }

        return ScpiError.None;
    }

    private ScpiError Read(SimulatedChannel channel, Reply reply)
    {
        channel.Measure(out var volts, out var amperes);
        var status = (channel.IsOn ? 1 : 0) | (channel.IsInCompliance ? 8 : 0) | 0x0C00;
        ReadOnlySpan<double> values = [volts, amperes, NotMeasured, _cycler.NowNanoseconds * 1e-9, status];
        var written = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (!_answers[i])
            {
                continue;
            }

            if (written++ > 0)
            {
                reply.Byte((byte)',');
            }

            Number(reply, values[i]);
        }

        return ScpiError.None;
    }

    private ScpiError Choose(string words)
    {
        var chosen = words.Split(',', StringSplitOptions.TrimEntries);
        if (chosen.Any(word => !s_elements.Contains(word)))
        {
            return ScpiError.DataType;
        }

        for (var i = 0; i < s_elements.Length; i++)
        {
            _answers[i] = chosen.Contains(s_elements[i]);
        }

        return ScpiError.None;
    }

    private static ScpiError Choose(ref string setting, string word, string[] allowed)
    {
        setting = allowed.Contains(word) ? word : setting;
        return allowed.Contains(word) ? ScpiError.None : ScpiError.DataType;
    }

    // Six decimals, as the instrument writes them.
    private static void Number(Reply reply, double value)
    {
        Span<byte> text = stackalloc byte[32];
        _ = Math.Abs(value).TryFormat(text, out var written, "0.000000E+00", CultureInfo.InvariantCulture);
        reply.Byte(value < 0 ? (byte)'-' : (byte)'+'); // Not by the format: a negative number that rounds to zero gets both signs there.
        reply.Text(text[..written]);
    }

    private static ScpiError Off(SimulatedChannel channel)
    {
        channel.SwitchOff();
        return ScpiError.None;
    }
}
