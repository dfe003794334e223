using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Instruments.Dialects.BioLogic.Techniques;

/// <summary>Rule 1 of the detector, as far as it can stand in the instrument: on symmetric cells whose least resistance is known.</summary>
internal sealed class ShortFloor(RunProgram program, double voltageOffsetVolts)
{
    /// <summary>The first seconds of a step are not judged: slow cells cross 0 V on their way.</summary>
    public const double LeadInSeconds = 3;

    private readonly double _needed = DetectionOutlook.NeededVolts(program.ShortCircuit.Detection, voltageOffsetVolts);
    private readonly double? _ohms = DetectionOutlook.LeastOhms(program.Cell);

    /// <summary>Why no step can have it; null: some can.</summary>
    public string? Impossible =>
        program.ShortCircuit.Hard != ShortCircuitAction.Abort ? "the protocol does not ask for an abort"
        : program.Cell.Kind != CellKind.Symmetric ? "it is not used on half and full cells, which come near 0 V without a short"
        : _ohms is null ? "the cell's least resistance is not known: give bulk_resistance, or thickness, conductivity and area"
        : null;

    /// <summary>|V| below which the cell is taken for shorted, V; null where the rule is not armed.</summary>
    public double? For(StepNode step, double amperes)
    {
        var expected = amperes * (_ohms ?? 0);
        if (Impossible is not null || expected < _needed || step.Goals.Any(goal => goal.Kind == GoalKind.Voltage))
        {
            return null;
        }

        var rule = program.ShortCircuit.Detection.HardShort;
        return Math.Max(_needed / rule.ArmingFloors, rule.Fraction * expected);
    }
}
