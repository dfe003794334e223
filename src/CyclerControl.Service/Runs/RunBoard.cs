using System.Collections.Concurrent;
using CyclerControl.Core.Channels;
using CyclerControl.Service.Channels;

namespace CyclerControl.Service.Runs;

/// <summary>What stands on each channel: the present run, or the last one since the service started. Any thread.</summary>
public sealed class RunBoard
{
    private readonly ConcurrentDictionary<ChannelId, BoardedRun> _runs = new();

    /// <summary>Null when nothing has run on the channel since the service started.</summary>
    public BoardedRun? Of(ChannelId channel) => _runs.GetValueOrDefault(channel);

    public IEnumerable<BoardedRun> All => _runs.Values;

    public void Put(BoardedRun run) => _runs[run.Channel] = run;
}

/// <summary>One run on the board.</summary>
/// <param name="Protocol">Name of the protocol.</param>
/// <param name="CellId">Null where nobody named the cell.</param>
public sealed record BoardedRun(ChannelId Channel, RunSession Session, string Protocol, string? CellId, string? Operator)
{
    /// <summary>The order of the queue that the run carries out; null where somebody started it directly.</summary>
    public QueuedOrder? Order { get; init; }
}
