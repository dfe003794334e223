using CyclerControl.Core.Documents;

namespace CyclerControl.Core.Protocols.Rules;

/// <summary>Nothing can be recorded more often than it is sampled.</summary>
internal sealed class RecordingRule : IProtocolRule
{
    public void Check(ProtocolDefinition definition, ProblemList problems)
    {
        Check(definition.Settings, definition.Settings, problems);
        foreach (var (step, _, _, settings) in ProtocolWalk.All(definition))
        {
            Check(step.Settings, settings, problems);
        }
    }

    private static void Check(StepSettings own, StepSettings inForce, ProblemList problems)
    {
        if (own.Record is null && own.Sample is null)
        {
            return;
        }

        var sample = inForce.Sample?.Every?.BaseValue ?? ProtocolDefaults.SampleEverySeconds;
        foreach (var every in new[] { inForce.Record?.Every, inForce.Record?.AfterChangeEvery })
        {
            if (every is not null && every.BaseValue < sample)
            {
                var cure = inForce.Sample?.Every is { } given ? $"sample more often than every {given}, or record less often" : $"add sample: {{ every: {every} }}";
                problems.Add(every.Node, "is more often than the channel is sampled", cure);
            }
        }
    }
}
