using CyclerControl.Core.Channels;

namespace CyclerControl.Acquisition.Links;

/// <summary>A reading with the output off of a channel that has no run, or why there is none.</summary>
/// <param name="Reading">Always valid; null where there is none.</param>
/// <param name="Reason">Null where there is a reading.</param>
/// <param name="CannotRead">True where the instrument answers, but not with a reading, while its output is off.</param>
/// <param name="NotReady">True where the instrument was asked whether it would take a start, and would not: <paramref name="Reason"/> says why, and nothing was read.</param>
public sealed record IdleReading(Reading? Reading, string? Reason, bool CannotRead = false, bool NotReady = false);
