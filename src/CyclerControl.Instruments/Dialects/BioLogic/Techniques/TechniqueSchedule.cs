using System.Collections.Immutable;
using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Dialects.BioLogic.Techniques;

/// <summary>A protocol as linked techniques.</summary>
internal sealed record TechniqueSchedule : CompiledSchedule
{
    public required EcLabFamily Family { get; init; }

    /// <summary>As they are loaded.</summary>
    public required ImmutableArray<Technique> Techniques { get; init; }

    /// <summary>Ramps that this program writes on while they run; usually none.</summary>
    public ImmutableArray<RampWindow> Ramps { get; init; } = [];

    /// <summary>Lowest and highest code of the current ranges that it uses, in the order of their maxima; null: only rests.</summary>
    public required (int Lowest, int Highest)? CurrentRangeCodes { get; init; }
}
