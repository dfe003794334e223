using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.BioLogic.Records;
using CyclerControl.Instruments.Dialects.BioLogic.Techniques;

namespace CyclerControl.Instruments.Dialects.BioLogic;

/// <summary>
/// What is known of our execution on one channel; it outlasts the connections, so that a broken one makes no stranger of it, and rows of the same step stay
/// rows of the same step.
/// </summary>
internal sealed class EcLabExecution
{
    /// <summary>Null: nothing of ours was ever started here.</summary>
    public TechniqueSchedule? Schedule { get; private set; }

    public string? RunId { get; private set; }

    /// <summary>Null with the schedule.</summary>
    public RowDecoder? Decoder { get; private set; }

    /// <summary>How many techniques the channel says it has since ours runs; null: not asked.</summary>
    public int? Techniques { get; set; }

    /// <summary>A step that is being skipped, and must have its own time back.</summary>
    public SkippedStep? Skipped { get; set; }

    public bool IsStoppedByUs { get; set; }

    /// <summary>Something else was seen to run: nothing is written to the channel any more.</summary>
    public bool IsDisplaced { get; set; }

    /// <summary>A start is on its way, or an execution is taken up that this process knows nothing of.</summary>
    /// <param name="fromStart">False: it is taken up on the way.</param>
    /// <param name="reached">How far it is known to have come.</param>
    public void Begin(TechniqueSchedule schedule, string runId, bool fromStart, ScheduleProgress? reached = null)
    {
        (Schedule, RunId, Decoder, Techniques, Skipped) = (schedule, runId, new RowDecoder(schedule, fromStart, reached), null, null);
        (IsStoppedByUs, IsDisplaced) = (false, false);
    }

    /// <summary>Whether this is the execution that is known already.</summary>
    public bool Is(TechniqueSchedule schedule, string runId) => ReferenceEquals(Schedule, schedule) && RunId == runId;
}
