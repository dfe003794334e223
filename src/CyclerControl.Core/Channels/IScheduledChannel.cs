namespace CyclerControl.Core.Channels;

/// <summary>How a channel works that runs an uploaded recipe by itself.</summary>
/// <param name="PollEvery">How often its record is fetched; what is seen, is seen this late.</param>
/// <param name="PageRows">Rows that one exchange brings at most.</param>
/// <param name="CanSkip">The present step can be ended from outside.</param>
public sealed record ScheduledOperation(TimeSpan PollEvery, int PageRows, bool CanSkip);

/// <summary>What a schedule instrument says about one of its channels.</summary>
public enum ScheduleState
{
    /// <summary>Runs our schedule.</summary>
    Running,

    /// <summary>Holds our schedule; somebody has paused it at the instrument.</summary>
    Paused,

    /// <summary>Our schedule came to its end.</summary>
    Finished,

    /// <summary>Our schedule was stopped before its end.</summary>
    Stopped,

    /// <summary>The instrument's own protection has switched off.</summary>
    Protected,

    /// <summary>Another test runs on the channel, or its record is gone: nothing may be written to it.</summary>
    Displaced,

    /// <summary>The instrument answers with a state that we do not know. Nothing is concluded from it.</summary>
    Unknown,

    /// <summary>Runs our schedule, and does otherwise than was written to it: it has to be stopped.</summary>
    Astray,

    /// <summary>The record has stopped growing, and nobody says why: a test that is over looks like software that was closed. Of watched channels only.</summary>
    Silent,
}

/// <summary>One row of the instrument's own record.</summary>
/// <param name="Sequence">Grows by any amount from row to row within one schedule.</param>
/// <param name="Step">Place of the running step in <see cref="CompiledSchedule.Steps"/>.</param>
/// <param name="Pass">Changes, or <paramref name="StepSeconds"/> falls, when the same step begins again.</param>
/// <param name="StepSeconds">Since the step began, s.</param>
/// <param name="TestSeconds">Since the schedule began, s; null where the instrument's clock does not say, and steps are then laid end to end.</param>
/// <param name="Volts">V.</param>
/// <param name="Amperes">A; positive charges the cell.</param>
/// <param name="StepAmpHours">|charge| since the step began as the instrument has counted it, Ah; null where it does not.</param>
/// <param name="StepWattHours">The same for energy, Wh.</param>
/// <param name="Celsius">Temperature; null where it is not measured.</param>
public readonly record struct ScheduleRow(
    long Sequence, int Step, long Pass, double StepSeconds, double? TestSeconds, double Volts, double Amperes, double? StepAmpHours, double? StepWattHours, double? Celsius);

/// <summary>One page of the instrument's record.</summary>
/// <param name="Count">New rows, oldest first.</param>
/// <param name="More">The page was full: there are more now.</param>
/// <param name="State">As asked before the page; it counts when <paramref name="More"/> is false.</param>
/// <param name="Lost">Rows that the instrument says were lost.</param>
/// <param name="Message">The instrument's words on its state; null where it has none.</param>
/// <param name="Trouble">Something had to be written to the instrument while it runs, and was not; null: nothing. It counts when <paramref name="More"/> is false, and is told once for as long as it lasts.</param>
public readonly record struct ScheduleFetch(int Count, bool More, ScheduleState State, long Lost, string? Message, string? Trouble = null);

/// <summary>How far a run is known to have come: the outermost loop around its present step.</summary>
/// <param name="Loop">Index of that loop in the program.</param>
/// <param name="Pass">Its pass, from 0.</param>
public readonly record struct ScheduleProgress(int Loop, long Pass);

/// <summary>One step of a compiled schedule, in the order of the instrument's own numbers.</summary>
/// <param name="Node">Index of the step in the program; null where the schedule was written at the instrument, and only <paramref name="Direction"/> is known.</param>
/// <param name="FloorVolts">
/// |V| below which the instrument's own protection takes the cell for shorted, V; null where none is armed in this step. See rule 1 in docs/detection.md.
/// </param>
/// <param name="Direction">Of a step without a node: +1 charges, -1 discharges, 0 rests.</param>
public sealed record ScheduleStep(int? Node, double? FloorVolts = null, int Direction = 0)
{
    /// <summary>Whether this is that step of the program, as far as can be told: a hold and a sweep may carry either current.</summary>
    public bool Is(Runs.StepNode step) => Node is { } node ? node == step.Index : step.Kind switch
    {
        Runs.StepKind.Hold or Runs.StepKind.Sweep => Direction != 0,
        Runs.StepKind.Rest => Direction == 0,
        _ => Direction == step.Direction,
    };
}

/// <summary>A protocol in the language of one instrument. Each compiler derives its own.</summary>
public abstract record CompiledSchedule
{
    /// <summary>The steps that carry rows; loops and ends of the instrument are left out.</summary>
    public required IReadOnlyList<ScheduleStep> Steps { get; init; }

    /// <summary>What is sent to the instrument, for people and for the run file.</summary>
    public required string Text { get; init; }

    /// <summary>What is done otherwise than the protocol says, or only by us; a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>One thing that an instrument cannot do.</summary>
/// <param name="Path">Step, as messages name it.</param>
/// <param name="Field">Field of the protocol file.</param>
/// <param name="Reason">What is wrong with it here, and what to do.</param>
public sealed record ScheduleRefusal(string Path, string Field, string Reason)
{
    public override string ToString() => $"{Path}.{Field}: {Reason}";
}

/// <summary>A schedule, or everything that stands against it.</summary>
public sealed record ScheduleCompilation(CompiledSchedule? Schedule, IReadOnlyList<ScheduleRefusal> Refusals);

/// <summary>Says a protocol in the language of one type of instrument. Pure; any thread.</summary>
public interface IScheduleCompiler
{
    ScheduleCompilation Compile(Runs.RunProgram program);
}

/// <summary>
/// A channel that runs an uploaded recipe by itself, and goes on when we die: it is adopted then, never stopped. Every member is called on the
/// link's own thread.
/// </summary>
public interface IScheduledChannel : IInstrumentChannel
{
    /// <summary>
    /// What <see cref="Start"/> would refuse now, as far as it can be asked. Writes nothing to the instrument; what is ready now may not be so at the start.
    /// </summary>
    /// <param name="schedule">What is to be started; null: the instrument cannot run it, and only the rest is asked.</param>
    /// <returns>A sentence that names the channel; null: nothing is known that stands against a start.</returns>
    /// <exception cref="LinkFaultException">The exchange broke.</exception>
    /// <exception cref="InstrumentErrorException">The instrument refuses to answer.</exception>
    string? WhyNotReady(CompiledSchedule? schedule) => null;

    /// <summary>
    /// Uploads and starts, fail-closed: only on a channel whose state is known and idle.
    /// </summary>
    /// <param name="schedule">Made by this instrument's own compiler.</param>
    /// <param name="runId">Written into the instrument's record where it has a place for it (a barcode).</param>
    /// <returns>How the instrument names this execution: what <see cref="Adopt"/> needs after a restart of ours.</returns>
    /// <exception cref="LinkFaultException">The exchange broke: whether it runs is unknown.</exception>
    /// <exception cref="InstrumentErrorException">Refused, with the reason as far as the instrument gives one.</exception>
    string Start(CompiledSchedule schedule, string runId);

    /// <summary>Takes up an execution that goes on by itself, on a new connection. Writes nothing, starts nothing, stops nothing.</summary>
    /// <param name="ticket">What <see cref="Start"/> returned; null when we died before that was kept.</param>
    /// <param name="schedule">The same schedule.</param>
    /// <param name="runId">As for <see cref="Start"/>.</param>
    /// <param name="reached">What the run has on record; null: it is in no loop. The instrument may have gone on since.</param>
    /// <returns>False: the channel runs, or has run since, something else.</returns>
    bool Adopt(CompiledSchedule schedule, string runId, string? ticket, ScheduleProgress? reached);

    /// <summary>The next page of the record. No allocation per row.</summary>
    /// <param name="afterSequence">Of the last row that is known; 0: from the beginning, or from wherever the instrument still has it.</param>
    /// <param name="rows">At least <see cref="ScheduledOperation.PageRows"/> long.</param>
    ScheduleFetch Fetch(long afterSequence, Span<ScheduleRow> rows);

    /// <summary>Ends the present step; only where <see cref="ScheduledOperation.CanSkip"/>.</summary>
    void Skip() => throw new InstrumentErrorException($"{Id} cannot end a step before its time");
}
