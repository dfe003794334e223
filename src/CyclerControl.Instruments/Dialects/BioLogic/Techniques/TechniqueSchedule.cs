using System.Collections.Immutable;
using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Dialects.BioLogic.Techniques;

/// <summary>A protocol as linked techniques.</summary>
internal sealed record TechniqueSchedule : CompiledSchedule
{
    public required EcLabFamily Family { get; init; }

    public required ImmutableArray<Technique> Techniques { get; init; }

    /// <summary>Lowest and highest code of the current ranges that it uses, in the order of their maxima; null: only rests.</summary>
    public required (int Lowest, int Highest)? CurrentRangeCodes { get; init; }
}
