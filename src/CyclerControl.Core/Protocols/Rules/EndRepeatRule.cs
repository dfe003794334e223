using System.Collections.Immutable;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Protocols.Rules;

/// <summary><c>end_repeat</c> needs a loop to leave, and <c>up_to</c> needs something that leaves it.</summary>
internal sealed class EndRepeatRule : IProtocolRule
{
    public void Check(ProtocolDefinition definition, ProblemList problems)
    {
        foreach (var (step, loops, _, _) in ProtocolWalk.All(definition))
        {
            foreach (var goal in GoalsOf(step))
            {
                if (goal.Then == GoalThen.EndRepeat && loops.IsEmpty)
                {
                    problems.Add(goal.At.Node, "ends a repeat that is not there: the step is in no repeat or ramp", "use then: end_run or then: pause");
                }
            }

            if (step is RepeatLoop { IsUpTo: true } loop && IsWhole(loop) && !loop.Steps.Any(s => GoalsOf(s).Any(g => g.Then == GoalThen.EndRepeat)))
            {
                problems.Add(
                    loop.Source.Find("repeat")!.Value, "is never left early: no step of it has then: end_repeat", $"add then: end_repeat to a goal, or write repeat: {loop.Passes}");
            }
        }
    }

    private static ImmutableArray<StepGoal> GoalsOf(ProtocolStep step) => step switch
    {
        CurrentStep current => current.Ends.Goals,
        HoldStep hold => hold.Ends.Goals,
        _ => [],
    };

    /// <summary>False when a step of it could not be read: then nothing is said about what is missing.</summary>
    private static bool IsWhole(RepeatLoop loop) =>
        loop.Source.Find("steps")?.Value is SequenceNode steps && steps.Items.Length == loop.Steps.Length;
}
