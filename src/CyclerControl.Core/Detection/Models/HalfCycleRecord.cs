namespace CyclerControl.Core.Detection.Models;

/// <summary>A half-cycle that is over, as the rules compare it with others.</summary>
/// <param name="Number">Half-cycle, from 1.</param>
/// <param name="Direction">+1 charge or strip, -1 discharge or plate.</param>
/// <param name="SetAmperes">|I| that was programmed, A; null when it changed within the half-cycle.</param>
/// <param name="StartSeconds">Test time of its first programmed change, s.</param>
/// <param name="EndSeconds">Test time of its last sample, s.</param>
/// <param name="AmpHours">Charge, all its parts, Ah.</param>
/// <param name="ErrorAmpHours">What the grid of the samples leaves unknown: the charge of one interval, Ah.</param>
/// <param name="MedianOhms">Median V/I of the settled part, at the reference temperature, ohm.</param>
/// <param name="EndVolts">Settled V at the end of the constant current, mirrored as in <see cref="DirectedSample"/>, V; null when it never settled.</param>
/// <param name="EndAmperes">|I| with it, A.</param>
/// <param name="GoalVolts">Signed V at which the last step was to end, V; null: at none.</param>
/// <param name="CapAmpHours">Charge at which the last step was to end at the latest, Ah; null: at none.</param>
internal readonly record struct HalfCycleRecord(
    int Number,
    int Direction,
    double? SetAmperes,
    double StartSeconds,
    double EndSeconds,
    double AmpHours,
    double ErrorAmpHours,
    double? MedianOhms,
    double? EndVolts,
    double EndAmperes,
    double? GoalVolts,
    double? CapAmpHours);
