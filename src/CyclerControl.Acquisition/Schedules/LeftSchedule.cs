using CyclerControl.Core.Channels;

namespace CyclerControl.Acquisition.Schedules;

/// <summary>An execution on a schedule instrument that was to be stopped by a process that died before that was confirmed.</summary>
/// <param name="Schedule">As it was started.</param>
/// <param name="RunId">Name of the run, as the instrument was told.</param>
/// <param name="Ticket">How the instrument names the execution; null when that was not kept.</param>
internal sealed record LeftSchedule(CompiledSchedule Schedule, string RunId, string? Ticket);
