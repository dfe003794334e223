using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Runs;

/// <summary>Why a row is in the file.</summary>
public enum RowReason : byte
{
    /// <summary>The record rule asked for it.</summary>
    Rule,

    /// <summary>First sample of a step.</summary>
    StepStart,

    /// <summary>Last sample of a step.</summary>
    StepEnd,

    /// <summary>A detection, trip, pause or stop.</summary>
    Event,

    /// <summary>Taken while a suspected short was confirmed: no part of the step, left out of overpotential and resistance.</summary>
    Confirmation,
}

/// <summary>One recorded sample, with the totals that make every row stand on its own. Positive current charges.</summary>
/// <param name="TimeNanoseconds">Test time, ns since the run started.</param>
/// <param name="StepTimeNanoseconds">Time in the step, ns; stands still while the run is paused.</param>
/// <param name="StepCount">+1 at each started step, from 1; never resets.</param>
/// <param name="StepId">The step's own number in the protocol, from 1.</param>
/// <param name="Cycle">From 1; 0 before the first leg.</param>
/// <param name="HalfCycle">Leg number from 1; 0 before the first leg.</param>
/// <param name="ChargingAmpHours">Ah with I > 0 since the run started.</param>
/// <param name="DischargingAmpHours">Ah with I &lt; 0 since the run started, positive.</param>
/// <param name="ChargingWattHours">Wh while I > 0 since the run started (negative where V was).</param>
/// <param name="DischargingWattHours">Wh delivered while I &lt; 0 since the run started.</param>
/// <param name="StepChargingAmpHours">As above, since the step started.</param>
/// <param name="StepDischargingAmpHours">As above, since the step started.</param>
public readonly record struct SampleRow(
    long TimeNanoseconds,
    double Volts,
    double Amperes,
    double? Celsius,
    long StepTimeNanoseconds,
    int StepCount,
    int StepId,
    int Cycle,
    int HalfCycle,
    double ChargingAmpHours,
    double DischargingAmpHours,
    double ChargingWattHours,
    double DischargingWattHours,
    double StepChargingAmpHours,
    double StepDischargingAmpHours,
    RowReason Reason);

/// <summary>How a step ended.</summary>
public enum StepEnd
{
    Time,
    Voltage,
    Current,
    Capacity,

    /// <summary>Skipped by the operator.</summary>
    Skipped,

    /// <summary>Protection: <c>within</c> ran out.</summary>
    Within,

    /// <summary>The run ended, tripped or was stopped inside the step.</summary>
    Interrupted,

    /// <summary>A short circuit ended the run inside the step.</summary>
    ShortCircuit,
}

/// <summary>The result of one executed step. A value, so that a step end allocates nothing on a link thread.</summary>
/// <param name="StepCount">As in <see cref="SampleRow"/>.</param>
/// <param name="Path">Place in the protocol, <c>steps[1].steps[0]</c>.</param>
/// <param name="Verb">rest, charge, discharge, plate, strip, hold, sweep.</param>
/// <param name="SetAmperes">Set current, A, signed; null for rest, hold and sweep.</param>
/// <param name="SetVolts">Set voltage, V; of a sweep the one at its end; null unless a hold, a sweep or the hold part of a CC-CV step.</param>
/// <param name="RampPass">0-based pass of the ramp that gave the current; null when fixed.</param>
/// <param name="Cycle">See <see cref="SampleRow"/>.</param>
/// <param name="Block">Node index of the measuring block (<c>measure</c> on a repeat) the step lies in; null outside.</param>
/// <param name="BlockCycle">1-based cycle within that block; null outside.</param>
/// <param name="StartNanoseconds">Test time of the start, ns.</param>
/// <param name="EndNanoseconds">Test time of the end, ns.</param>
/// <param name="ChargingAmpHours">Ah with I > 0 in this step.</param>
/// <param name="DischargingAmpHours">Ah with I &lt; 0 in this step, positive.</param>
/// <param name="StartVolts">First voltage under this step's set-point, V; null when the step had no sample.</param>
/// <param name="EndVolts">Last voltage, V.</param>
/// <param name="EndedAtOnce">The goal was met within 3 samples or 1 s.</param>
/// <param name="HoldStartNanoseconds">Test time at which the CV part began; null when there was none.</param>
public readonly record struct StepRecord(
    int StepCount,
    int StepId,
    string Path,
    string Verb,
    string? Name,
    double? SetAmperes,
    double? SetVolts,
    int? RampPass,
    int Cycle,
    int HalfCycle,
    int? Block,
    int? BlockCycle,
    long StartNanoseconds,
    long EndNanoseconds,
    double ChargingAmpHours,
    double DischargingAmpHours,
    double ChargingWattHours,
    double DischargingWattHours,
    double? StartVolts,
    double? EndVolts,
    StepEnd End,
    bool EndedAtOnce,
    long? HoldStartNanoseconds);

/// <summary>Something that happened in a run. <paramref name="Kind"/> is a fixed lower-case word, listed in docs/run-file.md.</summary>
/// <param name="TimeNanoseconds">Test time, ns.</param>
/// <param name="Kind">run_started, step_ended_at_once, detection, trip, limit, paused, resumed, skipped, stop, link_lost, link_back, restart_gap, restarted, missed_deadlines, recording_gap, output_off, run_ended ...</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Detection">The evidence, where the event is a detection.</param>
/// <param name="UntilNanoseconds">Test time at which it was over, where it lasted (a gap), ns.</param>
public sealed record RunEvent(
    long TimeNanoseconds, string Kind, string Message, DetectionEvent? Detection = null, long? UntilNanoseconds = null);

/// <summary>How a run ended, in words that the run file and the report use.</summary>
public enum RunOutcome
{
    /// <summary>All steps done (or a goal's <c>end_run</c>).</summary>
    Completed,

    /// <summary>A short in a <c>ccd</c> or <c>critical_capacity</c> run: the result.</summary>
    ShortFound,

    /// <summary>A <c>ccd</c> or <c>critical_capacity</c> run that ended without one.</summary>
    NoShort,

    /// <summary>Stopped by the operator.</summary>
    Stopped,

    /// <summary>A limit, a short elsewhere, or contact loss: latched.</summary>
    Tripped,

    /// <summary>A protection (<c>within</c>, pause without an operator) ended it.</summary>
    Protected,

    /// <summary>The instrument or the link failed.</summary>
    Faulted,

    /// <summary>The instrument could not be reached, or another one answered.</summary>
    Unreachable,

    /// <summary>Recording failed.</summary>
    RecordingFailed,

    /// <summary>The process died; set by whoever finds the file.</summary>
    Interrupted,
}

/// <summary>Everything about a run that is known when it starts; with the protocol text inside, the file explains itself.</summary>
public sealed record RunHeader
{
    public required string RunId { get; init; }

    public required string ChannelId { get; init; }

    /// <summary>UTC of test time 0. On a virtual clock a fixed date.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>True when the cell is a model.</summary>
    public required bool Simulated { get; init; }

    public required string ProtocolName { get; init; }

    public required int ProtocolVersion { get; init; }

    public required Measure Measure { get; init; }

    public required string ProtocolText { get; init; }

    /// <summary>SHA-256 of the protocol file's bytes, lower-case hex.</summary>
    public required string ProtocolSha256 { get; init; }

    /// <summary>Parameters as given at start, name to text.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    public required CellSpec Cell { get; init; }

    /// <summary>Settings of the detector, name to number; units are in the names.</summary>
    public IReadOnlyDictionary<string, double> DetectionSettings { get; init; } = new Dictionary<string, double>();

    public string? Operator { get; init; }

    /// <summary>Manufacturer, model, serial number, firmware; null before the instrument was identified.</summary>
    public string? InstrumentIdentity { get; init; }

    public required string Profile { get; init; }

    public required string ProfileText { get; init; }

    public required string SoftwareVersion { get; init; }

    /// <summary>The service may resume the run within this time after it was interrupted, s; null: it is closed then, whoever finds it.</summary>
    public double? ResumeWithinSeconds { get; init; }

    /// <summary>Seed and model of a simulated cell, or null.</summary>
    public string? SimulationNote { get; init; }
}

/// <summary>Everything known when a run has ended.</summary>
/// <param name="EndNanoseconds">Test time of the end, ns.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Short">The detection that ended it, if one did.</param>
public sealed record RunEnding(RunOutcome Outcome, long EndNanoseconds, string Reason, DetectionEvent? Short);
