using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Protocols;

/// <summary>A step that has only a voltage goal is bounded by 1.5 x what the cell can hold, where that is known.</summary>
internal static class ImpliedWithin
{
    public static bool Applies(StepEnds ends) =>
        ends is { For: null, Within: null, Goals.IsEmpty: false } && ends.Goals.All(g => g.Kind == GoalKind.Voltage);

    /// <summary>Charge of the step, Ah, after which it is given up; null: no bound.</summary>
    public static double? AmpHours(StepEnds ends, CellSpec cell) =>
        Applies(ends) ? CellCharge.AmpHours(cell) * ProtocolDefaults.WithinFactor : null;
}
