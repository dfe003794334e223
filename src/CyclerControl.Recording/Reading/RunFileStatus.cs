namespace CyclerControl.Recording.Reading;

/// <summary>Where the run of a file stands.</summary>
public enum RunFileStatus
{
    /// <summary>A process is recording it.</summary>
    Running,

    /// <summary>Its process died, and nobody has closed the file yet; the data is complete up to the last commit.</summary>
    Unfinished,

    /// <summary>It has an ending.</summary>
    Ended,
}

/// <summary>Result of one cycle.</summary>
/// <param name="Cycle">From 1.</param>
/// <param name="ChargingAmpHours">Ah with I > 0.</param>
/// <param name="DischargingAmpHours">Ah with I &lt; 0, positive.</param>
/// <param name="Complete">Another cycle began after it, or the run ended as planned.</param>
public sealed record CycleRecord(
    int Cycle,
    long StartNanoseconds,
    long EndNanoseconds,
    double ChargingAmpHours,
    double DischargingAmpHours,
    double ChargingWattHours,
    double DischargingWattHours,
    bool Complete);

/// <summary>One burst: full-rate samples around a detection.</summary>
public sealed record BurstSummary(int Burst, long FirstNanoseconds, long LastNanoseconds, long Samples);

/// <summary>The latest durable checkpoint of the engine.</summary>
/// <param name="AfterRows">Sample rows before it.</param>
public sealed record StoredCheckpoint(long TimeNanoseconds, long AfterRows, byte[] State);

/// <summary>Where the run stood at its last durable sample.</summary>
/// <param name="Rows">Durable sample rows.</param>
/// <param name="CelsiusRows">Those of them with a temperature.</param>
public sealed record StoredProgress(
    long Rows,
    long TimeNanoseconds,
    int StepCount,
    int StepId,
    long StepTimeNanoseconds,
    int Cycle,
    int HalfCycle,
    double ChargingAmpHours,
    double DischargingAmpHours,
    double ChargingWattHours,
    double DischargingWattHours,
    double StepChargingAmpHours,
    double StepDischargingAmpHours,
    long CelsiusRows);
