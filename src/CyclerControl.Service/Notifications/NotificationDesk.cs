using System.Collections.Concurrent;
using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Runners;
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

    /// <summary>Channels that have latched, until the alarm that says why: it follows on the same thread.</summary>
    private readonly ConcurrentDictionary<string, string> _latched = new(StringComparer.Ordinal);

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
            _latched[channel.ToString()] = state == ChannelState.Tripped ? "trip" : "fault";
        }
    }

    public void Detected(ChannelId channel, DetectionEvent found)
    {
        if (found.Severity is DetectionSeverity.Suspect or DetectionSeverity.Abort)
        {
            Tell("detection", channel.ToString(), $"{found.Kind} ({found.Severity}): {found.Explanation}");
        }
    }

    /// <summary>One trip is one message: what happened, and what it means.</summary>
    public void Alarm(string place, string message)
    {
        if (_latched.TryRemove(place, out var kind))
        {
            Tell(kind, place, $"{message.TrimEnd('.')}. The channel takes no run before somebody has acknowledged it");
        }
        else
        {
            Tell("alarm", place, message);
        }
    }

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
        else if (conclusion.Refusal is null)
        {
            Tell("run_left_open", run.Channel.ToString(), $"Run {run.Session.RunId} ({run.Protocol}): the service is shutting down. {Left(run.Session.Snapshot().Output)}");
        }
    }

    private static string Left(OutputState output) => output switch
    {
        OutputState.Off => "Output off; it goes on when the service is back in time",
        OutputState.Unconfirmed => "OUTPUT UNCONFIRMED; it goes on when the service is back in time",
        _ => "The instrument goes on by itself, under its own limits; the run is taken up when the service is back",
    };

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
