namespace Stateless;

public partial class StateMachine<TState, TTrigger>
{
    internal enum RuleKind
    {
        Fixed,
        Dynamic,
        Reentry,
        Internal,
        Ignore,
    }

    internal sealed record Guard(Func<object?[], bool> Holds, string Description)
    {
        public static readonly Guard None = new(_ => true, "");
    }

    internal sealed class Rule
    {
        public Rule(TTrigger trigger, RuleKind kind, TState destination, Guard guard, Action<Transition>? action = null)
        {
            (Trigger, Kind, Guard, Action) = (trigger, kind, guard, action);
            Destination = _ => destination;
            FixedDestination = kind == RuleKind.Ignore ? [] : [destination];
        }

        public Rule(TTrigger trigger, Func<object?[], TState> destination)
        {
            (Trigger, Kind, Guard, Destination) = (trigger, RuleKind.Dynamic, Guard.None, destination);
        }

        public TTrigger Trigger { get; }

        public RuleKind Kind { get; }

        public Guard Guard { get; }

        public Func<object?[], TState> Destination { get; }

        public Action<Transition>? Action { get; }

        /// <summary>The destination where it is known before the trigger fires, else nothing.</summary>
        public IReadOnlyList<TState> FixedDestination { get; } = [];
    }
}
