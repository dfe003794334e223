using CyclerControl.Core.Channels;

namespace CyclerControl.Acquisition.Clocks;

/// <summary>One thread's place on a <see cref="VirtualClock"/>. But for <see cref="HasWake"/>, state is touched under the clock's lock only.</summary>
internal sealed class VirtualParticipant(VirtualClock clock, string name) : IClockParticipant
{
    private readonly AutoResetEvent _go = new(initialState: false);
    private int _wake;

    public string Name => name;

    public bool IsWaiting { get; private set; }

    public long Deadline { get; private set; }

    public bool HasWake => Volatile.Read(ref _wake) != 0;

    public void WaitUntil(long deadlineNanoseconds) => clock.Wait(this, deadlineNanoseconds);

    public void Wake() => clock.Wake(this);

    public void Dispose()
    {
        clock.Leave(this);
        _go.Dispose();
    }

    internal void BeginWait(long deadline)
    {
        Deadline = deadline;
        IsWaiting = true;
    }

    /// <summary>The owning thread goes on without having blocked.</summary>
    internal void EndWait() => IsWaiting = false;

    /// <summary>The owning thread is blocked, or about to be.</summary>
    internal void Release()
    {
        IsWaiting = false;
        _go.Set();
    }

    internal void Block() => _go.WaitOne();

    internal void LeaveWake() => Volatile.Write(ref _wake, 1);

    internal bool TakeWake()
    {
        if (_wake == 0)
        {
            return false;
        }

        Volatile.Write(ref _wake, 0);
        return true;
    }
}
