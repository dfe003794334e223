using CyclerControl.Core.Documents;

namespace CyclerControl.Core.Protocols.Rules;

/// <summary>One thing that a protocol must keep. Adds a problem for each breach, and none for what could not be read.</summary>
internal interface IProtocolRule
{
    void Check(ProtocolDefinition definition, ProblemList problems);
}
