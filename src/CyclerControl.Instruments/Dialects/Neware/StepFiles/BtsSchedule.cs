using System.Collections.Immutable;
using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Dialects.Neware.StepFiles;

/// <summary>One numbered step of the file, as rows name it.</summary>
/// <param name="Place">Its place in <see cref="CompiledSchedule.Steps"/>; null for loops and the end, which have no rows.</param>
/// <param name="GoesOn">It is the second part of the step before it: its time and charge are counted on.</param>
internal readonly record struct BtsScheduleStep(StepFileType Type, int? Place, bool GoesOn);

/// <summary>A protocol as a step file.</summary>
internal sealed record BtsSchedule : CompiledSchedule
{
    /// <summary>Step 1 of the file is the first.</summary>
    public required ImmutableArray<BtsScheduleStep> FileSteps { get; init; }
}
