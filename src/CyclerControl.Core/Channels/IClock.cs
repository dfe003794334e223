namespace CyclerControl.Core.Channels;

/// <summary>How a clock relates to the world. Anything but <see cref="Wall"/> is refused on real instruments.</summary>
public enum ClockKind
{
    /// <summary>Real monotonic time.</summary>
    Wall,

    /// <summary>Real time multiplied by a constant.</summary>
    Scaled,

    /// <summary>Time that advances only when every participant waits.</summary>
    Virtual,
}

/// <summary>The only source of time. Safe to read from any thread.</summary>
public interface IClock
{
    ClockKind Kind { get; }

    /// <summary>Monotonic time since the clock's origin, in nanoseconds.</summary>
    long NowNanoseconds { get; }

    /// <summary>UTC at <c>NowNanoseconds == 0</c>. On a virtual clock a fixed date, so that equal seeds give equal files.</summary>
    DateTimeOffset Origin { get; }

    /// <summary>Registers a thread that waits on this clock. A virtual clock advances only while all of them wait.</summary>
    IClockParticipant Join(string name);
}

/// <summary>One thread's place on a clock.</summary>
public interface IClockParticipant : IDisposable
{
    /// <summary>Returns at the deadline, or earlier once <see cref="Wake"/> was called. Called by the owning thread only.</summary>
    /// <param name="deadlineNanoseconds">On the scale of <see cref="IClock.NowNanoseconds"/>; <see cref="long.MaxValue"/> waits for a wake only.</param>
    void WaitUntil(long deadlineNanoseconds);

    /// <summary>Ends the present or the next wait at once. Any thread.</summary>
    void Wake();
}
