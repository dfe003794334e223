using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Recording.Writing;

/// <summary>The link thread's end of one run's recording. One thread calls it; <see cref="Status"/> any.</summary>
public sealed class RunRecorder : IRunRecorder, IDisposable
{
    private const int WakeEvery = 1024;
    private const int WaitMilliseconds = 50;

    private readonly RunLane lane;
    private readonly CommitPace pace;
    private readonly TimeProvider time;
    private readonly Action? wake;
    private readonly Recorder recorder;
    private readonly bool waits;
    private readonly int openPart;
    private long pushedEntries;
    private long pushedRows;
    private long droppedRows;
    private long waitingSince;
    private long gapFirst;
    private long gapLast;
    private long gapRows;

    /// <inheritdoc/>
    public string RunId { get; init; } = "run";

    internal RunRecorder(
        RunLane lane, RecorderOptions options, string path, CommitPace pace, TimeProvider time, Action? wake, Recorder recorder)
    {
        this.lane = lane;
        this.pace = pace;
        this.time = time;
        this.wake = wake;
        this.recorder = recorder;
        RunFilePath = path;
        pushedRows = lane.DurableRows;
        waits = options.Clock == ClockKind.Virtual;
        openPart = waits ? lane.Queue.Capacity : lane.Queue.Capacity / 4 * 3;
    }

    public string RunFilePath { get; }

    public RecorderStatus Status
    {
        get
        {
            JudgeStall();
            var durable = lane.DurableRows;
            return new RecorderStatus(Volatile.Read(ref pushedRows) - durable, durable, Volatile.Read(ref droppedRows), lane.Failure);
        }
    }

    /// <summary>What an operator should know although nothing is lost yet; null while all is well. Any thread.</summary>
    public string? Alarm =>
        !waits && lane.Queue.Count > lane.Queue.Capacity / 2 ? $"{RunFilePath}: the disk is slow; half of the recording queue is full"
        : pace.IntervalNanoseconds > CommitPace.AlarmNanoseconds
            ? FormattableString.Invariant($"{RunFilePath}: the disk is slow; samples are durable only after {pace.IntervalNanoseconds * 1e-9:0.#} s")
        : null;

    public void Append(in SampleRow row)
    {
        if (gapRows > 0 && (lane.Queue.Count > lane.Queue.Capacity / 2 || !CloseGap()))
        {
            Drop(row.TimeNanoseconds);
            return;
        }

        if (Push(new RecordSlot { Kind = RecordKind.Sample, Row = row }, openPart))
            Volatile.Write(ref pushedRows, pushedRows + 1);
        else
            Drop(row.TimeNanoseconds);
    }

    public void Append(in StepRecord step)
    {
        var inPlace = lane.Failure is null && lane.Steps.TryPush(step, lane.Steps.Capacity);
        PushReserved(new RecordSlot { Kind = RecordKind.Step, Item = inPlace ? null : step });
    }

    public void Append(RunEvent runEvent) => PushReserved(new RecordSlot { Kind = RecordKind.Event, Item = runEvent });

    public void AppendBurst(int burst, ReadOnlySpan<Sample> samples) =>
        PushReserved(new RecordSlot { Kind = RecordKind.Burst, Item = new BurstChunk(burst, samples.ToArray()) });

    public void AppendCheckpoint(long timeNanoseconds, ReadOnlySpan<byte> state)
    {
        var buffer = SpareBuffer(state.Length);
        state.CopyTo(buffer);
        PushReserved(new RecordSlot { Kind = RecordKind.Checkpoint, TimeNanoseconds = timeNanoseconds, Item = buffer });
    }

    public void RequestCommit()
    {
        if (lane.WantCommit())
            wake?.Invoke();
    }

    public bool Flush()
    {
        CloseGap();
        return WaitFor(static r => r.lane.DurableEntries >= r.pushedEntries) && lane.Failure is null;
    }

    /// <summary>Stores how the run ended, computes its cycles, and makes it one file. Nothing may be appended after it.</summary>
    /// <returns>False when recording has failed; <see cref="Status"/> says why.</returns>
    public bool Finish(RunEnding ending)
    {
        CloseGap();
        PushReserved(new RecordSlot { Kind = RecordKind.Ending, Item = ending }, evenAfterFailure: true);
        return WaitFor(static r => r.lane.Closed, evenAfterFailure: true) && lane.Failure is null;
    }

    /// <summary>Without <see cref="Finish"/> the run is left as a crash would leave it, with everything appended so far durable.</summary>
    public void Dispose()
    {
        if (!lane.Closed)
        {
            CloseGap();
            lane.Abandoned = true;
            WaitFor(static r => r.lane.Closed, evenAfterFailure: true);
        }

        lane.Dispose();
    }

    private bool CloseGap()
    {
        if (gapRows == 0)
            return true;
        var gap = new RecordingGap(gapFirst, gapLast, gapRows);
        if (!Push(new RecordSlot { Kind = RecordKind.Gap, Item = gap }, lane.Queue.Capacity))
            return false;
        gapRows = 0;
        return true;
    }

    private void Drop(long timeNanoseconds)
    {
        if (gapRows == 0)
            gapFirst = timeNanoseconds;
        gapLast = timeNanoseconds;
        gapRows++;
        Volatile.Write(ref droppedRows, droppedRows + 1);
    }

    private void PushReserved(in RecordSlot slot, bool evenAfterFailure = false)
    {
        if (!Push(in slot, lane.Queue.Capacity, evenAfterFailure) && lane.Failure is null)
            lane.Fail($"{RunFilePath}: the recording queue is full ({lane.Queue.Capacity} entries): the disk does not keep up; check it before the next run");
    }

    private bool Push(in RecordSlot slot, int limit, bool evenAfterFailure = false)
    {
        if (lane.Failure is not null && !evenAfterFailure)
            return false;
        if (lane.DurableEntries == pushedEntries)
            waitingSince = time.NowNanoseconds();
        while (!lane.Queue.TryPush(in slot, limit))
        {
            if (!waits || lane.Closed || (lane.Failure is not null && !evenAfterFailure))
                return false;
            WaitOnce();
        }

        pushedEntries++;
        if (pushedEntries % WakeEvery == 0)
            wake?.Invoke();
        return true;
    }

    private bool WaitFor(Func<RunRecorder, bool> reached, bool evenAfterFailure = false)
    {
        while (!reached(this))
        {
            JudgeStall();
            if (lane.Failure is not null && (!evenAfterFailure || Stalled()))
                return false;
            lane.MustCommit = true;
            lane.WantCommit();
            WaitOnce();
        }

        return true;
    }

    private void WaitOnce()
    {
        lane.Waiting = true;
        if (wake is null)
        {
            recorder.Pump();
        }
        else
        {
            wake();
            lane.Changed.WaitOne(WaitMilliseconds);
        }

        lane.Waiting = false;
    }

    private void JudgeStall()
    {
        if (lane.Failure is null && Stalled())
        {
            lane.Fail($"{RunFilePath}: nothing could be written for {RecorderOptions.LongestStall.TotalSeconds:0} s; check the disk before the next run");
        }
    }

    private bool Stalled() =>
        !lane.Closed && lane.DurableEntries < pushedEntries
        && time.NowNanoseconds() - Math.Max(waitingSince, lane.LastCommit) > RecorderOptions.LongestStall.Ticks * 100;

    private byte[] SpareBuffer(int length)
    {
        if (!lane.SpareBuffers.TryPeek(out var index))
            return new byte[length];
        var buffer = lane.SpareBuffers[index];
        lane.SpareBuffers.Release();
        return buffer.Length == length ? buffer : new byte[length];
    }
}
