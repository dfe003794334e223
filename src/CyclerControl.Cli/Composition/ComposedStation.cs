using CyclerControl.Cli.CommandLine;
using CyclerControl.Core.Channels;
using CyclerControl.Service.Stations;

namespace CyclerControl.Cli.Composition;

/// <summary>A station with everything that this process had to start for it (the demo's server).</summary>
internal sealed class ComposedStation(StationLinks links, IReadOnlyList<IDisposable> started) : IDisposable
{
    public StationLinks Links => links;

    /// <summary>The instrument behind a channel name.</summary>
    /// <exception cref="InputException">No such channel.</exception>
    public (ChannelId Channel, StationInstrument Instrument) Find(string text)
    {
        if (!ChannelId.TryParse(text, out var channel))
        {
            throw new InputException($"--channel: '{text}' is no channel; write instrument/number, for example {links.Channels.First()}");
        }

        return links.InstrumentOf(channel) is { } instrument
            ? (channel, instrument)
            : throw new InputException($"--channel: '{text}' does not exist in station '{links.Name}'; it has {string.Join(", ", links.Channels)}");
    }

    public void Dispose()
    {
        foreach (var part in started.Reverse())
        {
            part.Dispose();
        }
    }
}
