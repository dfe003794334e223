using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace CyclerControl.Service.Notifications;

/// <summary>
/// The way to one target: a bounded queue and a worker of its own, so that a target that hangs holds up nobody. What is more than a minute may
/// have comes in one message at its end; what does not arrive is tried again, with pauses from 10 s to 10 min.
/// </summary>
public sealed class NotificationLane(INotificationTarget target, int perMinute, TimeSpan retryFor, TimeProvider time, ILogger logger)
{
    /// <summary>Messages that wait at most; what comes then is counted.</summary>
    public const int Capacity = 256;

    private const int ToldInASummary = 10;
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly Channel<Notification> _queue = Channel.CreateBounded<Notification>(Capacity);
    private DateTimeOffset _minuteEnds;
    private int _sentThisMinute;
    private int _lost;

    /// <summary>Takes a message, or counts it where the queue is full. Any thread; returns at once.</summary>
    public void Post(Notification notification)
    {
        if (!_queue.Writer.TryWrite(notification))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    /// <summary>Nothing more comes: the worker ends when all is delivered.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>The worker.</summary>
    public async Task WorkAsync(CancellationToken stop)
    {
        await foreach (var first in _queue.Reader.ReadAllAsync(stop).ConfigureAwait(false))
        {
            var next = first;
            if (time.GetUtcNow() >= _minuteEnds)
            {
                NewMinute();
            }
            else if (_sentThisMinute >= perMinute)
            {
                await Task.Delay(_minuteEnds - time.GetUtcNow(), time, stop).ConfigureAwait(false);
                NewMinute();
                next = Gathered(first);
            }

            _sentThisMinute++;
            if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
            {
                next = next with { Text = $"{next.Text} (and {lost} messages that found the queue full)" };
            }

            await DeliverAsync(next, stop).ConfigureAwait(false);
        }
    }

    private void NewMinute() => (_minuteEnds, _sentThisMinute) = (time.GetUtcNow() + s_minute, 0);

    private Notification Gathered(Notification first)
    {
        var all = new List<Notification> { first };
        while (all.Count < Capacity && _queue.Reader.TryRead(out var more))
        {
            all.Add(more);
        }

        return all.Count == 1
            ? first
            : new Notification(
                "summary", $"{all.Count} messages", string.Join("; ", all.Take(ToldInASummary)) + (all.Count > ToldInASummary ? $"; and {all.Count - ToldInASummary} more" : ""), time.GetUtcNow());
    }

    private async Task DeliverAsync(Notification notification, CancellationToken stop)
    {
        var givenUpAt = time.GetUtcNow() + retryFor;
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is DeliveryException { IsWorthRetrying: true } && time.GetUtcNow() < givenUpAt),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(10),
                MaxDelay = TimeSpan.FromMinutes(10),
                UseJitter = false,
                OnRetry = arguments =>
                {
                    if (arguments.AttemptNumber == 0)
                    {
                        logger.LogWarning("notification by {Target}: {Reason}; it is tried again", target.Name, arguments.Outcome.Exception!.Message);
                    }

                    return ValueTask.CompletedTask;
                },
            })
            .Build();
#pragma warning disable CA1031 // Whatever a target does: the next message has its chance.
        try
        {
            await pipeline.ExecuteAsync(async token => await target.SendAsync(notification, token).ConfigureAwait(false), stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw;
        }
        catch (DeliveryException failure)
        {
            logger.LogError("notification by {Target} is given up: {Reason}; it was: {Notification}", target.Name, failure.Message, notification);
        }
        catch (Exception failure)
        {
            // Its text is not ours, and might have an address in it.
            logger.LogError("notification by {Target} is given up: {Kind}; it was: {Notification}", target.Name, failure.GetType().Name, notification);
        }
#pragma warning restore CA1031
    }
}
