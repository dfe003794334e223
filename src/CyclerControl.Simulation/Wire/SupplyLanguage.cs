using System.Globalization;
using System.Text;
using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.Wire;

/// <summary>A one-channel source whose headers are a table. Not a model of the instrument's errors; off is high impedance, whatever was chosen.</summary>
internal sealed class SupplyLanguage(SimulatedCycler cycler, SupplyVocabulary vocabulary) : IScpiLanguage
{
    private readonly Dictionary<int, string> _kept = [];
    private bool _switchesOnWhenMeasuring = true;

    public void Identify(Reply reply) => reply.Text(Encoding.ASCII.GetBytes($"{vocabulary.Maker},{cycler.SerialNumber},{vocabulary.Firmware}"));

    public ScpiError Execute(in ScpiCommand command, Reply reply)
    {
        var channel = cycler.Touch(1);
        if (!vocabulary.Words.TryGetValue(command.Path, out var word))
        {
            return ScpiError.UndefinedHeader;
        }

        if (command.IsQuery)
        {
            Answer(word, command.Path, channel, reply);
            return ScpiError.None;
        }

        cycler.Truth?.Text(cycler.NowNanoseconds, 1, "command", Encoding.ASCII.GetString(command.Text));
        return command.Parameters.IsEmpty && word != SupplyWord.Kept ? ScpiError.MissingParameter : Set(word, command, channel);
    }

    private ScpiError Set(SupplyWord word, in ScpiCommand command, SimulatedChannel channel)
    {
        var value = command.Parameters;
        switch (word)
        {
            case SupplyWord.Output:
                var error = Parameter.Switch(value, out var on);
                return error != ScpiError.None ? error : on ? (ScpiError)(int)channel.SwitchOn() : Off(channel);
            case SupplyWord.AutomaticOn:
                error = Parameter.Switch(value, out on);
                _switchesOnWhenMeasuring = error == ScpiError.None ? on : _switchesOnWhenMeasuring;
                return error;
            case SupplyWord.Function:
                return Parameter.Is(value, "CURR"u8) || Parameter.Is(value, "CURRENT"u8) ? (ScpiError)(int)channel.SetFunction(OutputFunction.Current)
                    : Parameter.Is(value, "VOLT"u8) || Parameter.Is(value, "VOLTAGE"u8) ? (ScpiError)(int)channel.SetFunction(OutputFunction.Voltage)
                    : ScpiError.DataType;
            case SupplyWord.Kept:
                _kept[command.Path] = value.IsEmpty || Parameter.Is(value, "ON"u8) ? "1" : Parameter.Is(value, "OFF"u8) ? "0" : Encoding.ASCII.GetString(value).ToUpperInvariant();
                return ScpiError.None;
            case SupplyWord.Measure or SupplyWord.MeasureVoltage or SupplyWord.MeasureCurrent:
                return ScpiError.UndefinedHeader;
            default:
                error = Parameter.Number(value, out var number);
                return error != ScpiError.None ? error : (ScpiError)(int)SetNumber(word, number, channel);
        }
    }

    private static ChannelError SetNumber(SupplyWord word, double number, SimulatedChannel channel)
    {
        switch (word)
        {
            case SupplyWord.Current:
                return channel.SetCurrent(number);
            case SupplyWord.Voltage:
                return channel.SetVolts(number);
            case SupplyWord.Range:
                return channel.SetRange(number);
            case SupplyWord.Ceiling:
                return channel.SetCeiling(number);
            case SupplyWord.CeilingNegative:
                return channel.SetCeiling(-number);
            case SupplyWord.LimitHigh:
                return channel.SetHighVolts(number);
            case SupplyWord.LimitLow:
                return channel.SetLowVolts(number);
            default:
                var error = number > 0 ? channel.SetHighVolts(number) : ChannelError.DataOutOfRange;
                return error == ChannelError.None ? channel.SetLowVolts(-number) : error;
        }
    }

    private void Answer(SupplyWord word, int path, SimulatedChannel channel, Reply reply)
    {
        switch (word)
        {
            case SupplyWord.Output:
                reply.Integer(channel.IsOn ? 1 : 0);
                break;
            case SupplyWord.AutomaticOn:
                reply.Integer(_switchesOnWhenMeasuring ? 1 : 0);
                break;
            case SupplyWord.Function:
                var isCurrent = channel.Function == OutputFunction.Current;
                reply.Text(vocabulary.FunctionIsNumber ? (isCurrent ? "1"u8 : "0"u8) : (isCurrent ? "CURR"u8 : "VOLT"u8));
                break;
            case SupplyWord.Kept:
                reply.Text(Encoding.ASCII.GetBytes(_kept.GetValueOrDefault(path, "0")));
                break;
            case SupplyWord.Measure or SupplyWord.MeasureVoltage or SupplyWord.MeasureCurrent:
                Measure(word, channel, reply);
                break;
            default:
                Number(reply, word switch
                {
                    SupplyWord.Current => channel.Amperes,
                    SupplyWord.Voltage => channel.Volts,
                    SupplyWord.Range => channel.RangeAmperes,
                    SupplyWord.Ceiling => channel.CeilingAmperes,
                    SupplyWord.CeilingNegative => -channel.CeilingAmperes,
                    SupplyWord.LimitLow => channel.LowVolts,
                    _ => channel.HighVolts,
                });
                break;
        }
    }

    private void Measure(SupplyWord word, SimulatedChannel channel, Reply reply)
    {
        if (word == SupplyWord.Measure && _switchesOnWhenMeasuring && !channel.IsOn)
        {
            _ = channel.SwitchOn();
        }

        channel.Measure(out var volts, out var amperes);
        if (word != SupplyWord.MeasureCurrent)
        {
            Number(reply, volts);
        }

        if (word == SupplyWord.Measure)
        {
            reply.Byte((byte)',');
        }

        if (word != SupplyWord.MeasureVoltage)
        {
            Number(reply, amperes);
        }
    }

    // Six decimals.
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
