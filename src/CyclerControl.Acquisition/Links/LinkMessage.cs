using CyclerControl.Acquisition.Runners;
using CyclerControl.Acquisition.Schedules;
using CyclerControl.Core.Channels;

namespace CyclerControl.Acquisition.Links;

/// <summary>What lies in a link's mailbox. <see cref="Ticket"/> tells which of two was posted first, across the lanes.</summary>
internal abstract record LinkMessage
{
    public long Ticket { get; init; }
}

/// <summary>What an operator wants of one channel.</summary>
internal enum WishKind
{
    /// <summary>Output off at once, and hold. Emergency lane.</summary>
    Stop,

    /// <summary>End the run. Emergency lane.</summary>
    End,

    Pause,
    Resume,
    SkipStep,
    Acknowledge,

    /// <summary>Somebody wants the channel: readings that only fill the last burst of an ended run stop.</summary>
    EndTail,
}

/// <param name="Channel">Place among the link's channels.</param>
internal sealed record WishMessage(int Channel, WishKind Kind) : LinkMessage;

/// <param name="Channel">Place among the link's channels.</param>
/// <param name="Touched">Somebody touched the cell.</param>
internal sealed record NoteMessage(int Channel, string Text, bool Touched) : LinkMessage;

/// <param name="Channel">Place among the link's channels.</param>
internal sealed record StartMessage(int Channel, StartRunRequest Request, IRunRecorder Recorder, RunCompletion Completion) : LinkMessage;

/// <param name="Channel">Place among the link's channels.</param>
internal sealed record LatchMessage(int Channel, ChannelLatch Latch) : LinkMessage;

/// <summary>What a dead process left on a schedule instrument, and wanted stopped.</summary>
/// <param name="Channel">Place among the link's channels.</param>
internal sealed record StopLeftMessage(int Channel, LeftSchedule Left) : LinkMessage;

/// <summary>Tell me who answers, or why nobody does.</summary>
internal sealed record AwaitOpenMessage(TaskCompletionSource<InstrumentIdentity> Answer) : LinkMessage;

/// <summary>One reading of a channel that has no run.</summary>
/// <param name="Channel">Place among the link's channels.</param>
/// <param name="Answer">What comes of it.</param>
/// <param name="BeforeStart">A schedule instrument is asked first whether it would take a start.</param>
/// <param name="Schedule">Of what; null: the instrument cannot run the protocol, or drives no schedules.</param>
internal sealed record ReadIdleMessage(int Channel, TaskCompletionSource<IdleReading> Answer, bool BeforeStart = false, CompiledSchedule? Schedule = null) : LinkMessage;

/// <summary>The reopen pipeline has connected; nothing has been exchanged yet.</summary>
internal sealed record OpenedMessage(int Attempt, IInstrument Instrument) : LinkMessage;

/// <param name="IsFinal">The pipeline has given up.</param>
internal sealed record OpenFailedMessage(int Attempt, InstrumentException Failure, bool IsFinal) : LinkMessage;

/// <summary>All outputs off, then end. Emergency lane.</summary>
internal sealed record ShutdownMessage : LinkMessage;
