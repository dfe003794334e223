using CyclerControl.Core.Runs;

namespace CyclerControl.Simulation.Cyclers;

/// <summary>
/// A channel's own buffer: readings at an interval of its own, of bounded size. When it is full the oldest reading is overwritten, and the
/// overflow flag stays up until it is read. Its time stamps run on a crystal that may be a little fast.
/// </summary>
internal sealed class TraceBuffer
{
    public const int DefaultSize = 4096;

    private readonly long _madeAtNanoseconds;
    private TraceReading[] _ring = new TraceReading[DefaultSize];
    private int _first;
    private bool _overflowed;

    public TraceBuffer(long nowNanoseconds) => _madeAtNanoseconds = nowNanoseconds;

    public int Size => _ring.Length;

    public int Count { get; private set; }

    /// <summary>Readings since it was cleared, also those that are gone.</summary>
    public long Total { get; private set; }

    public bool IsRunning { get; private set; }

    public double IntervalSeconds { get; private set; } = 1e-3;

    /// <summary>How much faster than the clock its crystal runs, fraction; 20e-6 is a good one.</summary>
    public double CrystalError { get; set; }

    /// <summary>Time of the next reading, ns.</summary>
    public long NextNanoseconds { get; private set; }

    private long Interval => Nanoseconds.FromSeconds(IntervalSeconds);

    public TraceReading this[int index] => _ring[(_first + index) % _ring.Length];

    public ChannelError SetInterval(double seconds)
    {
        if (IsRunning)
        {
            return ChannelError.SettingsConflict;
        }

        if (seconds is < 20e-6 or > 100)
        {
            return ChannelError.DataOutOfRange;
        }

        IntervalSeconds = seconds;
        return ChannelError.None;
    }

    public ChannelError Resize(double size)
    {
        if (IsRunning)
        {
            return ChannelError.SettingsConflict;
        }

        if (size is < 10 or > 100_000 || size != Math.Floor(size))
        {
            return ChannelError.DataOutOfRange;
        }

        _ring = new TraceReading[(int)size];
        Clear();
        return ChannelError.None;
    }

    public void Clear()
    {
        _first = 0;
        Count = 0;
        Total = 0;
        _overflowed = false;
    }

    public void Run(bool on, long nowNanoseconds)
    {
        if (on && !IsRunning)
        {
            NextNanoseconds = nowNanoseconds + Interval;
        }

        IsRunning = on;
    }

    /// <summary>Readings that would be overwritten before anybody could fetch them are not made: catching up costs one buffer at most.</summary>
    public void LeaveOut(long toNanoseconds)
    {
        var due = IsRunning && toNanoseconds >= NextNanoseconds ? ((toNanoseconds - NextNanoseconds) / Interval) + 1 : 0;
        if (due > _ring.Length)
        {
            NextNanoseconds += (due - _ring.Length) * Interval;
            Total += due - _ring.Length;
            _overflowed = true;
        }
    }

    public bool IsDue(long nowNanoseconds) => IsRunning && NextNanoseconds <= nowNanoseconds;

    public void Add(double volts, double amperes)
    {
        if (Count == _ring.Length)
        {
            _first = (_first + 1) % _ring.Length;
            Count--;
            _overflowed = true;
        }

        var seconds = (NextNanoseconds - _madeAtNanoseconds) * 1e-9 * (1 + CrystalError);
        _ring[(_first + Count++) % _ring.Length] = new TraceReading(seconds, volts, amperes);
        Total++;
        NextNanoseconds += Interval;
    }

    public void Remove(int count)
    {
        _first = (_first + count) % _ring.Length;
        Count -= count;
    }

    /// <summary>True once after readings were overwritten.</summary>
    public bool ReadOverflow()
    {
        var was = _overflowed;
        _overflowed = false;
        return was;
    }
}
