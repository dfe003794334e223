namespace CyclerControl.Acquisition.Links;

/// <summary>A loop's sign of life: a count that grows with each turn and each exchange, and until when it waits on purpose.</summary>
internal sealed class Heartbeat
{
    private const long Busy = long.MinValue;
    private long _count;
    private long _waitsUntil = Busy;

    public long Count => Volatile.Read(ref _count);

    /// <summary>Clock time of the deadline that the loop waits for, ns; null while it works.</summary>
    public long? WaitsUntil => Volatile.Read(ref _waitsUntil) is var until && until != Busy ? until : null;

    public void Beat() => Volatile.Write(ref _count, _count + 1);

    public void BeginWait(long deadlineNanoseconds) => Volatile.Write(ref _waitsUntil, deadlineNanoseconds);

    public void EndWait()
    {
        Volatile.Write(ref _waitsUntil, Busy);
        Beat();
    }
}
