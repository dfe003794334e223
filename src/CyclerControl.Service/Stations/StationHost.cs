using CyclerControl.Acquisition.Links;
using CyclerControl.Core.Channels;
using CyclerControl.Service.Locks;
using Microsoft.Extensions.Hosting;

namespace CyclerControl.Service.Stations;

/// <summary>Owns the link threads of the station, from the start of the host to its end; the end switches outputs off.</summary>
public sealed class StationHost(StationLinks station, ILinkObserver observer, TimeProvider time, LatchBook? latches = null) : IHostedService
{
    /// <summary>On a virtual clock link and simulator take turns: on one processor a turn costs no wake-up of another.</summary>
    public const int VirtualClockProcessor = 0;

    private readonly Dictionary<string, LinkHost> _hosts = new(StringComparer.Ordinal);
    private InstrumentLocks? _locks;

    public StationLinks Station => station;

    /// <summary>The link of a channel of this station.</summary>
    /// <exception cref="InvalidOperationException">No such instrument, or the host has not started.</exception>
    public LinkHost LinkOf(ChannelId channel) => _hosts.TryGetValue(channel.Instrument, out var host)
        ? host
        : throw new InvalidOperationException($"{channel}: the station '{station.Name}' has no open instrument '{channel.Instrument}'");

    /// <summary>Takes the instruments for this process, and opens them.</summary>
    /// <exception cref="HeldElsewhereException">Another process has one of them: none was opened.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _locks = InstrumentLocks.Take(station.Instruments.Select(i => i.Link), time, station.LocksFolder);
        var processor = station.Clock.Kind == ClockKind.Virtual ? (int?)VirtualClockProcessor : null;
        for (var i = 0; i < station.Instruments.Length; i++)
        {
            var link = station.Instruments[i].Link;
            var options = new LinkOptions { Index = i, Count = station.Instruments.Length, Processor = processor, RealTime = station.RealTime };
            var host = new LinkHost(link, station.Clock, options, observer);
            _hosts.Add(link.Address.Name, host);
            host.Start(latches is null ? null : latches.Of);
        }

        return Task.CompletedTask;
    }

    /// <summary>All links, in the order of the station file.</summary>
    public IReadOnlyList<LinkHost> Links => [.. station.Instruments.Select(i => _hosts.GetValueOrDefault(i.Link.Address.Name)).OfType<LinkHost>()];

    /// <summary>Outputs off and confirmed, links closed. What was known of the channels stays readable.</summary>
    public Task ShutDownAsync() => Task.WhenAll(_hosts.Values.Select(h => h.StopAsync()));

    /// <summary>Outputs off and confirmed, links closed, instruments given up.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_hosts.Values.Select(h => h.DisposeAsync().AsTask()));
        _hosts.Clear();
        _locks?.Dispose();
        _locks = null;
    }
}
