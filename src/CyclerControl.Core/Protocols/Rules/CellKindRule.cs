using CyclerControl.Core.Documents;

namespace CyclerControl.Core.Protocols.Rules;

/// <summary>Plate and strip are words for cells with lithium metal on the working electrode.</summary>
internal sealed class CellKindRule : IProtocolRule
{
    public const string Message = "is ambiguous on a full cell: in a full cell lithium plates on charge";

    public const string Cure = "use charge / discharge";

    public void Check(ProtocolDefinition definition, ProblemList problems)
    {
        if (definition.Cell["kind"]?.Node.Text != "full")
        {
            return;
        }

        foreach (var (step, _, _, _) in ProtocolWalk.All(definition))
        {
            if (step is CurrentStep { Verb: "plate" or "strip" } current && current.Source.Find(current.Verb) is { } entry)
            {
                problems.Add(entry.Line, entry.Column, current.CurrentNode.Path, current.Verb, Message, Cure);
            }
        }
    }
}
