using System.Collections.Concurrent;
using CyclerControl.Acquisition.Links;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Service.Stations;

/// <summary>Remembers who answers behind each link, and why one does not. Written by link threads, read by anybody.</summary>
public sealed class StationWatch : ILinkObserver
{
    private readonly ConcurrentDictionary<string, InstrumentIdentity> _identities = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _problems = new(StringComparer.Ordinal);

    /// <summary>Null before anybody has answered.</summary>
    public InstrumentIdentity? IdentityOf(string instrument) => _identities.GetValueOrDefault(instrument);

    /// <summary>Null while the link stands.</summary>
    public string? ProblemOf(string instrument) => _problems.GetValueOrDefault(instrument);

    public void LinkOpened(string instrument, InstrumentIdentity identity)
    {
        _identities[instrument] = identity;
        _problems.TryRemove(instrument, out _);
    }

    public void LinkClosed(string instrument, string reason) => _problems[instrument] = reason;

    public void OpenAttemptFailed(string instrument, string reason) => _problems[instrument] = reason;

    public void ChannelChanged(ChannelId channel, ChannelState state)
    {
    }

    public void Alarm(string place, string message)
    {
    }

    public void DeadlinesMissed(string instrument, long count)
    {
    }
}
