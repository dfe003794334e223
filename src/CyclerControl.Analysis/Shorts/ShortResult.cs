using CyclerControl.Core.Detection;

namespace CyclerControl.Analysis.Shorts;

/// <summary>How much of the current went through metal.</summary>
public enum ShortKind
{
    /// <summary>The voltage collapsed.</summary>
    Hard,

    /// <summary>Part of the current is electronic, confirmed.</summary>
    Soft,
}

/// <summary>A short circuit, and what the cell had carried when it came.</summary>
/// <param name="Evidence">The detection.</param>
/// <param name="HalfCycle">Half-cycle it fell into; 0 before the first.</param>
/// <param name="SetAmperes">Set current at that time, A, signed; the measured one where no set current is known.</param>
/// <param name="HalfCycleAmpHours">Charge of that half-cycle up to the short, Ah; null where no row tells.</param>
public sealed record ShortResult(ShortKind Kind, DetectionEvent Evidence, int HalfCycle, double SetAmperes, double? HalfCycleAmpHours)
{
    /// <summary>Test time of the sample that decided, s.</summary>
    public double TimeSeconds => Evidence.TimeSeconds;

    /// <summary>Hard and confirmed soft shorts are shorts; a suspicion, a low resistance or a lost contact is not.</summary>
    public static ShortKind? KindOf(DetectionEvent detection) => detection switch
    {
        { Kind: DetectionKind.HardShort, Severity: not DetectionSeverity.Warn } => ShortKind.Hard,
        { Severity: DetectionSeverity.Abort } when DetectionWords.IsShort(detection.Kind) => ShortKind.Soft,
        _ => null,
    };
}
