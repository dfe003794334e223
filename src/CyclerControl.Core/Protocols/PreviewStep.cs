using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Protocols;

/// <summary>How one step is expected to go.</summary>
/// <param name="Seconds">Of the constant-current part (or rest, or hold); null: not known.</param>
/// <param name="Goal">The goal that is expected to end it; null: its time.</param>
internal readonly record struct PreviewStep(double? Seconds, Goal? Goal, PreviewCertainty Certainty)
{
    /// <param name="amperes">|I|, A.</param>
    /// <param name="room">Charge that can still pass in the step's direction before its voltage end, Ah; null: not known.</param>
    public static PreviewStep Foresee(StepNode step, double amperes, double? room)
    {
        var best = new PreviewStep(step.ForSeconds, null, PreviewCertainty.Planned);
        var waits = false;
        foreach (var goal in step.Goals)
        {
            var ampHours = goal.Kind switch
            {
                GoalKind.Capacity => goal.Value,
                GoalKind.Voltage when step.Kind == StepKind.Current => room,
                _ => null,
            };
            if (ampHours is null || amperes == 0)
            {
                waits = true;
                continue;
            }

            var seconds = ampHours.Value * 3600 / amperes;
            if (best.Seconds is null || seconds < best.Seconds)
            {
                best = new PreviewStep(seconds, goal, goal.Kind == GoalKind.Capacity ? PreviewCertainty.Planned : PreviewCertainty.Estimated);
            }
        }

        if (best.Seconds is null)
        {
            return new PreviewStep(null, step.Goals.IsEmpty ? null : step.Goals[0], PreviewCertainty.AtLeast);
        }

        return waits ? best with { Certainty = PreviewCertainty.Estimated } : best;
    }

    /// <summary>Rows that a stretch of so many seconds gives: its boundaries, and those by time.</summary>
    public static double Records(RecordRule rule, double seconds)
    {
        var dense = rule is { AfterChangeEverySeconds: { } every, AfterChangeForSeconds: { } span } ? Math.Floor(Math.Min(seconds, span) / every) : 0;
        var rest = dense > 0 ? Math.Max(0, seconds - rule.AfterChangeForSeconds!.Value) : seconds;
        return 1 + dense + (rule.EverySeconds is { } slow ? Math.Floor(rest / slow) : 1);
    }
}
