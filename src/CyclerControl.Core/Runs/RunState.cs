using System.Runtime.CompilerServices;

#pragma warning disable CA1051 // Fields: the engine's parts change one value in place, by reference; nothing else writes to it.

namespace CyclerControl.Core.Runs;

/// <summary>Where a run stands in its life.</summary>
public enum RunPhase : byte
{
    NotStarted,
    Running,

    /// <summary>Held by the operator or by a protection: output off, resumable at the exact charge.</summary>
    Paused,

    /// <summary>The link is lost: the clocks of the step stand still.</summary>
    Suspended,

    Ended,
}

/// <summary>One pass counter for each level of nesting.</summary>
[InlineArray(RunProgram.MaxDepth)]
public struct PassCounters
{
    private long _first;
}

/// <summary>Charge and energy by direction; both grow only.</summary>
public struct ChargeTotals
{
    /// <summary>Ah with I > 0.</summary>
    public double ChargingAmpHours;

    /// <summary>Ah with I &lt; 0, positive.</summary>
    public double DischargingAmpHours;

    /// <summary>Wh taken up while I > 0.</summary>
    public double ChargingWattHours;

    /// <summary>Wh given while I &lt; 0.</summary>
    public double DischargingWattHours;

    /// <summary>Ah of both directions.</summary>
    public readonly double Throughput => ChargingAmpHours + DischargingAmpHours;

    /// <summary>What has been added since <paramref name="earlier"/>.</summary>
    public readonly ChargeTotals Since(in ChargeTotals earlier) => new()
    {
        ChargingAmpHours = ChargingAmpHours - earlier.ChargingAmpHours,
        DischargingAmpHours = DischargingAmpHours - earlier.DischargingAmpHours,
        ChargingWattHours = ChargingWattHours - earlier.ChargingWattHours,
        DischargingWattHours = DischargingWattHours - earlier.DischargingWattHours,
    };
}

/// <summary>
/// All progress of a run, without references: copying it is a checkpoint (see <see cref="RunCheckpoint"/>, whose version counts the changes
/// of this layout). Fields, not properties: the parts of the engine change them in place.
/// </summary>
public struct RunState
{
    public RunPhase Phase;

    /// <summary>Index of the step being executed.</summary>
    public int Node;

    /// <summary>0-based pass of the loop at each depth.</summary>
    public PassCounters Passes;

    /// <summary>Since the run started.</summary>
    public ChargeTotals Totals;

    public StepProgress Step;

    public SegmentProgress Segment;

    public LegProgress Leg;

    public RecordProgress Record;

    public ConfirmationProgress Confirmation;

    /// <summary>Test time of the last sample of the run, ns; meaningful when <see cref="HasSample"/>.</summary>
    public long LastSampleNanoseconds;

    public double LastVolts;

    public double LastAmperes;

    public bool HasSample;
}

/// <summary>Progress of the present step.</summary>
public struct StepProgress
{
    /// <summary>Executed steps, from 1.</summary>
    public int Count;

    /// <summary>Test time of the start, ns.</summary>
    public long StartNanoseconds;

    /// <summary>Step time up to <see cref="RunningSinceNanoseconds"/>; it stands still while the run is paused.</summary>
    public long ElapsedNanoseconds;

    /// <summary>Test time since which the step's clock runs, ns.</summary>
    public long RunningSinceNanoseconds;

    /// <summary>Totals of the run when the step started.</summary>
    public ChargeTotals TotalsAtStart;

    public int Samples;

    public double StartVolts;

    /// <summary>Step time from which <c>within</c> counts: 0, or the time of the resume after it ran out.</summary>
    public long WithinBaseNanoseconds;

    /// <summary>The CV part of a CC-CV step is running.</summary>
    public bool Holding;

    /// <summary>Voltage of the CV part, or the one at which the sweep began, V.</summary>
    public double SourceVolts;

    public GoalThen HoldThen;

    /// <summary>Test time at which the CV part began.</summary>
    public long HoldStartNanoseconds;

    /// <summary>Step time at which the CV part began.</summary>
    public long HoldStartStepNanoseconds;

    /// <summary>Steps that ended at once, in a row, before this one.</summary>
    public int EndedAtOnceInRow;

    /// <summary>Step time at <paramref name="nowNanoseconds"/>.</summary>
    public readonly long TimeAt(long nowNanoseconds) => ElapsedNanoseconds + nowNanoseconds - RunningSinceNanoseconds;
}

/// <summary>Progress under the present set-point.</summary>
public struct SegmentProgress
{
    /// <summary>Test time of the programmed change, ns.</summary>
    public long StartNanoseconds;

    public int Samples;

    /// <summary>Set current, A, signed; 0 in a rest, hold or sweep.</summary>
    public double SetAmperes;

    /// <summary>The last sample belongs to a current that went on unchanged into this segment (CC to CV).</summary>
    public bool ContinuesCurrent;
}

/// <summary>Half-cycle and cycle numbers.</summary>
public struct LegProgress
{
    public int HalfCycle;

    public int Cycle;

    /// <summary>Sign of the present leg; 0 before the first.</summary>
    public int Sign;

    /// <summary>Sign of the run's first leg.</summary>
    public int FirstSign;

    /// <summary>Node of the measuring block + 1; 0 outside.</summary>
    public int BlockPlusOne;

    public int BlockCycle;

    public int BlockFirstSign;

    /// <summary>Throughput of the run when the present cycle started, Ah.</summary>
    public double CycleStartAmpHours;

    /// <summary>Throughput of the previous cycle, Ah; 0 when there was none.</summary>
    public double PreviousCycleAmpHours;
}

/// <summary>Part of a confirmation.</summary>
public enum ConfirmationStage : byte
{
    None,

    /// <summary>Output off.</summary>
    Rest,

    /// <summary>A quarter of the step's current, against it.</summary>
    Reversed,

    /// <summary>The same along it.</summary>
    Along,

    /// <summary>Waits for the verdict, within the same turn.</summary>
    Over,
}

/// <summary>Where the confirmation of a suspected short stands.</summary>
public struct ConfirmationProgress
{
    public ConfirmationStage Stage;

    /// <summary>Test time at which the stage ends, ns.</summary>
    public long StageEndNanoseconds;

    /// <summary>Test time at which the last one began, ns; meaningful when <see cref="Any"/>.</summary>
    public long LastNanoseconds;

    public bool Any;

    /// <summary>Half-cycle of the last one.</summary>
    public int HalfCycle;

    /// <summary>How many there were in that half-cycle.</summary>
    public int InHalfCycle;

    /// <summary>The clock of the step stands still.</summary>
    public readonly bool IsUnderWay => Stage != ConfirmationStage.None;
}

/// <summary>What the record rule remembers.</summary>
public struct RecordProgress
{
    /// <summary>Test time at which the interval is due, ns.</summary>
    public long DueNanoseconds;

    public double LastVolts;

    public double LastAmperes;
}
