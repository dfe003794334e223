using System.Collections.Immutable;

namespace CyclerControl.Core.Protocols;

/// <summary>A step where it stands.</summary>
/// <param name="Step">The step or loop.</param>
/// <param name="Loops">The loops around it, the innermost last.</param>
/// <param name="Previous">The sibling before it; null for the first.</param>
/// <param name="Settings">Record, sample and limits in force for it.</param>
internal sealed record StepInContext(ProtocolStep Step, ImmutableArray<ProtocolStep> Loops, ProtocolStep? Previous, StepSettings Settings);

/// <summary>Visits all steps in the order of the file, loops before what they contain.</summary>
internal static class ProtocolWalk
{
    public static IEnumerable<StepInContext> All(ProtocolDefinition definition) => All(definition.Steps, [], definition.Settings);

    public static ImmutableArray<ProtocolStep>? BodyOf(ProtocolStep step) => step switch
    {
        RepeatLoop repeat => repeat.Steps,
        RampLoop ramp => ramp.Steps,
        _ => null,
    };

    private static IEnumerable<StepInContext> All(ImmutableArray<ProtocolStep> steps, ImmutableArray<ProtocolStep> loops, StepSettings outer)
    {
        ProtocolStep? previous = null;
        foreach (var step in steps)
        {
            var settings = step.Settings.Over(outer);
            yield return new StepInContext(step, loops, previous, settings);
            foreach (var inner in BodyOf(step) is { } body ? All(body, loops.Add(step), settings) : [])
            {
                yield return inner;
            }

            previous = step;
        }
    }
}
