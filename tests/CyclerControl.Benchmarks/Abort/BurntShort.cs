namespace CyclerControl.Benchmarks.Abort;

/// <summary>One short that was noticed, s on one clock.</summary>
/// <param name="OnsetSeconds">By the simulated cell.</param>
/// <param name="DecidedSeconds">The sample, or the row of the instrument's record, on which it was decided.</param>
/// <param name="OffSeconds">By the simulated instrument.</param>
internal readonly record struct BurntShort(double OnsetSeconds, double DecidedSeconds, double OffSeconds);
