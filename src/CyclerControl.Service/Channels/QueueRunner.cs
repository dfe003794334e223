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

        _queues.Change(order with { MayFollow = true, IsStarting = false, Refusal = null });
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

    /// <returns>Why nothing of the run was executed; null when something was.</returns>
    private static string? NeverBegan(RunConclusion conclusion) =>
        conclusion.Refusal ?? (conclusion.Ending is { Outcome: RunOutcome.Faulted, EndNanoseconds: 0 } ending ? ending.Reason : null);

    private void OnEnded(BoardedRun run, RunConclusion conclusion)
    {
        if (run.Order is { } failed && NeverBegan(conclusion) is { } refusal)
        {
            _logger.LogWarning("{Channel}: the start of order {Order} has failed, it waits again: {Reason}", run.Channel, failed.Id, refusal);
            _queues.PutBack(failed, refusal);
            return;
        }

        if (!_isClosed && conclusion.Ending?.Outcome is RunOutcome.Completed or RunOutcome.NoShort && _queues.Next(run.Channel) is { SameCell: true, Refusal: null } order)
        {
            _queues.Change(order with { MayFollow = true });
            _ = FollowAsync(run.Channel);
        }
    }

    private async Task FollowAsync(ChannelId channel)
    {
#pragma warning disable CA1031 // Nobody waits for this task: what goes wrong in it is said here, and the order waits for an operator.
        try
        {
            await AdvanceAsync(channel);
        }
        catch (Exception failure)
        {
            _logger.LogError(failure, "{Channel}: the next order could not be started", channel);
        }
#pragma warning restore CA1031
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

            return await StartAsync(channel, order);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<Answer<StartAnswer>> StartAsync(ChannelId channel, QueuedOrder order)
    {
        var starting = order with { IsStarting = true };
        _queues.Change(starting);
        var reason = "its start has failed; the log of the service says why";
        try
        {
            var answer = await _starter.StartAsync(channel, order.Start, starting);
            reason = answer.Refusal is { } refusal ? string.Join("; ", refusal.Reasons) : null;
            return answer;
        }
        finally
        {
            if (reason is null)
            {
                _queues.Started(starting);
            }
            else
            {
                _logger.LogWarning("{Channel}: the next order was refused: {Reason}", channel, reason);
                _queues.Change(order with { MayFollow = false, Refusal = reason });
            }
        }
    }
}
