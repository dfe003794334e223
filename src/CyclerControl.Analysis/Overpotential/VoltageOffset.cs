using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Overpotential;

/// <summary>What the voltage reading shows when no current flows: subtracted from symmetric cells, where it is an error of the channel.</summary>
/// <param name="Volts">What is subtracted, V; 0 where there is nothing to subtract.</param>
/// <param name="MeasuredVolts">Last reading of the rest before the first half-cycle, V; null without one.</param>
public sealed record VoltageOffset(double Volts, double? MeasuredVolts)
{
    /// <summary>Larger readings are a property of the cell, not of the channel, and are not subtracted.</summary>
    public const double LargestVolts = 0.005;

    public bool Refused => MeasuredVolts is { } measured && Math.Abs(measured) > LargestVolts;

    public static VoltageOffset Of(CellKind? kind, IReadOnlyList<StepRecord> steps)
    {
        if (kind is not CellKind.Symmetric)
        {
            return new VoltageOffset(0, null);
        }

        double? measured = null;
        foreach (var step in steps)
        {
            if (step.HalfCycle > 0)
            {
                break;
            }

            if (step.Verb == "rest" && step.EndVolts is { } volts)
            {
                measured = volts;
                break;
            }
        }

        var small = measured is { } value && Math.Abs(value) <= LargestVolts;
        return new VoltageOffset(small ? measured!.Value : 0, measured);
    }
}
