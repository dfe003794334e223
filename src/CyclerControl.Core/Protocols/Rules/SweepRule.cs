using CyclerControl.Core.Documents;

namespace CyclerControl.Core.Protocols.Rules;

/// <summary>A sweep goes somewhere, and knows where it begins: <c>open_circuit</c> is what a rest before it ended with.</summary>
internal sealed class SweepRule : IProtocolRule
{
    public void Check(ProtocolDefinition definition, ProblemList problems)
    {
        foreach (var (step, _, previous, _) in ProtocolWalk.All(definition))
        {
            if (step is not SweepStep sweep)
            {
                continue;
            }

            if (sweep.From is null && previous is not RestStep)
            {
                problems.Add(sweep.FromNode, "is the voltage that a rest ends with, and the step before is no rest", "put rest: 10 min before the sweep, or write from: 2.5 V");
            }
            else if (sweep.From?.Quantity.BaseNumber == sweep.To.Quantity.BaseNumber)
            {
                problems.Add(sweep.To.Node, "is where the sweep begins", $"write another voltage, or hold: {sweep.To}");
            }
        }
    }
}
