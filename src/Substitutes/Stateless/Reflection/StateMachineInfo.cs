namespace Stateless.Reflection;

/// <summary>A machine's configuration as data.</summary>
public sealed class StateMachineInfo
{
    internal StateMachineInfo(IReadOnlyList<StateInfo> states, Type stateType, Type triggerType, StateInfo initialState)
    {
        States = states;
        StateType = stateType;
        TriggerType = triggerType;
        InitialState = initialState;
    }

    /// <summary>The state that the machine was made with.</summary>
    public StateInfo InitialState { get; }

    public IEnumerable<StateInfo> States { get; }

    public Type StateType { get; }

    public Type TriggerType { get; }
}
