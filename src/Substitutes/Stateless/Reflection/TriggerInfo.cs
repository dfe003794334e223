namespace Stateless.Reflection;

/// <summary>One trigger.</summary>
public sealed class TriggerInfo
{
    internal TriggerInfo(object underlyingTrigger) => UnderlyingTrigger = underlyingTrigger;

    /// <summary>The trigger as the machine's own type has it.</summary>
    public object UnderlyingTrigger { get; }

    public override string ToString() => UnderlyingTrigger.ToString() ?? "";
}
