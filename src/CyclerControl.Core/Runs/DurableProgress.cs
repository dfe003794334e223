namespace CyclerControl.Core.Runs;

/// <summary>What a run file holds about where its run stood: all of it durable, all of it from the same moment.</summary>
/// <param name="Checkpoint">Bytes of the last checkpoint (<see cref="RunCheckpoint"/>); null: no step had begun.</param>
/// <param name="FirstAfter">First recorded sample after that checkpoint; null: there is none.</param>
/// <param name="Last">Last recorded sample after that checkpoint, the same one where there is only one; null: there is none.</param>
/// <param name="RowsAfter">Recorded samples after that checkpoint.</param>
/// <param name="LastEndedStep">Count of the last step whose result is recorded; 0: none.</param>
public sealed record DurableProgress(byte[]? Checkpoint, SampleRow? FirstAfter, SampleRow? Last, long RowsAfter, int LastEndedStep);

/// <summary>What could be made of it.</summary>
/// <param name="State">Held, resumable at the exact charge and step time of the last durable sample; meaningful when <paramref name="Problem"/> is null.</param>
/// <param name="AsOfNanoseconds">Test time of that sample (or of the step's beginning, if it had none yet), ns.</param>
/// <param name="Problem">Why the run cannot be gone on with, in one sentence; null: it can.</param>
public readonly record struct RestoredProgress(RunState State, long AsOfNanoseconds, string? Problem)
{
    internal static RestoredProgress Refused(string problem) => new(default, 0, problem);
}
