namespace Stateless;

public partial class StateMachine<TState, TTrigger>
{
    /// <summary>What one state does. Every member returns the same object, so that calls chain.</summary>
    public sealed class StateConfiguration
    {
        private readonly StateMachine<TState, TTrigger> machine;
        private readonly Node node;

        internal StateConfiguration(StateMachine<TState, TTrigger> machine, Node node)
        {
            this.machine = machine;
            this.node = node;
        }

        /// <summary>The state that is configured.</summary>
        public TState State => node.State;

        /// <exception cref="ArgumentException">The destination is the state itself: use <see cref="PermitReentry"/> or <see cref="Ignore"/>.</exception>
        public StateConfiguration Permit(TTrigger trigger, TState destinationState) =>
            Add(new Rule(trigger, RuleKind.Fixed, Other(destinationState), Guard.None));

        /// <summary>A transition that is taken only while the guard holds.</summary>
        public StateConfiguration PermitIf(TTrigger trigger, TState destinationState, Func<bool> guard, string? guardDescription = null)
        {
            ArgumentNullException.ThrowIfNull(guard);
            return Add(new Rule(trigger, RuleKind.Fixed, Other(destinationState), new Guard(_ => guard(), guardDescription ?? guard.Method.Name)));
        }

        /// <summary>A transition that is taken only while the guard holds for the trigger's argument.</summary>
        public StateConfiguration PermitIf<TArg0>(
            TriggerWithParameters<TArg0> trigger, TState destinationState, Func<TArg0, bool> guard, string? guardDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(guard);
            var described = new Guard(arguments => guard(TriggerWithParameters<TArg0>.Unpack(arguments)), guardDescription ?? guard.Method.Name);
            return Add(new Rule(trigger.Trigger, RuleKind.Fixed, Other(destinationState), described));
        }

        /// <summary>Leaves the state and enters it again.</summary>
        public StateConfiguration PermitReentry(TTrigger trigger) => Add(new Rule(trigger, RuleKind.Reentry, node.State, Guard.None));

        /// <summary>The destination is asked for when the trigger fires.</summary>
        public StateConfiguration PermitDynamic(TTrigger trigger, Func<TState> destinationStateSelector)
        {
            ArgumentNullException.ThrowIfNull(destinationStateSelector);
            return Add(new Rule(trigger, _ => destinationStateSelector()));
        }

        /// <summary>The destination follows from the trigger's argument.</summary>
        public StateConfiguration PermitDynamic<TArg0>(TriggerWithParameters<TArg0> trigger, Func<TArg0, TState> destinationStateSelector)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(destinationStateSelector);
            return Add(new Rule(trigger.Trigger, arguments => destinationStateSelector(TriggerWithParameters<TArg0>.Unpack(arguments))));
        }

        /// <summary>The trigger is accepted and does nothing.</summary>
        public StateConfiguration Ignore(TTrigger trigger) => Add(new Rule(trigger, RuleKind.Ignore, node.State, Guard.None));

        /// <summary>Runs an action; the state is neither left nor entered.</summary>
        public StateConfiguration InternalTransition(TTrigger trigger, Action internalAction)
        {
            ArgumentNullException.ThrowIfNull(internalAction);
            return InternalTransition(trigger, _ => internalAction());
        }

        /// <summary>As above, with the transition.</summary>
        public StateConfiguration InternalTransition(TTrigger trigger, Action<Transition> entryAction)
        {
            ArgumentNullException.ThrowIfNull(entryAction);
            return Add(new Rule(trigger, RuleKind.Internal, node.State, Guard.None, entryAction));
        }

        /// <summary>As above, with the trigger's argument.</summary>
        public StateConfiguration InternalTransition<TArg0>(TriggerWithParameters<TArg0> trigger, Action<TArg0, Transition> internalAction)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(internalAction);
            return InternalTransition(trigger.Trigger, t => internalAction(TriggerWithParameters<TArg0>.Unpack(t.Parameters), t));
        }

        /// <summary>Inherits the transitions of <paramref name="superstate"/>.</summary>
        /// <exception cref="ArgumentException">The state would lie within itself.</exception>
        public StateConfiguration SubstateOf(TState superstate)
        {
            var outer = machine.NodeOf(superstate);
            if (outer.IsWithin(node.State))
            {
                throw new ArgumentException($"State '{node.State}' cannot be a substate of '{superstate}', which is itself or lies within it.", nameof(superstate));
            }

            node.Superstate = outer;
            return this;
        }

        /// <summary>Runs when the state is entered from outside it.</summary>
        public StateConfiguration OnEntry(Action entryAction, string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(entryAction);
            return OnEntry(_ => entryAction(), entryActionDescription);
        }

        /// <summary>As above, with the transition.</summary>
        public StateConfiguration OnEntry(Action<Transition> entryAction, string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(entryAction);
            node.Entries.Add(entryAction);
            return this;
        }

        /// <summary>Runs when the state is entered by this trigger.</summary>
        public StateConfiguration OnEntryFrom(TTrigger trigger, Action entryAction, string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(entryAction);
            return OnEntryFrom(trigger, _ => entryAction(), entryActionDescription);
        }

        /// <summary>As above, with the transition.</summary>
        public StateConfiguration OnEntryFrom(TTrigger trigger, Action<Transition> entryAction, string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(entryAction);
            return OnEntry(
                t =>
                {
                    if (EqualityComparer<TTrigger>.Default.Equals(t.Trigger, trigger))
                    {
                        entryAction(t);
                    }
                },
                entryActionDescription);
        }

        /// <summary>As above, with the trigger's argument.</summary>
        public StateConfiguration OnEntryFrom<TArg0>(
            TriggerWithParameters<TArg0> trigger, Action<TArg0> entryAction, string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(entryAction);
            return OnEntryFrom(trigger, (argument, _) => entryAction(argument), entryActionDescription);
        }

        /// <summary>As above, with the trigger's argument and the transition.</summary>
        public StateConfiguration OnEntryFrom<TArg0>(
            TriggerWithParameters<TArg0> trigger, Action<TArg0, Transition> entryAction, string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(entryAction);
            return OnEntryFrom(trigger.Trigger, t => entryAction(TriggerWithParameters<TArg0>.Unpack(t.Parameters), t), entryActionDescription);
        }

        /// <summary>Runs when the state is left for one outside it.</summary>
        public StateConfiguration OnExit(Action exitAction, string? exitActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(exitAction);
            return OnExit(_ => exitAction(), exitActionDescription);
        }

        /// <summary>As above, with the transition.</summary>
        public StateConfiguration OnExit(Action<Transition> exitAction, string? exitActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(exitAction);
            node.Exits.Add(exitAction);
            return this;
        }

        private StateConfiguration Add(Rule rule)
        {
            node.Rules.Add(rule);
            return this;
        }

        private TState Other(TState destination) =>
            Same(destination, node.State)
                ? throw new ArgumentException(
                    $"A transition from '{destination}' to itself is said with {nameof(PermitReentry)} or {nameof(Ignore)}.", nameof(destination))
                : destination;
    }
}
