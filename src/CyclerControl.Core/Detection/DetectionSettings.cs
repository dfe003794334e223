using CyclerControl.Core.Detection.Models;
using CyclerControl.Core.Detection.Rules;

namespace CyclerControl.Core.Detection;

/// <summary>All parameters of detection; docs/detection.md says why each default is what it is.</summary>
public sealed record DetectionSettings
{
    public static DetectionSettings Default { get; } = new();

    public BlankingSettings Blanking { get; init; } = new();

    public HalfCycleModelSettings Model { get; init; } = new();

    /// <summary>Rule 1.</summary>
    public HardShortSettings HardShort { get; init; } = new();

    /// <summary>Rule 2.</summary>
    public OhmicFloorSettings OhmicFloor { get; init; } = new();

    /// <summary>Rule 3, drops within seconds to a minute.</summary>
    public DropSettings Drop { get; init; } = new();

    /// <summary>Rule 3, drops that take longer.</summary>
    public LevelDropSettings LevelDrop { get; init; } = new();

    /// <summary>Rule 10.</summary>
    public ContactLossSettings ContactLoss { get; init; } = new();

    /// <summary>Fraction of the set current that must flow for a sample to say anything about the cell.</summary>
    public double DeliveredFraction { get; init; } = 0.8;
}
