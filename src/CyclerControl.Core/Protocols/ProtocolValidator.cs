using System.Collections.Immutable;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Protocols.Rules;

namespace CyclerControl.Core.Protocols;

/// <summary>Checks a protocol as a whole: what no single value can show. Reports everything at once.</summary>
public static class ProtocolValidator
{
    private static readonly ImmutableArray<IProtocolRule> s_rules =
    [
        new FileNameRule(),
        new CellKindRule(),
        new EndRepeatRule(),
        new HoldRule(),
        new SweepRule(),
        new VoltageWindowRule(),
        new RecordingRule(),
    ];

    /// <summary>Adds what is wrong; the definition may lack what could not be read.</summary>
    public static void Check(ProtocolDefinition definition, ProblemList problems)
    {
        foreach (var rule in s_rules)
        {
            rule.Check(definition, problems);
        }
    }
}
