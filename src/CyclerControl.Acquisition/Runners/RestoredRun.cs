using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <summary>An interrupted run as it was found: where it stood, and its recording, opened again.</summary>
public sealed record RestoredRun
{
    /// <summary>Suspended or paused (see <see cref="RunRestore"/>).</summary>
    public required RunState State { get; init; }

    /// <summary>Test time of the last durable sample, ns.</summary>
    public required long AsOfNanoseconds { get; init; }

    /// <summary>UTC of test time 0: test time goes on with the time that has passed.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    public required IRunRecorder Recorder { get; init; }

    /// <summary>The instrument that the run began on, as its file names it; null where it does not.</summary>
    public string? Instrument { get; init; }

    /// <summary>Last voltage before the current of the present leg began to flow, V.</summary>
    public double? VoltsBeforeLeg { get; init; }

    /// <summary>How a schedule instrument named the execution; null where the file does not say, or on a set-point instrument.</summary>
    public string? Ticket { get; init; }

    /// <summary>Bursts recorded so far.</summary>
    public int Bursts { get; init; }

    /// <summary>Why it had been paused, where it had.</summary>
    public string? PauseReason { get; init; }

    /// <summary>Time between two commits, s: what was measured since the last one is not in the file.</summary>
    public double CommitSeconds { get; init; } = 1;

    /// <summary>Completes on a pool thread when the run has gone on or been held.</summary>
    public Task<RestartDecision> Decided => Decision.Task;

    internal TaskCompletionSource<RestartDecision> Decision { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What became of an interrupted run.</summary>
/// <param name="Resumed">False: it is held or over.</param>
public sealed record RestartDecision(bool Resumed, string Reason);
