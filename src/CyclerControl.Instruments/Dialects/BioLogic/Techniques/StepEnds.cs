using CyclerControl.Core.Runs;

namespace CyclerControl.Instruments.Dialects.BioLogic.Techniques;

/// <summary>The longest that a step lasts, and what follows then.</summary>
internal readonly record struct StepEnds(double Seconds, TimeEnd Then)
{
    /// <param name="amperes">|I|, A; 0 in a hold.</param>
    public static StepEnds Of(TechniqueWalk walk, StepNode node, double amperes)
    {
        var planned = node.ForSeconds ?? double.PositiveInfinity;
        var then = TimeEnd.Next;
        foreach (var goal in node.Goals)
        {
            CheckThen(walk, node, goal);
            if (goal.Kind != GoalKind.Capacity || amperes == 0)
            {
                continue;
            }

            walk.HasChargeGoals = true;
            var seconds = goal.Value * 3600 / amperes;
            if (seconds < planned)
            {
                (planned, then) = (seconds, goal.Then == GoalThen.EndRun ? TimeEnd.Finished : TimeEnd.Next);
            }
        }

        if (node.HoldUntil is not null && !double.IsPositiveInfinity(planned))
        {
            walk.Refuse(node.Path, "hold_until", "a time or charge over both the constant-current and the constant-voltage part is not known to the instrument; bound them apart");
        }

        var within = node.WithinSeconds ?? (node.WithinAmpHours is { } ampHours && amperes > 0 ? ampHours * 3600 / amperes : double.PositiveInfinity);
        if (within < planned)
        {
            return new StepEnds(within, TimeEnd.NotInTime);
        }

        if (double.IsPositiveInfinity(planned))
        {
            walk.Refuse(
                node.Path, "until", "nothing bounds the step in time, and the instrument goes on if this computer dies; add within: 10 h, or give the cell's capacity");
            return new StepEnds(0, TimeEnd.Next);
        }

        return new StepEnds(planned, then);
    }

    private static void CheckThen(TechniqueWalk walk, StepNode node, Goal goal)
    {
        switch (goal.Then)
        {
            case GoalThen.EndRepeat:
                walk.Refuse(node.Path, "until", "then: end_repeat is not possible: a linked technique goes on with the next one, and cannot leave a repeat");
                break;
            case GoalThen.Pause:
                walk.Refuse(node.Path, "until", "then: pause is not possible: the instrument goes on or stops; write then: end_run, or a set-point instrument");
                break;
        }
    }
}
