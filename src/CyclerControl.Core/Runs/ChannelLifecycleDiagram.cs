using System.Text;

namespace CyclerControl.Core.Runs;

/// <summary>Draws the channel lifecycle from the machine itself, so that the picture cannot differ from the code.</summary>
public static class ChannelLifecycleDiagram
{
    /// <summary>A Mermaid state diagram, one arrow a line, lines ended by <c>\n</c>. Trip and fault, which lead away from everywhere, are drawn as notes.</summary>
    public static string Mermaid()
    {
        var info = ChannelLifecycleMachine.Create(ChannelState.Offline, []).GetInfo();
        var arrows = info.States
            .SelectMany(state => state.FixedTransitions, (state, transition) => (
                From: (ChannelState)state.UnderlyingState,
                To: (ChannelState)transition.DestinationState.UnderlyingState,
                Trigger: (ChannelTrigger)transition.Trigger.UnderlyingTrigger))
            .Where(arrow => arrow.From != arrow.To)
            .Order()
            .ToList();

        var text = new StringBuilder("stateDiagram-v2\n");
        text.Append("    [*] --> ").Append((ChannelState)info.InitialState.UnderlyingState).Append('\n');
        foreach (var (from, to, trigger) in arrows.Where(arrow => !IsFromEverywhere(arrow.Trigger)))
        {
            text.Append("    ").Append(from).Append(" --> ").Append(to).Append(": ").Append(trigger).Append('\n');
        }

        foreach (var group in arrows.Where(arrow => IsFromEverywhere(arrow.Trigger)).GroupBy(arrow => (arrow.To, arrow.Trigger)))
        {
            text.Append("    note right of ").Append(group.Key.To).Append(": ").Append(group.Key.Trigger).Append(" from ")
                .AppendJoin(", ", group.Select(arrow => arrow.From)).Append('\n');
        }

        return text.ToString();
    }

    private static bool IsFromEverywhere(ChannelTrigger trigger) => trigger is ChannelTrigger.Trip or ChannelTrigger.Fault;
}
