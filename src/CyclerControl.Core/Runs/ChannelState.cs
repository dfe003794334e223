namespace CyclerControl.Core.Runs;

/// <summary>Where a channel stands.</summary>
public enum ChannelState
{
    /// <summary>No connection to the instrument.</summary>
    Offline,

    /// <summary>Connected, output off and confirmed, no run.</summary>
    Idle,

    /// <summary>A run was asked for: limits and watchdog are written and read back, the output is still off.</summary>
    Arming,

    /// <summary>The protocol is being executed.</summary>
    Running,

    /// <summary>Output off, the run can be resumed at its exact charge.</summary>
    Paused,

    /// <summary>The run is being ended by the operator: output off until confirmed.</summary>
    Stopping,

    /// <summary>The run reached its planned end; its result stands until the next start. Output off.</summary>
    Finished,

    /// <summary>A limit, a short or contact loss switched the output off. Latched until an operator acknowledges.</summary>
    Tripped,

    /// <summary>The instrument, the link or the software failed. Latched until an operator acknowledges.</summary>
    Faulted,

    /// <summary>A run is open and its link or this program is coming back; nothing is known about the output.</summary>
    Recovering,
}

/// <summary>What happens to a channel.</summary>
public enum ChannelTrigger
{
    /// <summary>The instrument was identified, brought to its safe state and set up.</summary>
    Connect,

    /// <summary>The link broke.</summary>
    LoseLink,

    /// <summary>The operator starts a run.</summary>
    Start,

    /// <summary>The preparation failed: the start is refused, the output was never on.</summary>
    Refuse,

    /// <summary>Preparation read back and start intent durable: the output may go on.</summary>
    Run,

    /// <summary>The operator or the protocol pauses.</summary>
    Pause,

    /// <summary>The run goes on: by the operator, or by the policy of the protocol after an interruption.</summary>
    Resume,

    /// <summary>The run reached its planned end; in a CCD run a short circuit is one.</summary>
    Complete,

    /// <summary>The operator ends the run.</summary>
    Stop,

    /// <summary>The output of a stopping channel is confirmed off.</summary>
    ConfirmOff,

    /// <summary>A limit was breached, a short or contact loss was found, or the monitoring loop died.</summary>
    Trip,

    /// <summary>A broken promise of the instrument, the recording or the software.</summary>
    Fault,

    /// <summary>An operator has seen a trip or a fault (or cleared a result). Where the link is down, <see cref="LoseLink"/> follows.</summary>
    Acknowledge,

    /// <summary>A run was found unfinished after a restart of this program.</summary>
    Recover,
}

/// <summary>What the owner of a channel does after a change of state, in the order given.</summary>
public enum ChannelEffect
{
    /// <summary>Preflight; limits and watchdog written and read back; start intent made durable.</summary>
    Prepare,

    /// <summary>Hand the channel to the run engine: its first set-point may be applied.</summary>
    BeginRun,

    /// <summary>Let the run engine go on where it stood.</summary>
    ContinueRun,

    /// <summary>Output off, repeated until confirmed.</summary>
    OutputOff,

    /// <summary>Make everything recorded so far durable.</summary>
    CommitRecording,

    /// <summary>Write the ending and close the run file.</summary>
    CloseRecording,

    /// <summary>Disarm the watchdog: nobody will talk to this channel for a while.</summary>
    Release,

    /// <summary>Reopen the link by its policy.</summary>
    Reconnect,

    /// <summary>Tell everybody the new state.</summary>
    Announce,

    /// <summary>Tell everybody loudly: somebody must look.</summary>
    Alarm,
}
