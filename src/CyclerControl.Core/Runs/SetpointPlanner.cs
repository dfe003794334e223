using System.Collections.Immutable;
using CyclerControl.Core.Channels;

namespace CyclerControl.Core.Runs;

/// <summary>What a step means for the output: level, and the compliance that the instrument itself keeps.</summary>
internal static class SetpointPlanner
{
    /// <summary>The instrument clamps this far beyond a voltage goal, V: far enough to be measured past it, near enough to protect the cell.</summary>
    public const double ComplianceMarginVolts = 0.020;

    /// <param name="amperes">|I| of a current step, A.</param>
    public static Setpoint For(StepNode step, double amperes) => step.Kind switch
    {
        StepKind.Rest => Setpoint.Rest,
        StepKind.Hold => Hold(step, step.Volts ?? 0, step.AtMostAmperes),
        StepKind.Sweep => throw new InvalidOperationException("a sweep has another set-point at each time"),
        _ => Current(step, amperes),
    };

    /// <summary>A sweep so many seconds after it began.</summary>
    /// <param name="fromVolts">Where it began, V.</param>
    public static Setpoint Sweep(StepNode step, SweepPath path, double fromVolts, double seconds) =>
        Hold(step, path.VoltsAt(fromVolts, seconds), step.AtMostAmperes);

    /// <summary>The CV part of a CC-CV step.</summary>
    public static Setpoint Hold(StepNode step, double volts, double? ceilingAmperes) => new(
        OutputMode.Voltage, 0, volts, step.Limits.MinVolts, step.Limits.MaxVolts, ceilingAmperes);

    private static Setpoint Current(StepNode step, double amperes)
    {
        var min = step.Limits.MinVolts;
        var max = step.Limits.MaxVolts;
        if (step.Direction > 0)
        {
            max = Tighter(max, NearestVoltageGoal(step.Goals, step.Direction) + ComplianceMarginVolts, step.Direction);
        }
        else
        {
            min = Tighter(min, NearestVoltageGoal(step.Goals, step.Direction) - ComplianceMarginVolts, step.Direction);
        }

        return new Setpoint(OutputMode.Current, step.Direction * amperes, 0, min, max, null);
    }

    private static double? NearestVoltageGoal(ImmutableArray<Goal> goals, int direction)
    {
        double? nearest = null;
        foreach (var goal in goals)
        {
            if (goal.Kind == GoalKind.Voltage)
            {
                nearest = Tighter(nearest, goal.Value, direction);
            }
        }

        return nearest;
    }

    private static double? Tighter(double? a, double? b, int direction) =>
        a is null ? b
        : b is null ? a
        : direction > 0 ? Math.Min(a.Value, b.Value)
        : Math.Max(a.Value, b.Value);
}
