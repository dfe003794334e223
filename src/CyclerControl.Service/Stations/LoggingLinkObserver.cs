using System.Collections.Concurrent;
using CyclerControl.Acquisition.Links;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;
using Microsoft.Extensions.Logging;

namespace CyclerControl.Service.Stations;

/// <summary>What happens on the links goes into the log.</summary>
public sealed class LoggingLinkObserver(ILogger<LoggingLinkObserver> logger) : ILinkObserver
{
    private readonly ConcurrentDictionary<string, bool> _lost = new(StringComparer.Ordinal);

    public void LinkOpened(string instrument, InstrumentIdentity identity)
    {
        // Whoever was told of the loss is told of the end of it.
        var level = _lost.TryRemove(instrument, out _) ? LogLevel.Warning : LogLevel.Information;
        logger.Log(level, "{Instrument}: open, {Identity}", instrument, identity);
    }

    public void LinkClosed(string instrument, string reason)
    {
        _lost[instrument] = true;
        logger.LogWarning("{Instrument}: link closed: {Reason}", instrument, reason);
    }

    public void OpenAttemptFailed(string instrument, string reason) =>
        logger.LogInformation("{Instrument}: cannot be opened: {Reason}", instrument, reason);

    public void ChannelChanged(ChannelId channel, ChannelState state) => logger.LogInformation("{Channel}: {State}", channel, state);

    public void Detected(ChannelId channel, DetectionEvent found) =>
        logger.LogWarning("{Channel}: {Kind} ({Severity}): {Explanation}", channel, found.Kind, found.Severity, found.Explanation);

    public void Alarm(string place, string message) => logger.LogWarning("{Place}: {Message}", place, message);

    public void DeadlinesMissed(string instrument, long count) =>
        logger.LogInformation("{Instrument}: {Count} deadlines missed", instrument, count);
}
