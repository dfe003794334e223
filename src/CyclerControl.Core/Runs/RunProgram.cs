using System.Collections.Immutable;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Runs;

/// <summary>What the report computes, and what a short means.</summary>
public enum Measure
{
    None,
    Ccd,
    CriticalCapacity,
    Cycling,
    CoulombicEfficiency,
    Rate,
    Gitt,
}

/// <summary>
/// A protocol resolved against one cell: plain numbers in V, A, s and Ah, signs applied (positive charges), nothing left to look up.
/// Made by <c>RunProgramCompiler</c>, executed by <see cref="RunEngine"/>. Immutable.
/// </summary>
public sealed record RunProgram
{
    /// <summary>Deepest nesting of <c>repeat</c> and <c>ramp</c>.</summary>
    public const int MaxDepth = 64;

    public required string ProtocolName { get; init; }

    public required int ProtocolVersion { get; init; }

    public required Measure Measure { get; init; }

    public required CellSpec Cell { get; init; }

    /// <summary>All nodes in the order of the file (preorder); a node's <see cref="ProgramNode.Index"/> is its place here.</summary>
    public required ImmutableArray<ProgramNode> Nodes { get; init; }

    /// <summary>How often the detector looks, s.</summary>
    public required double SampleEverySeconds { get; init; }

    /// <summary>True when a slower channel is refused.</summary>
    public required bool SampleRequired { get; init; }

    public required ShortCircuitPolicy ShortCircuit { get; init; }

    public required ResumePolicy OnRestart { get; init; }

    public required ResumePolicy OnLinkLoss { get; init; }
}

/// <summary>What a detection does to the run.</summary>
public enum ShortCircuitAction
{
    /// <summary>Output off: the result of a CCD run, a trip elsewhere.</summary>
    Abort,

    /// <summary>Recorded and shown; the run goes on.</summary>
    Report,

    /// <summary>Not even that.</summary>
    Ignore,
}

/// <summary>The protocol's <c>short_circuit</c>.</summary>
/// <param name="Confirm">How a suspected short is confirmed on the cell; null: not at all.</param>
public sealed record ShortCircuitPolicy(ShortCircuitAction Hard, ShortCircuitAction Soft, ConfirmationPlan? Confirm)
{
    /// <summary>Parameters of the detector: the defaults with what the protocol overrides.</summary>
    public DetectionSettings Detection { get; init; } = DetectionSettings.Default;
}

/// <summary>What is done to the cell to confirm a suspected short; docs/detection.md says how it is judged.</summary>
/// <param name="RestSeconds">Rest at its beginning, s; null in a file that does not say (10 s on full cells, 30 s else), never in a program.</param>
/// <param name="ReversedPulses">Then 5 s at a quarter of the present current against it, and 5 s along it: no net charge.</param>
public sealed record ConfirmationPlan(double? RestSeconds, bool ReversedPulses);

/// <summary>What to do after an interruption: stop, or resume when it was short enough.</summary>
/// <param name="ResumeWithinSeconds">Null: stop.</param>
public sealed record ResumePolicy(double? ResumeWithinSeconds);

/// <summary>One line of the protocol.</summary>
/// <param name="Index">Place in <see cref="RunProgram.Nodes"/>.</param>
/// <param name="Parent">Index of the enclosing loop; -1 at the top is null.</param>
/// <param name="Next">Index of the next sibling; null for the last one.</param>
/// <param name="Path">As messages name it: <c>steps[1].steps[0]</c>.</param>
public abstract record ProgramNode(int Index, int? Parent, int? Next, string Path);

/// <summary>What happens when all passes of an <c>up_to</c> loop are used up.</summary>
public enum LoopExhausted
{
    Next,
    Pause,
    Stop,
}

/// <summary>A <c>repeat</c> or a <c>ramp</c>. Its body starts at <c>Index + 1</c>.</summary>
/// <param name="Passes">Passes in total, at least 1.</param>
/// <param name="RampAmperes">One magnitude a pass, A; null for a plain repeat.</param>
/// <param name="Exhausted">What follows when no <c>end_repeat</c> came in time.</param>
/// <param name="Measure">The measuring block that this loop is, if any.</param>
public sealed record LoopNode(
    int Index, int? Parent, int? Next, string Path, long Passes, ImmutableArray<double>? RampAmperes, LoopExhausted Exhausted, Measure? Measure)
    : ProgramNode(Index, Parent, Next, Path);

/// <summary>What a step does.</summary>
public enum StepKind
{
    Rest,

    /// <summary>Constant current; <see cref="StepNode.Direction"/> +1 charges (strips), -1 discharges (plates).</summary>
    Current,

    /// <summary>Constant voltage.</summary>
    Hold,

    /// <summary>Voltage that changes linearly with time: <see cref="StepNode.Sweep"/>.</summary>
    Sweep,
}

/// <summary>A step with everything resolved.</summary>
public sealed record StepNode(int Index, int? Parent, int? Next, string Path) : ProgramNode(Index, Parent, Next, Path)
{
    /// <summary>1-based number of the step in the file, counted over steps only: BDF's Step ID.</summary>
    public required int StepId { get; init; }

    public required StepKind Kind { get; init; }

    /// <summary>The word the file used: rest, charge, discharge, plate, strip, hold, sweep.</summary>
    public required string Verb { get; init; }

    public string? Name { get; init; }

    /// <summary>+1 or -1 for currents, 0 otherwise.</summary>
    public int Direction { get; init; }

    /// <summary>|I|, A; null when it is a ramp's value (or no current step).</summary>
    public double? Amperes { get; init; }

    /// <summary>Index of the loop whose <see cref="LoopNode.RampAmperes"/> gives |I|; null when fixed.</summary>
    public int? RampLoop { get; init; }

    /// <summary>Voltage of a hold, V; null otherwise.</summary>
    public double? Volts { get; init; }

    /// <summary>Path of a sweep; null otherwise.</summary>
    public SweepPath? Sweep { get; init; }

    /// <summary>Ceiling of |I| in a hold or sweep, A; null: the channel's largest range.</summary>
    public double? AtMostAmperes { get; init; }

    /// <summary>Planned duration, s.</summary>
    public double? ForSeconds { get; init; }

    public ImmutableArray<Goal> Goals { get; init; } = [];

    /// <summary>Protection: not reached in time pauses the run, s.</summary>
    public double? WithinSeconds { get; init; }

    /// <summary>Protection from the charge that the cell can hold: s = this / |I| (Ah x 3600 / A); for ramps, where <see cref="WithinSeconds"/> is not one number.</summary>
    public double? WithinAmpHours { get; init; }

    /// <summary>Constant voltage after the voltage goal; null: none.</summary>
    public HoldUntil? HoldUntil { get; init; }

    public required LimitSet Limits { get; init; }

    public required RecordRule Record { get; init; }

    public required double SampleEverySeconds { get; init; }
}

/// <summary>A voltage that changes linearly with time.</summary>
/// <param name="FromVolts">Where it begins, V; null: the open-circuit voltage with which the rest before it ended.</param>
/// <param name="ToVolts">Where it ends, V.</param>
/// <param name="VoltsPerSecond">Magnitude of the rate, V/s, above 0.</param>
public sealed record SweepPath(double? FromVolts, double ToVolts, double VoltsPerSecond)
{
    /// <summary>How long it takes, s; null where it begins at the open circuit.</summary>
    public double? Seconds => FromVolts is { } from ? SecondsFrom(from) : null;

    /// <summary>How long it takes, s.</summary>
    /// <param name="fromVolts">Where it really began, V.</param>
    public double SecondsFrom(double fromVolts) => Math.Abs(ToVolts - fromVolts) / VoltsPerSecond;

    /// <summary>The voltage so many seconds after it began, V; from its end on, the one at its end.</summary>
    /// <param name="fromVolts">Where it really began, V.</param>
    /// <param name="seconds">0 or more.</param>
    public double VoltsAt(double fromVolts, double seconds)
    {
        var moved = VoltsPerSecond * seconds;
        return moved >= Math.Abs(ToVolts - fromVolts) ? ToVolts : fromVolts + (Math.Sign(ToVolts - fromVolts) * moved);
    }
}

/// <summary>What a goal compares.</summary>
public enum GoalKind
{
    /// <summary>Signed V: charge ends at V >= goal, discharge at V &lt;= goal.</summary>
    Voltage,

    /// <summary>|I| &lt;= goal in a hold.</summary>
    Current,

    /// <summary>Charge of this step, Ah.</summary>
    Capacity,
}

/// <summary>What a reached goal leads to.</summary>
public enum GoalThen
{
    NextStep,
    EndRepeat,
    EndRun,
    Pause,
}

/// <summary>One of the ends of a step.</summary>
/// <param name="Value">V, A or Ah.</param>
public sealed record Goal(GoalKind Kind, double Value, GoalThen Then, string? Because);

/// <summary>The CV part of a CC-CV step: the first of the two ends it.</summary>
/// <param name="Amperes">|I| at or below which it ends, A.</param>
/// <param name="Seconds">Longest duration, s.</param>
public sealed record HoldUntil(double? Amperes, double? Seconds);

/// <summary>Bounds whose breach trips the run; null where there is none.</summary>
/// <param name="MinVolts">V, judged while I &lt; 0, in a hold or in a sweep.</param>
/// <param name="MaxVolts">V, judged while I > 0, in a hold or in a sweep.</param>
/// <param name="VoltageLongerThanSeconds">A breach must last this long (and at least 3 samples), s.</param>
/// <param name="MaxAmperes">|I|, A.</param>
/// <param name="DeviationFraction">|I - set| / |set|.</param>
/// <param name="CurrentLongerThanSeconds">As for the voltage, s.</param>
public sealed record LimitSet(
    double? MinVolts,
    double? MaxVolts,
    double VoltageLongerThanSeconds,
    double? MaxAmperes,
    double? DeviationFraction,
    double CurrentLongerThanSeconds);

/// <summary>Which samples are recorded besides every step boundary; null where a condition is not set.</summary>
public sealed record RecordRule(
    double? EverySeconds, double? OnChangeVolts, double? OnChangeAmperes, double? AfterChangeEverySeconds, double? AfterChangeForSeconds);
