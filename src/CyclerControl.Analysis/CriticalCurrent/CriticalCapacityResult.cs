namespace CyclerControl.Analysis.CriticalCurrent;

/// <summary>Charge of one-way plating up to the short.</summary>
/// <param name="Cause">Short: the value is the critical capacity; anything else: a lower bound.</param>
/// <param name="AmpHours">Charge of the half-cycle, Ah; divide by the area.</param>
/// <param name="Amperes">Set current, A, signed.</param>
public sealed record CriticalCapacityResult(CcdCause Cause, double? AmpHours, double? Amperes);
