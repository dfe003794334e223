using CyclerControl.Core.Runs;

namespace CyclerControl.Recording.Writing;

/// <summary>What a link thread and a recorder thread share about one run.</summary>
internal sealed class RunLane(int capacity) : IDisposable
{
    private long durableEntries;
    private long durableRows;
    private long lastCommit = long.MinValue;
    private string? failure;
    private bool commitWanted;
    private bool closed;
    private bool abandoned;
    private bool waiting;
    private bool mustCommit;

    public SingleLaneQueue<RecordSlot> Queue { get; } = new(capacity);

    /// <summary>Step results by value, in the order of their entries in <see cref="Queue"/>.</summary>
    public SingleLaneQueue<StepRecord> Steps { get; } = new(64);

    /// <summary>Buffers of checkpoints on their way back, and those not used yet. The link thread takes, the recorder thread returns.</summary>
    public SingleLaneQueue<byte[]> SpareBuffers { get; } = Buffers(32);

    /// <summary>Set whenever something that the link thread may wait for has happened.</summary>
    public AutoResetEvent Changed { get; } = new(initialState: false);

    /// <summary>Entries of the queue, of any kind, whose commit has returned.</summary>
    public long DurableEntries { get => Volatile.Read(ref durableEntries); set => Volatile.Write(ref durableEntries, value); }

    public long DurableRows { get => Volatile.Read(ref durableRows); set => Volatile.Write(ref durableRows, value); }

    /// <summary>Wall time at which the latest commit returned, ns.</summary>
    public long LastCommit { get => Volatile.Read(ref lastCommit); set => Volatile.Write(ref lastCommit, value); }

    /// <summary>The link thread asks for a commit. False when it has asked already.</summary>
    public bool WantCommit() => !Interlocked.Exchange(ref commitWanted, true);

    public bool TakeCommitWanted() => Interlocked.Exchange(ref commitWanted, false);

    /// <summary>The run file is closed.</summary>
    public bool Closed { get => Volatile.Read(ref closed); set => Volatile.Write(ref closed, value); }

    /// <summary>The link thread is gone without an ending.</summary>
    public bool Abandoned { get => Volatile.Read(ref abandoned); set => Volatile.Write(ref abandoned, value); }

    /// <summary>The link thread wants to hear of changes.</summary>
    public bool Waiting { get => Volatile.Read(ref waiting); set => Volatile.Write(ref waiting, value); }

    /// <summary>Somebody waits until everything is durable: a boundary that is not complete is committed all the same.</summary>
    public bool MustCommit { get => Volatile.Read(ref mustCommit); set => Volatile.Write(ref mustCommit, value); }

    public string? Failure => Volatile.Read(ref failure);

    /// <summary>The first reason stays.</summary>
    public void Fail(string reason)
    {
        Interlocked.CompareExchange(ref failure, reason, null);
        Changed.Set();
    }

    public void Notify()
    {
        if (Waiting)
            Changed.Set();
    }

    public void Dispose() => Changed.Dispose();

    private static SingleLaneQueue<byte[]> Buffers(int count)
    {
        var buffers = new SingleLaneQueue<byte[]>(count);
        while (buffers.TryPush(new byte[RunCheckpoint.Size], count))
        {
        }

        return buffers;
    }
}
