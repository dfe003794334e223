using CyclerControl.Core.Channels;

namespace CyclerControl.Core.Runs;

/// <summary>What the engine is told.</summary>
public enum RunInputKind : byte
{
    /// <summary>First input of a run.</summary>
    Start,

    /// <summary>A reading came.</summary>
    Sample,

    /// <summary>The operator pauses: output off and hold, resumable at the exact charge.</summary>
    Pause,

    Resume,

    SkipStep,

    /// <summary>The operator ends the run.</summary>
    End,

    /// <summary>The link broke: clocks of the step stand still.</summary>
    LinkLost,

    /// <summary>The link is back and safe; the step goes on.</summary>
    LinkBack,

    /// <summary>This program was restarted, and has restored the state; the step goes on.</summary>
    Restarted,

    /// <summary>A limit, contact loss, or a short that is no result: output is already off.</summary>
    Trip,

    /// <summary>A short that is the run's result: output is already off.</summary>
    ShortFound,

    /// <summary>A short is suspected: confirm it on the cell, if the protocol asks for it and its bounds allow it.</summary>
    Confirm,

    /// <summary>The confirmation found no short: the step goes on.</summary>
    NotConfirmed,

    /// <summary>
    /// An instrument that runs the schedule by itself has ended the step; the sample is the step's last one, or the one that was taken before where
    /// there is none. Only for an engine that follows.
    /// </summary>
    InstrumentEndedStep,
}

/// <summary>What the instrument itself has counted in the present step.</summary>
/// <param name="AmpHours">|charge|, Ah.</param>
/// <param name="WattHours">|energy|, Wh; null where it does not count it.</param>
public readonly record struct CountedCharge(double AmpHours, double? WattHours);

/// <summary>One input at one test time.</summary>
/// <param name="TimeNanoseconds">Test time, ns.</param>
/// <param name="Sample">The reading, when <paramref name="Kind"/> is <see cref="RunInputKind.Sample"/>; the one that decided, where a trip or a short has one; the last one of a held run, where it is resumed and was read.</param>
public readonly record struct RunInput(RunInputKind Kind, long TimeNanoseconds, Sample Sample)
{
    /// <summary>Taken instead of the integral over the samples, in steps with a direction; null: nothing but the samples is known.</summary>
    public CountedCharge? Counted { get; init; }

    /// <summary>The step was ended because the operator asked for it.</summary>
    public bool Skipped { get; init; }
}
