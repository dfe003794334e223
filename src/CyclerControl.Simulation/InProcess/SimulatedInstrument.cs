using CyclerControl.Core.Channels;
using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.InProcess;

/// <summary>Simulated channels driven by calls instead of messages.</summary>
internal sealed class SimulatedInstrument : IInstrument
{
    private readonly SimulatedCycler _cycler;

    public SimulatedInstrument(SimulatedInstrumentLink link)
    {
        _cycler = link.Cycler;
        Name = link.Address.Name;
        Channels = [.. _cycler.Channels.Select(channel => new SimulatedSetpointChannel(_cycler, channel.Number, Name, link.Capabilities))];
    }

    public string Name { get; }

    public InstrumentIdentity Identity => new("CYCLERCONTROL", "SIMULATED-8CH", _cycler.SerialNumber, "1.0");

    public IReadOnlyList<ISetpointChannel> Channels { get; }

    IReadOnlyList<IInstrumentChannel> IInstrument.Channels => Channels;

    public bool Initialize(InstrumentIdentity? expected)
    {
        if (expected is not null && expected != Identity)
        {
            throw new WrongInstrumentException($"{Name}: expected {expected}, found {Identity}") { Instrument = Name };
        }

        lock (_cycler.Gate)
        {
            SafeState();
            return _cycler.ReadPowerOn();
        }
    }

    public void SafeState()
    {
        lock (_cycler.Gate)
        {
            foreach (var channel in _cycler.Channels)
            {
                _cycler.Touch(channel.Number).SwitchOff();
            }
        }
    }

    public void KeepAlive()
    {
        lock (_cycler.Gate)
        {
            foreach (var channel in _cycler.Channels)
            {
                _cycler.Touch(channel.Number);
            }
        }
    }

    public bool TryReadAll(ReadOnlySpan<int> channels, Span<Reading> readings)
    {
        lock (_cycler.Gate)
        {
            for (var i = 0; i < channels.Length; i++)
            {
                readings[i] = SimulatedSetpointChannel.Read(_cycler, channels[i]);
            }
        }

        return true;
    }

    public IReadOnlyList<string> LastExchanges() => [];

    public void Dispose()
    {
        // The cells belong to the link: a closed connection leaves the outputs as they are, as a pulled cable does.
    }
}
