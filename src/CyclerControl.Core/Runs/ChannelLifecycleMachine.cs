using Stateless;

namespace CyclerControl.Core.Runs;

/// <summary>The one place that says which state follows which. Actions only append to the list of effects.</summary>
internal static class ChannelLifecycleMachine
{
    /// <summary>States that hold an unfinished run.</summary>
    public static bool HoldsRun(ChannelState state) =>
        state is ChannelState.Arming or ChannelState.Running or ChannelState.Paused or ChannelState.Stopping or ChannelState.Recovering;

    public static StateMachine<ChannelState, ChannelTrigger> Create(ChannelState initial, List<ChannelEffect> effects)
    {
        var machine = new StateMachine<ChannelState, ChannelTrigger>(initial);
        ConfigureAtRest(machine, effects);
        ConfigureRun(machine, effects);
        ConfigureLatches(machine, effects);
        return machine;
    }

    private static void ConfigureAtRest(StateMachine<ChannelState, ChannelTrigger> machine, List<ChannelEffect> effects)
    {
        machine.Configure(ChannelState.Offline)
            .Permit(ChannelTrigger.Connect, ChannelState.Idle)
            .Permit(ChannelTrigger.Recover, ChannelState.Recovering)
            .Permit(ChannelTrigger.Trip, ChannelState.Tripped)
            .Permit(ChannelTrigger.Fault, ChannelState.Faulted)
            .Ignore(ChannelTrigger.LoseLink)
            .OnEntryFrom(ChannelTrigger.LoseLink, () => effects.Add(ChannelEffect.Reconnect))
            .OnEntryFrom(ChannelTrigger.Acknowledge, () => effects.Add(ChannelEffect.Reconnect))
            .OnEntry(() => effects.Add(ChannelEffect.Announce));

        machine.Configure(ChannelState.Idle)
            .Permit(ChannelTrigger.Start, ChannelState.Arming)
            .Permit(ChannelTrigger.Recover, ChannelState.Recovering)
            .Permit(ChannelTrigger.LoseLink, ChannelState.Offline)
            .Permit(ChannelTrigger.Trip, ChannelState.Tripped)
            .Permit(ChannelTrigger.Fault, ChannelState.Faulted)
            .OnEntryFrom(ChannelTrigger.Refuse, () => effects.AddRange([ChannelEffect.OutputOff, ChannelEffect.CloseRecording, ChannelEffect.Release]))
            .OnEntryFrom(ChannelTrigger.ConfirmOff, () => effects.AddRange([ChannelEffect.CloseRecording, ChannelEffect.Release]))
            .OnEntry(() => effects.Add(ChannelEffect.Announce));

        machine.Configure(ChannelState.Finished)
            .Permit(ChannelTrigger.Start, ChannelState.Arming)
            .Permit(ChannelTrigger.Acknowledge, ChannelState.Idle)
            .Permit(ChannelTrigger.LoseLink, ChannelState.Offline)
            .Permit(ChannelTrigger.Trip, ChannelState.Tripped)
            .Permit(ChannelTrigger.Fault, ChannelState.Faulted)
            .OnEntry(() => effects.AddRange([ChannelEffect.OutputOff, ChannelEffect.CloseRecording, ChannelEffect.Release, ChannelEffect.Announce]));
    }

    private static void ConfigureRun(StateMachine<ChannelState, ChannelTrigger> machine, List<ChannelEffect> effects)
    {
        // A start is fail-closed: after a link lost in the middle of it nothing is known about the output.
        machine.Configure(ChannelState.Arming)
            .Permit(ChannelTrigger.Run, ChannelState.Running)
            .Permit(ChannelTrigger.Refuse, ChannelState.Idle)
            .Permit(ChannelTrigger.Stop, ChannelState.Stopping)
            .Permit(ChannelTrigger.LoseLink, ChannelState.Faulted)
            .Permit(ChannelTrigger.Trip, ChannelState.Tripped)
            .Permit(ChannelTrigger.Fault, ChannelState.Faulted)
            .OnEntry(() => effects.AddRange([ChannelEffect.Announce, ChannelEffect.Prepare]));

        machine.Configure(ChannelState.Running)
            .Permit(ChannelTrigger.Pause, ChannelState.Paused)
            .Permit(ChannelTrigger.Stop, ChannelState.Stopping)
            .Permit(ChannelTrigger.Complete, ChannelState.Finished)
            .Permit(ChannelTrigger.LoseLink, ChannelState.Recovering)
            .Permit(ChannelTrigger.Trip, ChannelState.Tripped)
            .Permit(ChannelTrigger.Fault, ChannelState.Faulted)
            .OnEntryFrom(ChannelTrigger.Run, () => effects.Add(ChannelEffect.BeginRun))
            .OnEntryFrom(ChannelTrigger.Resume, () => effects.Add(ChannelEffect.ContinueRun))
            .OnEntry(() => effects.Add(ChannelEffect.Announce));

        // Paused and Stopping outlast a lost link: the output stays unconfirmed until it is back.
        machine.Configure(ChannelState.Paused)
            .Permit(ChannelTrigger.Resume, ChannelState.Running)
            .Permit(ChannelTrigger.Stop, ChannelState.Stopping)
            .Permit(ChannelTrigger.Trip, ChannelState.Tripped)
            .Permit(ChannelTrigger.Fault, ChannelState.Faulted)
            .InternalTransition(ChannelTrigger.LoseLink, () => effects.Add(ChannelEffect.Reconnect))
            .InternalTransition(ChannelTrigger.Connect, () => effects.Add(ChannelEffect.OutputOff))
            .OnEntry(() => effects.AddRange([ChannelEffect.OutputOff, ChannelEffect.CommitRecording, ChannelEffect.Announce]));

        machine.Configure(ChannelState.Stopping)
            .Permit(ChannelTrigger.ConfirmOff, ChannelState.Idle)
            .Permit(ChannelTrigger.Trip, ChannelState.Tripped)
            .Permit(ChannelTrigger.Fault, ChannelState.Faulted)
            .InternalTransition(ChannelTrigger.LoseLink, () => effects.Add(ChannelEffect.Reconnect))
            .InternalTransition(ChannelTrigger.Connect, () => effects.Add(ChannelEffect.OutputOff))
            .Ignore(ChannelTrigger.Stop)
            .OnEntry(() => effects.AddRange([ChannelEffect.OutputOff, ChannelEffect.Announce]));

        machine.Configure(ChannelState.Recovering)
            .Permit(ChannelTrigger.Resume, ChannelState.Running)
            .Permit(ChannelTrigger.Pause, ChannelState.Paused)
            .Permit(ChannelTrigger.Stop, ChannelState.Stopping)
            .Permit(ChannelTrigger.Trip, ChannelState.Tripped)
            .Permit(ChannelTrigger.Fault, ChannelState.Faulted)
            .InternalTransition(ChannelTrigger.LoseLink, () => effects.Add(ChannelEffect.Reconnect))
            .InternalTransition(ChannelTrigger.Connect, () => effects.Add(ChannelEffect.OutputOff))
            .OnEntryFrom(ChannelTrigger.LoseLink, () => effects.AddRange([ChannelEffect.CommitRecording, ChannelEffect.Reconnect]))
            .OnEntryFrom(ChannelTrigger.Recover, t => effects.Add(t.Source == ChannelState.Offline ? ChannelEffect.Reconnect : ChannelEffect.OutputOff))
            .OnEntry(() => effects.Add(ChannelEffect.Announce));
    }

    private static void ConfigureLatches(StateMachine<ChannelState, ChannelTrigger> machine, List<ChannelEffect> effects)
    {
        // Only an operator's acknowledgement leaves a latch; a fault outranks a trip.
        machine.Configure(ChannelState.Tripped)
            .Permit(ChannelTrigger.Acknowledge, ChannelState.Idle)
            .Permit(ChannelTrigger.Fault, ChannelState.Faulted)
            .Ignore(ChannelTrigger.Trip)
            .InternalTransition(ChannelTrigger.LoseLink, () => effects.Add(ChannelEffect.Reconnect))
            .InternalTransition(ChannelTrigger.Connect, () => effects.Add(ChannelEffect.OutputOff))
            .OnEntry(transition => Latch(transition.Source, effects));

        // After a fault nothing is known about the instrument: the way back goes through a new connection.
        machine.Configure(ChannelState.Faulted)
            .Permit(ChannelTrigger.Acknowledge, ChannelState.Offline)
            .Ignore(ChannelTrigger.Trip)
            .Ignore(ChannelTrigger.Fault)
            .InternalTransition(ChannelTrigger.LoseLink, () => effects.Add(ChannelEffect.Reconnect))
            .InternalTransition(ChannelTrigger.Connect, () => effects.Add(ChannelEffect.OutputOff))
            .OnEntry(transition => Latch(transition.Source, effects));
    }

    private static void Latch(ChannelState source, List<ChannelEffect> effects)
    {
        effects.Add(ChannelEffect.OutputOff);
        if (HoldsRun(source))
        {
            effects.Add(ChannelEffect.CloseRecording);
        }

        effects.AddRange([ChannelEffect.Announce, ChannelEffect.Alarm]);
    }
}
