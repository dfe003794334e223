using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <summary>Everything that starting a run takes.</summary>
public sealed record StartRunRequest
{
    public required ChannelId Channel { get; init; }

    public required RunProgram Program { get; init; }

    /// <summary>Makes the run's recorder once the instrument is known. Called on a pool thread, never on the link's.</summary>
    public required Func<RunOrigin, IRunRecorder> CreateRecorder { get; init; }

    /// <summary>How long ago the record began that is followed; filled in by the link, zero where it begins with the run.</summary>
    public TimeSpan RecordAge { get; init; }

    /// <summary>The run goes on from here, in the recording that it has; null: it begins.</summary>
    public RestoredRun? Restored { get; init; }

    /// <summary>The program in the language of a schedule instrument; filled in by the link, null on set-point instruments.</summary>
    public CompiledSchedule? Schedule { get; init; }

    /// <summary>Nobody is there to resume: a pause ends the run (<see cref="RunOutcome.Protected"/>, or <see cref="RunOutcome.Faulted"/> after a lost link).</summary>
    public bool EndOnPause { get; init; }
}

/// <summary>Who a run begins on, and when.</summary>
/// <param name="Instrument">Who answered.</param>
/// <param name="Age">How long ago its test time began; zero: now.</param>
public sealed record RunOrigin(InstrumentIdentity Instrument, TimeSpan Age);

/// <summary>What became of a request: refused before anything was written, ended, or (neither) left open when the program was shut down.</summary>
/// <param name="Refusal">Why it was refused; null when it ran.</param>
/// <param name="Ending">How it ended; null when it was refused.</param>
public sealed record RunResult(string? Refusal, RunEnding? Ending);
