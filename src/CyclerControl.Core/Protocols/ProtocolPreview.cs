using System.Collections.Immutable;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Protocols;

/// <summary>How sure a number of the preview is.</summary>
public enum PreviewCertainty
{
    /// <summary>Follows from the protocol.</summary>
    Planned,

    /// <summary>Rests on what the cell is expected to hold.</summary>
    Estimated,

    /// <summary>A part of it is unknown, and counted as 0.</summary>
    AtLeast,
}

/// <summary>A stretch of the expected current profile.</summary>
/// <param name="StartSeconds">Expected test time, s.</param>
/// <param name="DurationSeconds">s; null where it is not known.</param>
/// <param name="Amperes">Expected current, A, positive charges; null where the voltage is set, constant or swept.</param>
/// <param name="Path">The step.</param>
/// <param name="What">The verb, with the end that is waited for where the duration is no planned one.</param>
public sealed record PreviewSegment(double StartSeconds, double? DurationSeconds, double? Amperes, string Path, string What, PreviewCertainty Certainty)
{
    /// <summary>Set where the line stands for so many further passes of a loop, each like the one before it.</summary>
    public long? Passes { get; init; }

    /// <summary>The voltage is swept: the current may do anything.</summary>
    public bool IsSweep { get; init; }
}

/// <summary>What is to be expected of a run, before anything runs.</summary>
/// <param name="Segments">The first of them, at most <see cref="MostSegments"/>.</param>
/// <param name="SegmentCount">All of them, as far as can be foreseen.</param>
/// <param name="DurationSeconds">s.</param>
/// <param name="ChargedAmpHours">Passed in the direction of charge (strip), Ah.</param>
/// <param name="DischargedAmpHours">Passed in the direction of discharge (plate), Ah.</param>
/// <param name="Records">Rows by time and step boundary; those of <c>on_change</c> come on top.</param>
/// <param name="Samples">Readings of the channel.</param>
/// <param name="Certainty">Of duration, charge and counts.</param>
public sealed record ProtocolPreview(
    ImmutableArray<PreviewSegment> Segments,
    double SegmentCount,
    double DurationSeconds,
    double ChargedAmpHours,
    double DischargedAmpHours,
    double Records,
    double Samples,
    PreviewCertainty Certainty)
{
    public const int MostSegments = 400;

    /// <summary>Foresees a run. Bounded work, whatever the program repeats.</summary>
    public static ProtocolPreview Of(RunProgram program) => new PreviewWalk(program).Run();
}
