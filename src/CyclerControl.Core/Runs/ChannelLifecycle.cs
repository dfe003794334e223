using Stateless;

namespace CyclerControl.Core.Runs;

/// <summary>The life of one channel: at rest, in a run, latched. Changes per run and per operator's wish, never per sample.</summary>
/// <remarks>
/// One thread fires: the thread of the first <see cref="Fire"/>, or of the last <see cref="Adopt"/>. Other threads may read
/// <see cref="State"/>. Nothing happens inside <see cref="Fire"/>; the owner takes the effects after it returned, and carries them out
/// in order. An exception inside the machine discards it: the channel is then <see cref="ChannelState.Faulted"/>.
/// </remarks>
public sealed class ChannelLifecycle
{
    private readonly List<ChannelEffect> effects = [];
    private StateMachine<ChannelState, ChannelTrigger> machine;
    private volatile ChannelState state;
    private int? owner;

    /// <param name="initial">Where the channel stands; a new generation of a link's loop passes on the state of the one it replaces.</param>
    public ChannelLifecycle(ChannelState initial = ChannelState.Offline)
    {
        machine = ChannelLifecycleMachine.Create(initial, effects);
        state = initial;
    }

    /// <summary>For tests: a machine whose configuration is changed before its first use.</summary>
    internal ChannelLifecycle(ChannelState initial, Action<StateMachine<ChannelState, ChannelTrigger>> configure)
        : this(initial) => configure(machine);

    /// <summary>The present state. Any thread.</summary>
    public ChannelState State => state;

    /// <summary>True while a run is open: arming, running, paused, stopping or recovering. Any thread.</summary>
    public bool HoldsRun => ChannelLifecycleMachine.HoldsRun(state);

    /// <summary>True while only an acknowledgement leads on: tripped or faulted. Any thread.</summary>
    public bool IsLatched => state is ChannelState.Tripped or ChannelState.Faulted;

    /// <summary>The exception that discarded the machine last; null while none has.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>What the present state accepts, in the order of the enumeration. Owner's thread.</summary>
    public IReadOnlyList<ChannelTrigger> PermittedTriggers => [.. machine.PermittedTriggers.Order()];

    /// <summary>True when <see cref="Fire"/> would accept the trigger now. Owner's thread.</summary>
    public bool CanFire(ChannelTrigger trigger) => machine.CanFire(trigger);

    /// <summary>Lets the calling thread fire from now on, instead of the one that did: a link's loop was replaced.</summary>
    public void Adopt() => owner = Environment.CurrentManagedThreadId;

    /// <summary>Takes the transition that the trigger leads to.</summary>
    /// <returns>False when the present state does not accept it: nothing has changed.</returns>
    /// <exception cref="InvalidOperationException">Another thread than the owner fired.</exception>
    public bool Fire(ChannelTrigger trigger)
    {
        owner ??= Environment.CurrentManagedThreadId;
        if (owner != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException(
                $"Thread {Environment.CurrentManagedThreadId} fired {trigger} at a channel that thread {owner} owns; post to its mailbox instead.");
        }

        if (!machine.CanFire(trigger))
        {
            return false;
        }

#pragma warning disable CA1031 // Whatever went wrong, a half-done machine must not be used again, and the output must go off.
        try
        {
            machine.Fire(trigger);
            state = machine.State;
        }
        catch (Exception failure)
        {
            Discard(failure);
        }
#pragma warning restore CA1031

        return true;
    }

    /// <summary>Hands over what is to be done since the last call, in order. Owner's thread.</summary>
    public IReadOnlyList<ChannelEffect> TakeEffects()
    {
        ChannelEffect[] taken = [.. effects];
        effects.Clear();
        return taken;
    }

    private void Discard(Exception failure)
    {
        Failure = failure;
        effects.Clear();
        effects.Add(ChannelEffect.OutputOff);
        if (ChannelLifecycleMachine.HoldsRun(state))
        {
            effects.Add(ChannelEffect.CloseRecording);
        }

        effects.AddRange([ChannelEffect.Announce, ChannelEffect.Alarm]);
        machine = ChannelLifecycleMachine.Create(ChannelState.Faulted, effects);
        state = ChannelState.Faulted;
    }
}
