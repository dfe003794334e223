using CyclerControl.Core.Channels;
using Polly;
using Polly.Retry;

namespace CyclerControl.Instruments.Links;

/// <summary>Opens a link again and again, with growing pauses from 500 ms to 30 s, until it is open or nobody wants it any more.</summary>
/// <remarks>Runs on the thread pool, never on the link's thread: its pauses would keep the mailbox waiting.</remarks>
public sealed class ReopenPolicy(TimeProvider timeProvider)
{
    /// <summary>Pause after the first failed attempt; doubled after each.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest pause.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <param name="open">One attempt; blocking.</param>
    /// <param name="attemptFailed">Told of each failure.</param>
    /// <param name="cancellation">Ends the attempts.</param>
    public Task<IInstrument> RunAsync(Func<IInstrument> open, Action<InstrumentException> attemptFailed, CancellationToken cancellation)
    {
        var pipeline = new ResiliencePipelineBuilder<IInstrument> { TimeProvider = timeProvider }
            .AddRetry(new RetryStrategyOptions<IInstrument>
            {
                ShouldHandle = new PredicateBuilder<IInstrument>().Handle<InstrumentException>(),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = FirstPause,
                MaxDelay = LongestPause,
                UseJitter = false,
                OnRetry = arguments =>
                {
                    attemptFailed((InstrumentException)arguments.Outcome.Exception!);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
        return Task.Run(
            async () => await pipeline.ExecuteAsync(_ => ValueTask.FromResult(open()), cancellation).ConfigureAwait(false), cancellation);
    }
}
