using CyclerControl.Acquisition.Runners;
using CyclerControl.Client.Channels;
using CyclerControl.Core.Channels;
using CyclerControl.Service.Runs;
using CyclerControl.Service.Stations;

namespace CyclerControl.Service.Channels;

/// <summary>Channels as people see them: snapshots of the links, with what is known of their runs. Disturbs no sampling.</summary>
public sealed class ChannelViews(StationHost station, RunBoard board, ChannelQueues queues)
{
    public IReadOnlyList<ChannelStatus> All => [.. station.Station.Channels.Select(Of)];

    /// <exception cref="InvalidOperationException">Not a channel of the station.</exception>
    public ChannelStatus Of(ChannelId channel)
    {
        var waiting = Waiting(channel);
        var run = board.Of(channel);
        var snapshot = station.LinkOf(channel).Snapshot(channel);
        return new ChannelStatus
        {
            Channel = channel.ToString(),
            State = Word(snapshot.State),
            Link = Word(snapshot.Link),
            Output = snapshot.Output == OutputState.NotOurs ? "not_ours" : Word(snapshot.Output),
            RunId = run?.Session.RunId,
            Protocol = run?.Protocol,
            CellId = run?.CellId,
            Operator = run?.Operator,
            StepPath = snapshot.Step?.Path,
            Step = StepWords(snapshot),
            Cycle = snapshot.Cycle,
            HalfCycle = snapshot.HalfCycle,
            Volts = snapshot.ReadAtNanoseconds is null ? null : snapshot.Volts,
            Amperes = snapshot.ReadAtNanoseconds is null ? null : snapshot.Amperes,
            Celsius = snapshot.Celsius,
            AgeSeconds = snapshot.ReadAtNanoseconds is { } at ? Math.Max(0, station.Station.Clock.NowNanoseconds - at) * 1e-9 : null,
            TestTimeSeconds = snapshot.TestTimeNanoseconds * 1e-9,
            StepTimeSeconds = snapshot.StepTimeNanoseconds * 1e-9,
            ChargingAmpHours = snapshot.Totals.ChargingAmpHours,
            DischargingAmpHours = snapshot.Totals.DischargingAmpHours,
            Detection = snapshot.Arming.Explanation,
            LastDetection = snapshot.LastDetection?.Explanation,
            Message = snapshot.Message,
            Samples = snapshot.Samples,
            DurableSeq = snapshot.Recorder.DurableRows,
            QueuedRows = snapshot.Recorder.QueuedRows,
            DroppedRows = snapshot.Recorder.DroppedRows,
            MissedDeadlines = snapshot.MissedDeadlines,
            InvalidReadings = snapshot.InvalidReadings,
            Queued = waiting.Count,
            AwaitsCell = waiting.Count > 0 && !waiting[0].MayFollow,
        };
    }

    /// <summary>What is still to come, without the order that the present run carries out.</summary>
    public IReadOnlyList<QueuedOrder> Waiting(ChannelId channel)
    {
        // An order leaves the queue after its run has come onto the board: whoever looks here first sees it at least once, and below at most once.
        var orders = queues.Of(channel);
        var running = board.Of(channel)?.Order?.Id;
        return running is null ? orders : [.. orders.Where(o => o.Id != running || o.Refusal is not null)];
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string? StepWords(in ChannelSnapshot snapshot) =>
        snapshot.Step is { } step ? step.Name is null ? step.Verb : $"{step.Verb} ({step.Name})" : null;
}
