using System.Collections.Concurrent;
using CyclerControl.Client.Channels;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Service.Answers;
using CyclerControl.Service.Runs;
using CyclerControl.Service.Stations;
using Microsoft.Extensions.Logging;

namespace CyclerControl.Service.Channels;

/// <summary>
/// Starts what waits: on the same cell as soon as the run before it has ended as planned, on a new cell when an operator has said that it
/// is in. After a short, a trip or a stop nothing follows by itself.
/// </summary>
public sealed class QueueRunner : IDisposable
{
    private readonly StationHost _station;
    private readonly ChannelQueues _queues;
    private readonly ChannelStarter _starter;
    private readonly ILogger<QueueRunner> _logger;
    private readonly ConcurrentDictionary<ChannelId, SemaphoreSlim> _turns = new();
    private volatile bool _isClosed;

    public QueueRunner(StationHost station, ChannelQueues queues, ChannelStarter starter, RunFollowUp followUp, ILogger<QueueRunner> logger)
    {
        _station = station;
        _queues = queues;
        _starter = starter;
        _logger = logger;
        followUp.Listen(OnEnded);
    }

    public Answer<QueueEntry> Add(ChannelId channel, QueueRequest request)
    {
        if (_station.Station.InstrumentOf(channel) is null)
        {
            return ChannelWishes.Unknown(_station, channel);
        }

        return _queues.Add(channel, request) is { } order
            ? order.View()
            : new Refusal(RefusalKind.Conflict, $"{channel}: {ChannelQueues.MostOrders} orders wait already; remove one first");
    }

    /// <summary>The operator says that the cell of the next order is in the channel.</summary>
    public async Task<Answer<StartAnswer>> ConfirmAsync(ChannelId channel)
    {
        if (_station.Station.InstrumentOf(channel) is null)
        {
            return ChannelWishes.Unknown(_station, channel);
        }

        var state = _station.LinkOf(channel).Snapshot(channel).State;
        if (HoldsRun(state))
        {
            return new Refusal(RefusalKind.Conflict, $"channel {channel} is {state}: its cell cannot have been changed; confirm when its run has ended");
        }

        if (_queues.Next(channel) is not { } order)
        {
            return new Refusal(RefusalKind.NotFound, $"{channel}: no order waits");
        }

        _queues.Change(order with { MayFollow = true, Refusal = null });
        return await AdvanceAsync(channel) ?? new Refusal(RefusalKind.Conflict, $"{channel}: the order was started or removed meanwhile");
    }

    /// <summary>Nothing follows any more: the service is shutting down.</summary>
    public void Close() => _isClosed = true;

    public void Dispose()
    {
        _isClosed = true;
        foreach (var turn in _turns.Values)
        {
            turn.Dispose();
        }
    }

    private static bool HoldsRun(ChannelState state) =>
        state is ChannelState.Arming or ChannelState.Running or ChannelState.Paused or ChannelState.Stopping or ChannelState.Recovering;

    private void OnEnded(BoardedRun run, RunConclusion conclusion)
    {
        if (!_isClosed && conclusion.Ending?.Outcome is RunOutcome.Completed or RunOutcome.NoShort && _queues.Next(run.Channel) is { SameCell: true } order)
        {
            _queues.Change(order with { MayFollow = true });
            _ = AdvanceAsync(run.Channel);
        }
    }

    /// <returns>What became of the next order; null when none may follow now.</returns>
    private async Task<Answer<StartAnswer>?> AdvanceAsync(ChannelId channel)
    {
        var turn = _turns.GetOrAdd(channel, _ => new SemaphoreSlim(1));
        await turn.WaitAsync();
        try
        {
            if (_queues.Next(channel) is not { MayFollow: true } order)
            {
                return null;
            }

            var answer = await _starter.StartAsync(channel, order.Start);
            if (answer.Refusal is { } refusal)
            {
                _logger.LogWarning("{Channel}: the next order was refused: {Reason}", channel, refusal.ToString());
                _queues.Change(order with { MayFollow = false, Refusal = string.Join("; ", refusal.Reasons) });
            }
            else
            {
                _queues.Remove(channel, order.Id);
            }

            return answer;
        }
        finally
        {
            turn.Release();
        }
    }
}
