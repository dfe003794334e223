using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Channels;

/// <summary>Where a recorder stands. A snapshot.</summary>
/// <param name="QueuedRows">Rows accepted and not yet committed.</param>
/// <param name="DurableRows">Sample rows whose commit has returned: the acknowledged ones.</param>
/// <param name="DroppedRows">Sample rows dropped because the queue was full.</param>
/// <param name="Failure">Why recording has failed and the run must stop safely; null while all is well.</param>
public readonly record struct RecorderStatus(long QueuedRows, long DurableRows, long DroppedRows, string? Failure);

/// <summary>
/// The link thread's end of one run's recording. On a wall clock nothing here waits; on a virtual one a push waits for space.
/// One thread calls it.
/// </summary>
public interface IRunRecorder
{
    /// <summary>Name of the run; what an instrument with a place for it (a barcode) is told.</summary>
    string RunId => "run";

    /// <summary>Queues a row; no allocation. A full queue drops it, and counts.</summary>
    void Append(in SampleRow row);

    /// <summary>Queues the result of a step; no allocation while the queue of results has a place.</summary>
    void Append(in StepRecord step);

    void Append(RunEvent runEvent);

    /// <summary>Full-rate samples around a detection (the burst).</summary>
    void AppendBurst(int burst, ReadOnlySpan<Sample> samples);

    /// <summary>A full checkpoint of the engine, at a step boundary. The span is copied.</summary>
    void AppendCheckpoint(long timeNanoseconds, ReadOnlySpan<byte> state);

    /// <summary>Asks for a commit now and does not wait for it.</summary>
    void RequestCommit();

    /// <summary>Waits until everything appended so far is durable: start intents, and the end of a run.</summary>
    /// <returns>False when recording has failed; <see cref="Status"/> says why.</returns>
    bool Flush();

    RecorderStatus Status { get; }
}
