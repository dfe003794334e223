using CyclerControl.Core.Runs;

namespace CyclerControl.Instruments.Dialects.BioLogic.Techniques;

/// <summary>What is done otherwise than the protocol says, or only by us.</summary>
internal static class TechniqueRemarks
{
    private const string Ceilings = "current.max while a voltage is held that no current ends: the instrument tests it and acts at once, not after longer_than";
    private const string CeilingsAtFirst = "current.max in the first second of a voltage that is held until a current is reached: the instrument tests it there";

    public static IEnumerable<string> Of(RunProgram program, TechniqueWalk walk, RampFolding folding)
    {
        yield return FormattableString.Invariant(
            $"{folding.Techniques.Count} linked techniques; a channel whose memory does not hold them refuses at the start, before any current flows.");
        foreach (var window in folding.Windows)
        {
            yield return FormattableString.Invariant(
                $"A channel holds {window.Places - 1} of the {window.Before + window.Levels.Length} levels of the ramp at a time; this program writes the next ones while they run. Away for longer than {window.Ahead} levels ({window.AloneSeconds / 3600:0.##} h where none ends early), it finds the run stopped by the instrument, behind the last level that was written.");
        }

        yield return "EC-Lab's safety limits do not exist on this way to the instrument: what protects the cell are the tests and times in the techniques, and this program.";
        yield return walk.StepsWithFloor > 0
            ? FormattableString.Invariant(
                $"Hard shorts are also stopped by the instrument itself in {walk.StepsWithFloor} of {walk.Steps.Count} steps, {ShortFloor.LeadInSeconds} s after they begin, at once and without a second sample.")
            : $"No hard short is stopped by the instrument itself: {walk.Floor.Impossible ?? "no step has a current whose voltage is well above what can be told, and no voltage goal"}. Detection runs on the fetched rows.";
        if (walk.HasVoltageLimits)
        {
            yield return "Voltage limits of current steps without a voltage goal stand in the instrument and act at once, not after longer_than.";
        }

        if (walk.HasChargeGoals)
        {
            yield return "Charge goals are times at the set current.";
        }

        if (walk.HasGuards)
        {
            yield return "A goal that is not reached in time stops the run instead of pausing it.";
        }

        if (program.Nodes.OfType<StepNode>().Any(step => step.Limits is { MaxAmperes: not null } or { DeviationFraction: not null }))
        {
            yield return "Limits of the current are watched by this program only" + (walk.HasCeilings, walk.HasCeilingsAtFirst) switch
            {
                (true, true) => $", except {Ceilings}, and {CeilingsAtFirst}.",
                (true, false) => $", except {Ceilings}.",
                (false, true) => $", except {CeilingsAtFirst}.",
                _ => ".",
            };
        }

        if (program.Nodes.OfType<StepNode>().Any(step => step.Goals.Any(goal => goal.Kind == GoalKind.Voltage)))
        {
            yield return "In a step with a voltage goal the instrument tests for that goal alone: all tests of a technique share one exit.";
        }
    }
}
