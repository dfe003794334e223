namespace Stateless.Reflection;

/// <summary>A transition whose destination is known.</summary>
public sealed class FixedTransitionInfo
{
    internal FixedTransitionInfo(TriggerInfo trigger, StateInfo destinationState)
    {
        Trigger = trigger;
        DestinationState = destinationState;
    }

    public TriggerInfo Trigger { get; }

    public StateInfo DestinationState { get; }
}
