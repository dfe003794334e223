namespace Stateless.Reflection;

/// <summary>One state.</summary>
public sealed class StateInfo
{
    internal StateInfo(object underlyingState) => UnderlyingState = underlyingState;

    /// <summary>The state as the machine's own type has it.</summary>
    public object UnderlyingState { get; }

    public StateInfo? Superstate { get; private set; }

    public IEnumerable<StateInfo> Substates { get; private set; } = [];

    /// <summary>Transitions whose destination is known: plain, guarded, re-entries and internal ones.</summary>
    public IEnumerable<FixedTransitionInfo> FixedTransitions { get; private set; } = [];

    public override string ToString() => UnderlyingState.ToString() ?? "";

    internal void Link(StateInfo? superstate, IReadOnlyList<StateInfo> substates, IReadOnlyList<FixedTransitionInfo> transitions)
    {
        Superstate = superstate;
        Substates = substates;
        FixedTransitions = transitions;
    }
}
