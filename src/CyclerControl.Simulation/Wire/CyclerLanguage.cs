using System.Text;
using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.Wire;

/// <summary>The language of the simulated 8-channel cycler. Every command but the common ones names its channels: <c>(@1)</c>, <c>(@1:8)</c>.</summary>
internal sealed class CyclerLanguage : IScpiLanguage
{
    private const int Output = Mnemonic.Output;
    private const int OutputState = Mnemonic.Output | (Mnemonic.State << 6);
    private const int Function = Mnemonic.Function;
    private const int Current = Mnemonic.Current;
    private const int CurrentCeiling = Mnemonic.Current | (Mnemonic.Limit << 6);
    private const int CurrentRange = Mnemonic.Current | (Mnemonic.Range << 6);
    private const int Voltage = Mnemonic.Voltage;
    private const int VoltageHigh = Mnemonic.Voltage | (Mnemonic.Limit << 6) | (Mnemonic.High << 12);
    private const int VoltageLow = Mnemonic.Voltage | (Mnemonic.Limit << 6) | (Mnemonic.Low << 12);
    private const int Measure = Mnemonic.Measure;
    private const int Protection = Mnemonic.Output | (Mnemonic.Protection << 6);
    private const int Watchdog = Protection | (Mnemonic.Watchdog << 12);
    private const int WatchdogDelay = Watchdog | (Mnemonic.Delay << 18);
    private const int Trip = Protection | (Mnemonic.Trip << 12);
    private const int ClearTrip = Protection | (Mnemonic.Clear << 12);

    private readonly SimulatedCycler _cycler;
    private readonly byte[] _identity;
    private readonly CyclerTrace _trace = new();
    private readonly int[] _channels = new int[Parameter.MaxChannels];

    public CyclerLanguage(SimulatedCycler cycler, string kind = "CYCLERCONTROL,SIM-CYCLER-8")
    {
        _cycler = cycler;
        _identity = Encoding.ASCII.GetBytes($"{kind},{cycler.SerialNumber},1.0");
    }

    public void Identify(Reply reply) => reply.Text(_identity);

    public ScpiError Execute(in ScpiCommand command, Reply reply)
    {
        // "SOUR:" in front of a setting is optional, as in SCPI.
        var path = Header.First(command.Path) == Mnemonic.Source ? Header.Tail(command.Path) : command.Path;
        if (_trace.Common(command, reply) is { } answered)
        {
            return answered;
        }

        var isTrace = CyclerTrace.IsKnown(path, command.IsQuery);
        if (!isTrace && !IsKnown(path, command.IsQuery))
        {
            return ScpiError.UndefinedHeader;
        }

        var error = Parameter.ChannelList(command.Parameters, _channels, _cycler.Channels.Length, out var value, out var count);
        if (error != ScpiError.None)
        {
            return error;
        }

        for (var i = 0; i < count; i++)
        {
            var channel = _cycler.Touch(_channels[i]);
            if (command.IsQuery)
            {
                if (i > 0)
                {
                    reply.Byte(path == Measure ? (byte)';' : (byte)',');
                }

                if (isTrace)
                {
                    _trace.Answer(path, channel, reply);
                }
                else
                {
                    Answer(path, channel, reply);
                }

                continue;
            }

            _cycler.Truth?.Text(_cycler.NowNanoseconds, channel.Number, "command", Encoding.ASCII.GetString(command.Text));
            error = isTrace ? CyclerTrace.Set(path, channel, value) : Set(path, channel, value);
            if (error != ScpiError.None)
            {
                return error;
            }
        }

        return ScpiError.None;
    }

    private static bool IsKnown(int path, bool isQuery) => path switch
    {
        Measure or Trip => isQuery,
        ClearTrip => !isQuery,
        Output or OutputState or Function or Current or CurrentCeiling or CurrentRange or Voltage or VoltageHigh or VoltageLow
            or Watchdog or WatchdogDelay => true,
        _ => false,
    };

    private static void Answer(int path, SimulatedChannel channel, Reply reply)
    {
        switch (path)
        {
            case Measure:
                channel.Measure(out var volts, out var amperes);
                reply.Number(volts);
                reply.Byte((byte)',');
                reply.Number(amperes);
                break;
            case Output or OutputState:
                reply.Integer(channel.IsOn ? 1 : 0);
                break;
            case Function:
                reply.Text(channel.Function == OutputFunction.Current ? "CURR"u8 : "VOLT"u8);
                break;
            case Watchdog:
                reply.Integer(channel.IsWatchdogArmed ? 1 : 0);
                break;
            case Trip:
                reply.Integer((int)channel.Trip);
                break;
            default:
                reply.Number(path switch
                {
                    Current => channel.Amperes,
                    CurrentCeiling => channel.CeilingAmperes,
                    CurrentRange => channel.RangeAmperes,
                    Voltage => channel.Volts,
                    VoltageHigh => channel.HighVolts,
                    VoltageLow => channel.LowVolts,
                    _ => channel.WatchdogSeconds,
                });
                break;
        }
    }

    private static ScpiError Set(int path, SimulatedChannel channel, ReadOnlySpan<byte> value)
    {
        switch (path)
        {
            case ClearTrip:
                channel.ClearTrip();
                return ScpiError.None;
            case Function:
                return value.IsEmpty ? ScpiError.MissingParameter
                    : Parameter.Is(value, "CURR"u8) || Parameter.Is(value, "CURRENT"u8) ? Error(channel.SetFunction(OutputFunction.Current))
                    : Parameter.Is(value, "VOLT"u8) || Parameter.Is(value, "VOLTAGE"u8) ? Error(channel.SetFunction(OutputFunction.Voltage))
                    : ScpiError.DataType;
            case Output or OutputState or Watchdog:
                return Switch(path, channel, value);
            default:
                var error = Parameter.Number(value, out var number);
                return error != ScpiError.None ? error : Error(Number(path, channel, number));
        }
    }

    private static ScpiError Switch(int path, SimulatedChannel channel, ReadOnlySpan<byte> value)
    {
        var error = Parameter.Switch(value, out var on);
        if (error != ScpiError.None)
        {
            return error;
        }

        if (path == Watchdog)
        {
            channel.ArmWatchdog(on);
            return ScpiError.None;
        }

        if (on)
        {
            return Error(channel.SwitchOn());
        }

        channel.SwitchOff();
        return ScpiError.None;
    }

    private static ChannelError Number(int path, SimulatedChannel channel, double number) => path switch
    {
        Current => channel.SetCurrent(number),
        CurrentCeiling => channel.SetCeiling(number),
        CurrentRange => channel.SetRange(number),
        Voltage => channel.SetVolts(number),
        VoltageHigh => channel.SetHighVolts(number),
        VoltageLow => channel.SetLowVolts(number),
        _ => channel.SetWatchdogDelay(number),
    };

    private static ScpiError Error(ChannelError error) => (ScpiError)(int)error;
}
