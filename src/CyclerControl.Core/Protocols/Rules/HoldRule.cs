using CyclerControl.Core.Documents;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Protocols.Rules;

/// <summary>A hold has a ceiling: its own, or that of the step whose voltage it continues. <c>hold_until</c> follows a voltage goal.</summary>
internal sealed class HoldRule : IProtocolRule
{
    public void Check(ProtocolDefinition definition, ProblemList problems)
    {
        foreach (var (step, _, previous, _) in ProtocolWalk.All(definition))
        {
            switch (step)
            {
                case HoldStep { AtMost: null } hold when hold.Source.Find("at_most") is null && !Continues(hold, previous):
                    problems.Add(
                        hold.Voltage.Node, "has no ceiling for its current, and the step before does not end at that voltage", "add at_most: 1 mA/cm2");
                    break;
                case CurrentStep { HoldUntil: { } ends, Ends.Goals: { IsEmpty: false } goals } when !goals.Any(g => g.Kind == GoalKind.Voltage):
                    problems.Add(ends.Node, "needs a voltage to hold", "add a voltage to until");
                    break;
            }
        }
    }

    /// <summary>True when the step before ends at the voltage that is held.</summary>
    public static bool Continues(HoldStep hold, ProtocolStep? previous) => previous switch
    {
        CurrentStep current => current.Ends.Goals.Any(g => g.Kind == GoalKind.Voltage && IsHeld(hold, g.At)),
        SweepStep sweep => IsHeld(hold, sweep.To),
        _ => false,
    };

    private static bool IsHeld(HoldStep hold, Amount volts) => volts.Quantity.BaseNumber == hold.Voltage.Quantity.BaseNumber;
}
