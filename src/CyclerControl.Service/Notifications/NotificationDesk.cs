using System.Collections.Concurrent;
using CyclerControl.Acquisition.Links;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;
using CyclerControl.Service.Runs;

namespace CyclerControl.Service.Notifications;

/// <summary>Decides what is worth a notification. Called by link threads: it only puts messages into queues.</summary>
public sealed class NotificationDesk(IReadOnlyList<NotificationLane> lanes, TimeProvider time) : ILinkObserver
{
    private const int LongestText = 2000;

    private readonly ConcurrentDictionary<string, bool> _away = new(StringComparer.Ordinal);

    public IReadOnlyList<NotificationLane> Lanes { get; } = lanes;

    public void LinkOpened(string instrument, InstrumentIdentity identity)
    {
        if (_away.TryRemove(instrument, out _))
        {
            Tell("link_back", instrument, $"The link is open again: {identity}");
        }
    }

    public void LinkClosed(string instrument, string reason) => Lost(instrument, reason);

    public void OpenAttemptFailed(string instrument, string reason) => Lost(instrument, reason);

    public void ChannelChanged(ChannelId channel, ChannelState state)
    {
        if (state is ChannelState.Tripped or ChannelState.Faulted)
        {
            Tell(state == ChannelState.Tripped ? "trip" : "fault", channel.ToString(), "The channel takes no run before somebody has acknowledged it");
        }
    }

    public void Detected(ChannelId channel, DetectionEvent found)
    {
        if (found.Severity is DetectionSeverity.Suspect or DetectionSeverity.Abort)
        {
            Tell("detection", channel.ToString(), $"{found.Kind} ({found.Severity}): {found.Explanation}");
        }
    }

    public void Alarm(string place, string message) => Tell("alarm", place, message);

    public void DeadlinesMissed(string instrument, long count)
    {
    }

    /// <summary>A run has ended.</summary>
    public void Finished(BoardedRun run, RunConclusion conclusion)
    {
        if (conclusion.Ending is { } ending)
        {
            var recording = conclusion.RecordingFailure is { } failure ? $"; recording: {failure}" : "";
            Tell("run_finished", run.Channel.ToString(), $"Run {run.Session.RunId} ({run.Protocol}{(run.CellId is { } cell ? ", cell " + cell : "")}): {ending.Outcome}: {ending.Reason}{recording}");
        }
    }

    public void Tell(string kind, string place, string text)
    {
        var notification = new Notification(kind, place, text.Length > LongestText ? text[..LongestText] : text, time.GetUtcNow());
        foreach (var lane in Lanes)
        {
            lane.Post(notification);
        }
    }

    private void Lost(string instrument, string reason)
    {
        if (_away.TryAdd(instrument, true))
        {
            Tell("link_lost", instrument, reason);
        }
    }
}
