using System.Collections.Immutable;

namespace CyclerControl.Instruments.Dialects.BioLogic.Techniques;

/// <summary>What it means that a technique has used up its time.</summary>
internal enum TimeEnd : byte
{
    /// <summary>As planned: the next technique.</summary>
    Next,

    /// <summary>As planned, and the run is over.</summary>
    Finished,

    /// <summary>Its goal was not reached in time: it has stopped.</summary>
    NotInTime,
}

/// <summary>One linked technique, and how it is understood when its rows come back.</summary>
internal sealed record Technique
{
    public required TechniqueKind Kind { get; init; }

    public required ImmutableArray<EccParameter> Parameters { get; init; }

    /// <summary>Place in <see cref="Core.Channels.CompiledSchedule.Steps"/>; null for a loop, which has no rows.</summary>
    public int? Step { get; init; }

    /// <summary>Tests in force at its end.</summary>
    public ImmutableArray<LimitTest> Tests { get; init; } = [];

    /// <summary>Longest it can last, s.</summary>
    public double Seconds { get; init; }

    public TimeEnd AtTimeEnd { get; init; }

    /// <summary>Indices of the technique's own steps that always stop: a skip disarms them.</summary>
    public ImmutableArray<int> Guards { get; init; } = [];

    /// <summary>Inside a repeat: what a skip has changed must be put back for the next pass.</summary>
    public bool Repeats { get; init; }

    public override string ToString() => $"{TechniqueFiles.NameOf(Kind)} {string.Join(' ', Parameters)}";
}
