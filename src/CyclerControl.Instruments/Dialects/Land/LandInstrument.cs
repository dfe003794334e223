using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Profiles;

namespace CyclerControl.Instruments.Dialects.Land;

/// <summary>A folder of files that the LAND software writes. Nothing is written when it is opened, and nothing ever after.</summary>
internal sealed class LandInstrument : IInstrument
{
    private readonly LandShelf _shelf;
    private readonly LandChannel[] _channels;

    public LandInstrument(string name, HardwareProfile profile, LandSettings settings, LandShelf shelf, IClock clock)
    {
        Name = name;
        Identity = new InstrumentIdentity("LAND", "files", shelf.Path, null);
        _shelf = shelf;
        _channels = [.. profile.ChannelNumbers.Select(number => new LandChannel(new ChannelId(name, number), profile.Capabilities, settings, shelf, clock))];
    }

    public string Name { get; }

    /// <summary>Of the folder: who wrote into it cannot be asked.</summary>
    public InstrumentIdentity Identity { get; }

    public IReadOnlyList<IInstrumentChannel> Channels => _channels;

    public bool Initialize(InstrumentIdentity? expected)
    {
        KeepAlive();
        return false;
    }

    /// <summary>Nothing: its channels are not ours.</summary>
    public void SafeState()
    {
    }

    public void KeepAlive()
    {
        if (_shelf.Obstacle is { } obstacle)
        {
            throw new LinkFaultException($"{Name}: {obstacle}") { Instrument = Name };
        }
    }

    public bool TryReadAll(ReadOnlySpan<int> channels, Span<Reading> readings) => false;

    public IReadOnlyList<string> LastExchanges() => [];

    public void Dispose()
    {
    }
}
