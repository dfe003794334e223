namespace Stateless;

public partial class StateMachine<TState, TTrigger>
{
    internal sealed class Node(StateMachine<TState, TTrigger> machine, TState state)
    {
        public TState State { get; } = state;

        public Node? Superstate { get; set; }

        public List<Rule> Rules { get; } = [];

        public List<Action<Transition>> Entries { get; } = [];

        public List<Action<Transition>> Exits { get; } = [];

        public bool IsWithin(TState state) => Same(State, state) || (Superstate?.IsWithin(state) ?? false);

        public IReadOnlyCollection<TTrigger> Permitted(object?[] arguments)
        {
            var own = Rules.Where(rule => rule.Guard.Holds(arguments)).Select(rule => rule.Trigger);
            return own.Concat(Superstate?.Permitted(arguments) ?? []).Distinct().ToList();
        }

        /// <summary>The one rule of this state whose guard holds, else a superstate's.</summary>
        public Rule? Find(TTrigger trigger, object?[] arguments, out ICollection<string> unmetGuards)
        {
            var candidates = Rules.Where(rule => EqualityComparer<TTrigger>.Default.Equals(rule.Trigger, trigger)).ToLookup(rule => rule.Guard.Holds(arguments));
            unmetGuards = [.. candidates[false].Select(rule => rule.Guard.Description)];
            var open = candidates[true].ToList();
            if (open.Count > 1)
            {
                throw new InvalidOperationException($"State '{State}' has {open.Count} transitions for trigger '{trigger}' at once; guards must exclude each other.");
            }

            if (open.Count == 1)
            {
                return open[0];
            }

            if (Superstate is null)
            {
                return null;
            }

            var inherited = Superstate.Find(trigger, arguments, out var unmetAbove);
            unmetGuards = unmetAbove.Count == 0 ? unmetGuards : unmetAbove;
            return inherited;
        }

        /// <summary>From the outermost state that is entered to this one.</summary>
        public void Enter(Transition transition)
        {
            if (!transition.IsReentry && Includes(transition.Source))
            {
                return;
            }

            if (!transition.IsReentry)
            {
                Superstate?.Enter(transition);
            }

            Tell(Entries, transition);
        }

        /// <summary>From this state to the outermost one that is left.</summary>
        public void Exit(Transition transition)
        {
            if (!transition.IsReentry && Includes(transition.Destination))
            {
                return;
            }

            Tell(Exits, transition);
            if (!transition.IsReentry)
            {
                Superstate?.Exit(transition);
            }
        }

        private bool Includes(TState other) => machine.NodeOf(other).IsWithin(State);
    }
}
