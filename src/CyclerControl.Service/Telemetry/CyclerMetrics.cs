using System.Diagnostics.Metrics;
using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Writing;
using CyclerControl.Service.Stations;

namespace CyclerControl.Service.Telemetry;

/// <summary>
/// What can be measured of a running service, under the meter <see cref="MeterName"/>. All but the detections is read from snapshots when
/// somebody collects it: nothing is added to the way of a sample.
/// </summary>
public sealed class CyclerMetrics : ILinkObserver, IDisposable
{
    public const string MeterName = "CyclerControl";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _detections;

    public CyclerMetrics() => _detections = _meter.CreateCounter<long>("cycler.detections", "{detection}", "Findings of the detector.");

    /// <summary>For listeners that want this service's and no other's.</summary>
    public Meter Meter => _meter;

    /// <summary>Begins to observe a station.</summary>
    public void Watch(StationHost station, RecorderHost recorders)
    {
        _meter.CreateObservableCounter("cycler.link.deadlines", () => Links(station, l => l.Timing.Lateness.Figures().Deadlines), "{deadline}", "Sample times that were served.");
        _meter.CreateObservableCounter("cycler.link.missed_deadlines", () => Links(station, l => l.Timing.Lateness.Figures().Missed), "{deadline}", "Sample times that passed unseen.");
        _meter.CreateObservableGauge("cycler.link.lateness.p50", () => Links(station, l => l.Timing.Lateness.Figures().P50Nanoseconds * 1e-9), "s", "Wake minus deadline, median.");
        _meter.CreateObservableGauge("cycler.link.lateness.p99", () => Links(station, l => l.Timing.Lateness.Figures().P99Nanoseconds * 1e-9), "s", "Wake minus deadline, 99 %.");
        _meter.CreateObservableGauge("cycler.link.lateness.max", () => Links(station, l => l.Timing.Lateness.Figures().MaxNanoseconds * 1e-9), "s", "Wake minus deadline, worst.");
        _meter.CreateObservableGauge("cycler.link.open", () => Links(station, l => l.Snapshot(l.Channels[0]).Link == LinkStatus.Open ? 1 : 0), "1", "1 while the instrument answers.");
        _meter.CreateObservableGauge("cycler.link.generation", () => Links(station, l => l.Generation), "1", "Loops of the link so far.");
        _meter.CreateObservableGauge("cycler.channel.samples", () => Channels(station, s => s.Samples), "{sample}", "Samples of the present or last run.");
        _meter.CreateObservableGauge("cycler.channel.queued_rows", () => Channels(station, s => s.Recorder.QueuedRows), "{row}", "Rows that are not durable yet.");
        _meter.CreateObservableGauge("cycler.channel.dropped_rows", () => Channels(station, s => s.Recorder.DroppedRows), "{row}", "Rows that were dropped because the queue was full.");
        _meter.CreateObservableGauge("cycler.channel.running", () => Channels(station, s => s.State == ChannelState.Running ? 1L : 0), "1", "1 while a run is executed.");
        _meter.CreateObservableGauge("cycler.recorder.commit.p99", () => recorders.Pace.CommitP99Nanoseconds * 1e-9, "s", "Write and fsync of a commit, 99 % of the last 256.");
        _meter.CreateObservableGauge("cycler.recorder.commit_interval", () => recorders.Pace.IntervalNanoseconds * 1e-9, "s", "Time between two commits of a run.");
    }

    public void Detected(ChannelId channel, DetectionEvent found) => _detections.Add(
        1,
        new KeyValuePair<string, object?>("channel", channel.ToString()),
        new KeyValuePair<string, object?>("kind", found.Kind.ToString()),
        new KeyValuePair<string, object?>("severity", found.Severity.ToString()));

    public void LinkOpened(string instrument, InstrumentIdentity identity)
    {
    }

    public void LinkClosed(string instrument, string reason)
    {
    }

    public void OpenAttemptFailed(string instrument, string reason)
    {
    }

    public void ChannelChanged(ChannelId channel, ChannelState state)
    {
    }

    public void Alarm(string place, string message)
    {
    }

    public void DeadlinesMissed(string instrument, long count)
    {
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<T>> Links<T>(StationHost station, Func<LinkHost, T> value)
        where T : struct => station.Links.Select(l => new Measurement<T>(value(l), new KeyValuePair<string, object?>("instrument", l.Name)));

    private static IEnumerable<Measurement<long>> Channels(StationHost station, Func<ChannelSnapshot, long> value) =>
        station.Links.SelectMany(l => l.Channels.Select(c => new Measurement<long>(value(l.Snapshot(c)), new KeyValuePair<string, object?>("channel", c.ToString()))));
}
