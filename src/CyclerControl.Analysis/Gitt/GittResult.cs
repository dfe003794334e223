namespace CyclerControl.Analysis.Gitt;

/// <summary>One pulse and the rest after it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Amperes">Set current, A, signed.</param>
/// <param name="AmpHours">Charge passed since the run started, charging minus discharging, at the pulse's start, Ah.</param>
/// <param name="TauSeconds">Duration of the pulse, s.</param>
/// <param name="StartVolts">Voltage at the end of the rest before, V.</param>
/// <param name="SteadyVolts">dE_s: difference of the voltages at the ends of the two rests, V.</param>
/// <param name="TransientVolts">dE_t: slope of E against sqrt(t) x sqrt(tau), without the IR step, V; null with too few rows.</param>
/// <param name="IrVolts">The IR step: the fit at t = 0 minus the voltage before, V.</param>
/// <param name="DiffusionSquareCentimetresPerSecond">D, cm2/s; null where the cell does not give the length or a difference is zero.</param>
/// <param name="Ratio">D tau / r^2 (spheres) or D tau / L^2.</param>
/// <param name="Valid">The ratio is small enough for the formula to be within 2 %; null without D.</param>
/// <param name="RestSlopeVoltsPerSecond">dV/dt over the last tenth of the rest after, V/s: what dE_s still lacks.</param>
public sealed record GittPulse(
    int Number,
    double Amperes,
    double AmpHours,
    double TauSeconds,
    double StartVolts,
    double SteadyVolts,
    double? TransientVolts,
    double? IrVolts,
    double? DiffusionSquareCentimetresPerSecond,
    double? Ratio,
    bool? Valid,
    double? RestSlopeVoltsPerSecond);

/// <summary>A galvanostatic intermittent titration.</summary>
/// <param name="Length">The length used; null when something is missing.</param>
/// <param name="Missing">Names of the cell's keys without which there is no D.</param>
/// <param name="LeftOut">Steps between two rests that are cycles, not pulses: more than ten times as long as the median.</param>
public sealed record GittResult(IReadOnlyList<GittPulse> Pulses, DiffusionLength? Length, IReadOnlyList<string> Missing, int LeftOut);
