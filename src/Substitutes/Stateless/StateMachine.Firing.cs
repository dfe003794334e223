namespace Stateless;

public partial class StateMachine<TState, TTrigger>
{
    private readonly Queue<(TTrigger Trigger, object?[] Arguments)> pending = new();
    private bool firing;

    /// <summary>Takes the transition that the trigger leads to; inside an action, after the present one has ended.</summary>
    /// <exception cref="InvalidOperationException">The state has no transition for it, or two whose guards both hold.</exception>
    /// <exception cref="ArgumentException">The trigger was configured with a parameter.</exception>
    public void Fire(TTrigger trigger) => Enqueue(trigger, []);

    /// <summary>As above, with the trigger's argument.</summary>
    public void Fire<TArg0>(TriggerWithParameters<TArg0> trigger, TArg0 arg0)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        Enqueue(trigger.Trigger, [arg0]);
    }

    private void Enqueue(TTrigger trigger, object?[] arguments)
    {
        pending.Enqueue((trigger, arguments));
        if (firing)
        {
            return;
        }

        firing = true;
        try
        {
            while (pending.TryDequeue(out var next))
            {
                FireOne(next.Trigger, next.Arguments);
            }
        }
        finally
        {
            firing = false;
        }
    }

    private void FireOne(TTrigger trigger, object?[] arguments)
    {
        if (parameters.TryGetValue(trigger, out var declared))
        {
            declared.Validate(arguments);
        }

        var source = State;
        var node = NodeOf(source);
        var rule = node.Find(trigger, arguments, out var unmetGuards);
        if (rule is null)
        {
            unhandled(source, trigger, unmetGuards);
            return;
        }

        switch (rule.Kind)
        {
            case RuleKind.Ignore:
                return;
            case RuleKind.Internal:
                rule.Action!(new Transition(source, source, trigger, arguments));
                return;
            case RuleKind.Reentry:
                Reenter(node, new Transition(source, rule.Destination(arguments), trigger, arguments));
                return;
            default:
                var destination = rule.Destination(arguments);
                if (rule.Kind == RuleKind.Dynamic || !Same(source, destination))
                {
                    Move(node, new Transition(source, destination, trigger, arguments));
                }

                return;
        }
    }

    private void Move(Node from, Transition transition)
    {
        from.Exit(transition);
        write(transition.Destination);
        Tell(transitioned, transition);
        NodeOf(transition.Destination).Enter(transition);
        Tell(completed, transition);
    }

    private void Reenter(Node from, Transition transition)
    {
        from.Exit(transition);
        var to = NodeOf(transition.Destination);
        if (!transition.IsReentry)
        {
            // A superstate's re-entry, fired in a substate: the superstate itself is left and entered again.
            transition = new Transition(transition.Destination, transition.Destination, transition.Trigger, transition.Parameters);
            to.Exit(transition);
        }

        Tell(transitioned, transition);
        to.Enter(transition);
        write(transition.Destination);
        Tell(completed, transition);
    }

    private static void Tell(List<Action<Transition>> listeners, Transition transition)
    {
        foreach (var listener in listeners)
        {
            listener(transition);
        }
    }

    private static bool Same(TState left, TState right) => EqualityComparer<TState>.Default.Equals(left, right);
}
