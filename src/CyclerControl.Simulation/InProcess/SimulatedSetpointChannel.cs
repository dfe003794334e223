using CyclerControl.Core.Channels;
using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.InProcess;

internal sealed class SimulatedSetpointChannel : ISetpointChannel
{
    private readonly SimulatedCycler _cycler;
    private readonly int _number;

    public SimulatedSetpointChannel(SimulatedCycler cycler, int number, string instrument, ChannelCapabilities capabilities)
    {
        _cycler = cycler;
        _number = number;
        Id = new ChannelId(instrument, number);
        Capabilities = capabilities;
    }

    public ChannelId Id { get; }

    public ChannelCapabilities Capabilities { get; }

    public static Reading Read(SimulatedCycler cycler, int number)
    {
        var now = cycler.NowNanoseconds;
        cycler.Touch(number).Measure(out var volts, out var amperes);
        return new Reading(now, volts, amperes, null, ReadingQuality.Valid);
    }

    /// <summary>A trip of the last run is acknowledged by the start of this one.</summary>
    public void Prepare()
    {
        lock (_cycler.Gate)
        {
            var channel = _cycler.Touch(_number);
            channel.ClearTrip();
            channel.IsPrepared = true;
        }
    }

    public void Apply(in Setpoint setpoint)
    {
        lock (_cycler.Gate)
        {
            var channel = _cycler.Touch(_number);
            if (setpoint.Mode == OutputMode.Rest)
            {
                channel.SwitchOff();
                return;
            }

            // Wide open first, so that no order of new levels and old limits is a conflict; no time passes in between.
            channel.SetLowVolts(Capabilities.MinVolts);
            channel.SetHighVolts(Capabilities.MaxVolts);
            if (setpoint.Mode == OutputMode.Current)
            {
                Level(channel, setpoint.Amperes, setpoint.MaxAmperes);
                Check(channel.SetFunction(OutputFunction.Current), "current mode", 0);
            }
            else
            {
                var ceiling = setpoint.MaxAmperes ?? Capabilities.MaxAmperes;
                Check(channel.SetVolts(setpoint.Volts), "voltage", setpoint.Volts);
                Check(channel.SetCeiling(ceiling), "current ceiling", ceiling);
                Check(channel.SetFunction(OutputFunction.Voltage), "voltage mode", 0);
                Level(channel, 0, ceiling);
            }

            Check(channel.SetLowVolts(setpoint.MinVolts ?? Capabilities.MinVolts), "lower voltage limit", setpoint.MinVolts ?? Capabilities.MinVolts);
            Check(channel.SetHighVolts(setpoint.MaxVolts ?? Capabilities.MaxVolts), "upper voltage limit", setpoint.MaxVolts ?? Capabilities.MaxVolts);
            Check(channel.SwitchOn(), "output on", 1);
        }
    }

    public Reading Read()
    {
        lock (_cycler.Gate)
        {
            return Read(_cycler, _number);
        }
    }

    public void OutputOff()
    {
        lock (_cycler.Gate)
        {
            _cycler.Touch(_number).SwitchOff();
        }
    }

    public void Release()
    {
        lock (_cycler.Gate)
        {
            var channel = _cycler.Touch(_number);
            channel.SwitchOff();
            channel.IsPrepared = false;
        }
    }

    /// <summary>Through the range that holds the old and the new level to the one that holds the new.</summary>
    private void Level(SimulatedChannel channel, double amperes, double? rangeAmperes)
    {
        var wanted = Math.Max(Math.Abs(amperes), rangeAmperes ?? 0);
        Check(channel.SetRange(Math.Max(wanted, Math.Abs(channel.Amperes))), "current range", wanted);
        Check(channel.SetCurrent(amperes), "current", amperes);
        Check(channel.SetRange(wanted), "current range", wanted);
    }

    private void Check(ChannelError error, string what, double value)
    {
        if (error != ChannelError.None)
        {
            throw new InstrumentErrorException(FormattableString.Invariant(
                $"{Id}: {what} {value:G6} refused: {(error == ChannelError.DataOutOfRange ? "out of range" : "conflicts with other settings")}"))
            {
                Instrument = Id.Instrument,
                Channel = Id,
            };
        }
    }
}
