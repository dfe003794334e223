namespace Stateless;

public partial class StateMachine<TState, TTrigger>
{
    /// <summary>One change of state.</summary>
    public class Transition
    {
        public Transition(TState source, TState destination, TTrigger trigger, object?[]? parameters = null)
        {
            Source = source;
            Destination = destination;
            Trigger = trigger;
            Parameters = parameters ?? [];
        }

        public TState Source { get; }

        public TState Destination { get; }

        public TTrigger Trigger { get; }

        /// <summary>The arguments that the trigger was fired with.</summary>
        public object?[] Parameters { get; }

        /// <summary>True when source and destination are the same state.</summary>
        public bool IsReentry => Same(Source, Destination);
    }
}
