namespace CyclerControl.Analysis.CriticalCurrent;

/// <summary>How the critical current density relates to the highest level that held.</summary>
public enum CcdRelation
{
    /// <summary>It is that level: a short came above it.</summary>
    Equal,

    /// <summary>It is at least that level: the ramp ended without a short.</summary>
    AtLeast,

    /// <summary>Below the first level: the short came there.</summary>
    BelowFirst,

    /// <summary>The run ended before a short could decide.</summary>
    NotDetermined,
}

/// <summary>Why a ramp went no further.</summary>
public enum CcdCause
{
    RampEnded,
    Short,
    Polarisation,
    User,
    Fault,

    /// <summary>The run has not ended.</summary>
    Unfinished,
}

/// <summary>What a half-cycle of the ramp was asked to last.</summary>
public enum CcdMode
{
    /// <summary>The areal capacity grows with the current.</summary>
    FixedTime,

    /// <summary>The half-cycle time falls with the current.</summary>
    FixedCapacity,
}

/// <summary>The verdict on a ramp, as currents; divide by the area for densities.</summary>
/// <param name="Amperes">The highest level that held, A; null when none did.</param>
/// <param name="AtAmperes">The level at which it ended, A; null when the ramp ended or had not begun.</param>
/// <param name="HalfCycle">Half-cycle of the short; null without one.</param>
public sealed record CcdVerdict(CcdRelation Relation, CcdCause Cause, double? Amperes, double? AtAmperes, int? HalfCycle);

/// <summary>Critical current density with everything that it must be reported with.</summary>
/// <param name="Hard">The verdict by hard shorts alone, where a soft short came first and the run went on.</param>
/// <param name="Mode">Null when no half-cycle ended.</param>
/// <param name="HalfCycleAmpHours">Mean charge of a half-cycle at the level that held (else of the first one), Ah.</param>
/// <param name="HalfCycleSeconds">Mean duration of a half-cycle there, s.</param>
/// <param name="StepAmperes">Distance to the next level, A; null for a ramp of one level.</param>
public sealed record CcdResult(
    CcdVerdict Verdict, CcdVerdict? Hard, CcdMode? Mode, double? HalfCycleAmpHours, double? HalfCycleSeconds, double? StepAmperes);
