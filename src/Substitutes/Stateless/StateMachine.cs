using Stateless.Reflection;

namespace Stateless;

/// <summary>A state machine configured in code. Stands in for the type of the same name in the package Stateless.</summary>
/// <remarks>Not thread-safe. A <c>Fire</c> inside an action is queued and runs after the present transition.</remarks>
public partial class StateMachine<TState, TTrigger>
    where TState : notnull
    where TTrigger : notnull
{
    private readonly Func<TState> read;
    private readonly Action<TState> write;
    private readonly TState initial;
    private readonly Dictionary<TState, Node> nodes = [];
    private readonly Dictionary<TTrigger, TriggerWithParameters> parameters = [];
    private readonly List<Action<Transition>> transitioned = [];
    private readonly List<Action<Transition>> completed = [];
    private Action<TState, TTrigger, ICollection<string>> unhandled = ThrowUnhandled;

    /// <summary>A machine that keeps its own state.</summary>
    public StateMachine(TState initialState)
    {
        var state = initialState;
        read = () => state;
        write = value => state = value;
        initial = initialState;
    }

    /// <summary>A machine whose state lives elsewhere.</summary>
    public StateMachine(Func<TState> stateAccessor, Action<TState> stateMutator)
    {
        ArgumentNullException.ThrowIfNull(stateAccessor);
        ArgumentNullException.ThrowIfNull(stateMutator);
        read = stateAccessor;
        write = stateMutator;
        initial = stateAccessor();
    }

    /// <summary>The present state.</summary>
    public TState State => read();

    /// <summary>Triggers that are accepted now, those of superstates included. Guards are evaluated.</summary>
    public IEnumerable<TTrigger> PermittedTriggers => NodeOf(State).Permitted([]);

    /// <summary>Begins or continues the configuration of a state.</summary>
    public StateConfiguration Configure(TState state) => new(this, NodeOf(state));

    /// <summary>True when the present state is <paramref name="state"/> or one of its substates.</summary>
    public bool IsInState(TState state) => NodeOf(State).IsWithin(state);

    /// <summary>True when <see cref="Fire(TTrigger)"/> would be accepted now (an ignored trigger is).</summary>
    public bool CanFire(TTrigger trigger) => CanFire(trigger, out _);

    /// <summary>As above, with the descriptions of the guards that stand in the way.</summary>
    public bool CanFire(TTrigger trigger, out ICollection<string> unmetGuards)
    {
        var found = NodeOf(State).Find(trigger, [], out var unmet);
        unmetGuards = unmet;
        return found is not null;
    }

    /// <summary>Says which argument a trigger carries.</summary>
    /// <exception cref="InvalidOperationException">Said before.</exception>
    public TriggerWithParameters<TArg0> SetTriggerParameters<TArg0>(TTrigger trigger)
    {
        var configured = new TriggerWithParameters<TArg0>(trigger);
        if (!parameters.TryAdd(trigger, configured))
        {
            throw new InvalidOperationException($"The parameters of trigger '{trigger}' are set already.");
        }

        return configured;
    }

    /// <summary>Called after the state has changed and before the entry actions.</summary>
    public void OnTransitioned(Action<Transition> onTransitionAction)
    {
        ArgumentNullException.ThrowIfNull(onTransitionAction);
        transitioned.Add(onTransitionAction);
    }

    /// <summary>Called after the entry actions.</summary>
    public void OnTransitionCompleted(Action<Transition> onTransitionAction)
    {
        ArgumentNullException.ThrowIfNull(onTransitionAction);
        completed.Add(onTransitionAction);
    }

    /// <summary>Replaces the exception that an unhandled trigger throws.</summary>
    public void OnUnhandledTrigger(Action<TState, TTrigger> unhandledTriggerAction)
    {
        ArgumentNullException.ThrowIfNull(unhandledTriggerAction);
        unhandled = (state, trigger, _) => unhandledTriggerAction(state, trigger);
    }

    /// <summary>As above, with the descriptions of the guards that stood in the way.</summary>
    public void OnUnhandledTrigger(Action<TState, TTrigger, ICollection<string>> unhandledTriggerAction)
    {
        ArgumentNullException.ThrowIfNull(unhandledTriggerAction);
        unhandled = unhandledTriggerAction;
    }

    /// <summary>The configuration as data: states and their transitions.</summary>
    public StateMachineInfo GetInfo()
    {
        foreach (var destination in nodes.Values.SelectMany(node => node.Rules).SelectMany(rule => rule.FixedDestination).ToList())
        {
            NodeOf(destination);
        }

        NodeOf(initial);
        var infos = nodes.ToDictionary(pair => pair.Key, pair => new StateInfo(pair.Key));
        foreach (var (state, node) in nodes)
        {
            var transitions = node.Rules.SelectMany(
                rule => rule.FixedDestination,
                (rule, to) => new FixedTransitionInfo(new TriggerInfo(rule.Trigger), infos[to]));
            infos[state].Link(
                node.Superstate is { } superstate ? infos[superstate.State] : null,
                [.. nodes.Values.Where(other => ReferenceEquals(other.Superstate, node)).Select(other => infos[other.State])],
                [.. transitions]);
        }

        return new StateMachineInfo([.. infos.Values], typeof(TState), typeof(TTrigger), infos[initial]);
    }

    private static void ThrowUnhandled(TState state, TTrigger trigger, ICollection<string> unmetGuards) =>
        throw new InvalidOperationException(
            unmetGuards.Count == 0
                ? $"State '{state}' has no transition for trigger '{trigger}'."
                : $"State '{state}' takes trigger '{trigger}' only when: {string.Join("; ", unmetGuards)}.");

    private Node NodeOf(TState state)
    {
        if (!nodes.TryGetValue(state, out var node))
        {
            node = new Node(this, state);
            nodes.Add(state, node);
        }

        return node;
    }
}
