using CyclerControl.Acquisition.Bursts;
using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Schedules;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Detection.Confirming;
using CyclerControl.Core.Runs;

#pragma warning disable CA1051 // The engine and the counters change their structs in place.

namespace CyclerControl.Acquisition.Runners;

/// <summary>One execution of a protocol on one channel: everything that is made at its start and dropped at its end.</summary>
internal sealed class ActiveRun
{
    public RunState State;
    public InvalidReadings Invalid;
    public MissedDeadlines Missed;
    public MissedDeadlines LostReadings;

    private readonly double _voltageOffsetVolts;

    public ActiveRun(
        StartRunRequest request, RunRecording recording, RunCompletion completion, ChannelCapabilities capabilities, LinkOptions options, long start)
    {
        Program = request.Program;
        Follower = request.Schedule is { } schedule
            ? new ScheduleFollower(schedule, recording.RunId, capabilities.Schedule!.PageRows) { Ticket = request.Restored?.Ticket }
            : null;
        EndOnPause = request.EndOnPause || Follower is not null;
        Recording = recording;
        Completion = completion;
        StartNanoseconds = start;
        Engine = new RunEngine(request.Program, follows: Follower is not null);
        _voltageOffsetVolts = capabilities.VoltageOffsetVolts;
        Detector = NewDetector();
        Burst = new BurstCapture(options.BurstAfter, request.Restored?.Bursts ?? 0);
        PeriodNanoseconds = Nanoseconds.FromSeconds(request.Program.SampleEverySeconds);
    }

    public RunProgram Program { get; }

    /// <summary>Nobody resumes the run after a pause: there is nobody, or the instrument cannot.</summary>
    public bool EndOnPause { get; }

    /// <summary>Reads what a schedule instrument does by itself; null on set-point instruments.</summary>
    public ScheduleFollower? Follower { get; }

    public RunRecording Recording { get; }

    public RunCompletion Completion { get; }

    public RunEngine Engine { get; }

    public ShortCircuitDetector Detector { get; private set; }

    public LimitMonitor Limits { get; } = new();

    public ConfirmationJudge Judge { get; } = new();

    /// <summary>Test time until which an operator's hand on the cell explains a change of its resistance, ns; null: nobody touched it.</summary>
    public long? TouchedUntilNanoseconds { get; set; }

    /// <summary>The suspected short that the last sample raised; the engine is asked to confirm it when it has taken that sample.</summary>
    public DetectionEvent? Suspicion { get; set; }

    public BurstCapture Burst { get; }

    public byte[] Checkpoint { get; } = new byte[RunCheckpoint.Size];

    /// <summary>Clock time of test time 0, ns.</summary>
    public long StartNanoseconds { get; }

    /// <summary>Test time at which the engine wants a sample whatever the grid says, ns.</summary>
    public long Deadline { get; set; } = long.MaxValue;

    public Segment Segment { get; set; }

    /// <summary>How often the present step wants to be sampled, ns.</summary>
    public long PeriodNanoseconds { get; set; }

    public long Samples { get; set; }

    /// <summary>Clock time at which the present set-point had been applied, ns: what an instrument sampled before, the one before it caused.</summary>
    public long AppliedAtNanoseconds { get; set; }

    /// <summary>The link's timing when the run began.</summary>
    public LatenessMark? Beat { get; set; }

    /// <summary>What the instrument refused while commands were carried out; dealt with when all of them are done.</summary>
    public InstrumentErrorException? Refusal { get; set; }

    /// <summary>Said instead of the engine's words when the next pause is not the operator's.</summary>
    public string? PauseWords { get; set; }

    /// <summary>Why the run was paused last.</summary>
    public string? PauseReason { get; set; }

    /// <summary>Clock time at which the link was lost, ns; null while it stands.</summary>
    public long? LostAtNanoseconds { get; set; }

    /// <summary>The run was restored after a restart, and has neither gone on nor been held yet; null otherwise.</summary>
    public RestoredRun? Restart { get; set; }

    /// <summary>Last voltage before the current of the present leg began to flow, V; null: nothing was read before it.</summary>
    public double? VoltsBeforeLeg { get; set; }

    /// <summary>The leg that <see cref="VoltsBeforeLeg"/> belongs to.</summary>
    public int Leg { get; set; }

    /// <summary>Test time of the last row or checkpoint, ns.</summary>
    public long KeptAtNanoseconds { get; set; }

    /// <summary>A confirmation has taken its course.</summary>
    public bool IsVerdictDue { get; set; }

    /// <summary>Set by the engine's last command.</summary>
    public RunEnding? Ending { get; set; }

    /// <summary>The run is over and its output off; readings go on to fill the last burst.</summary>
    public bool InTail { get; set; }

    /// <summary>Test time from which the recorder's health is looked at again, ns.</summary>
    public long NextLookNanoseconds { get; set; }

    public int SamplesSinceLook { get; set; }

    /// <summary>The last reading while the run is held; its time is 0 where there is none.</summary>
    public Sample Held { get; set; }

    /// <summary>The instrument refuses to be read while the output is off.</summary>
    public bool IsUnreadableWhenHeld { get; set; }

    /// <summary>What the detector has learnt of this cell does not hold any more.</summary>
    public void RearmDetector()
    {
        Detector = NewDetector();
        Detector.BeginSegment(Segment);
    }

    private ShortCircuitDetector NewDetector() => new(Program.Cell, _voltageOffsetVolts, Program.ShortCircuit.Detection);
}
