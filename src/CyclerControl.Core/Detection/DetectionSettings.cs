using CyclerControl.Core.Detection.Models;
using CyclerControl.Core.Detection.Rules;

namespace CyclerControl.Core.Detection;

/// <summary>All parameters of detection; docs/detection.md says why each default is what it is.</summary>
public sealed record DetectionSettings
{
    public static DetectionSettings Default { get; } = new();

    public BlankingSettings Blanking { get; init; } = new();

    public HalfCycleModelSettings Model { get; init; } = new();

    /// <summary>Contact that comes back.</summary>
    public RecoverySettings Recovery { get; init; } = new();

    /// <summary>Rule 1.</summary>
    public HardShortSettings HardShort { get; init; } = new();

    /// <summary>Rule 2.</summary>
    public OhmicFloorSettings OhmicFloor { get; init; } = new();

    /// <summary>Rule 3, the four CUSUMs.</summary>
    public CusumBankSettings Cusum { get; init; } = new();

    /// <summary>Rule 3, drops within seconds to a minute.</summary>
    public DropSettings Drop { get; init; } = new();

    /// <summary>Rule 3, drops that take longer.</summary>
    public LevelDropSettings LevelDrop { get; init; } = new();

    /// <summary>Rule 4, noise.</summary>
    public NoiseSettings Noise { get; init; } = new();

    /// <summary>Rule 4, two-level switching.</summary>
    public TelegraphSettings Telegraph { get; init; } = new();

    /// <summary>Rule 5, cycle to cycle.</summary>
    public CycleSettings Cycle { get; init; } = new();

    /// <summary>Rule 5, charge against discharge.</summary>
    public PolaritySettings Polarity { get; init; } = new();

    /// <summary>Rule 6.</summary>
    public LinearitySettings Linearity { get; init; } = new();

    /// <summary>Rule 7.</summary>
    public RestSettings Rest { get; init; } = new();

    /// <summary>Rule 8.</summary>
    public ImpedanceSettings Impedance { get; init; } = new();

    /// <summary>Rule 9, full cells.</summary>
    public FullCellSettings FullCell { get; init; } = new();

    /// <summary>Rule 9, holds of full cells.</summary>
    public LeakageSettings Leakage { get; init; } = new();

    /// <summary>Rule 9, half cells.</summary>
    public StripBalanceSettings StripBalance { get; init; } = new();

    /// <summary>What makes an abort of a suspicion.</summary>
    public AlarmPolicySettings Alarm { get; init; } = new();

    /// <summary>Rule 10.</summary>
    public ContactLossSettings ContactLoss { get; init; } = new();

    /// <summary>Fraction of the set current that must flow for a sample to say anything about the cell.</summary>
    public double DeliveredFraction { get; init; } = 0.8;

    /// <summary>
    /// Fraction by which the measured current may differ from the set one before V is judged as it would be at the set current: gains are within 1 %, an impedance
    /// sweep on top of a current swings by more.
    /// </summary>
    public double CurrentDeviation { get; init; } = 0.02;
}
