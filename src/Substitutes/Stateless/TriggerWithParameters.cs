namespace Stateless;

public partial class StateMachine<TState, TTrigger>
{
    /// <summary>A trigger that carries arguments.</summary>
    public abstract class TriggerWithParameters
    {
        private readonly Type[] types;

        protected TriggerWithParameters(TTrigger underlyingTrigger, params Type[] argumentTypes)
        {
            Trigger = underlyingTrigger;
            types = argumentTypes;
        }

        /// <summary>The trigger itself.</summary>
        public TTrigger Trigger { get; }

        internal void Validate(object?[] arguments)
        {
            if (arguments.Length != types.Length)
            {
                throw new ArgumentException($"Trigger '{Trigger}' takes {types.Length} argument(s), got {arguments.Length}.", nameof(arguments));
            }
        }
    }

    /// <summary>A trigger that carries one argument.</summary>
    public class TriggerWithParameters<TArg0> : TriggerWithParameters
    {
        public TriggerWithParameters(TTrigger underlyingTrigger)
            : base(underlyingTrigger, typeof(TArg0))
        {
        }

        internal static TArg0 Unpack(object?[] arguments) =>
            arguments is [TArg0 value] ? value
            : arguments is [null] && default(TArg0) is null ? default!
            : throw new ArgumentException($"One argument of type {typeof(TArg0)} was expected.", nameof(arguments));
    }
}
