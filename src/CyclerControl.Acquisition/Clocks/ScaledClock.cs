using CyclerControl.Core.Channels;

namespace CyclerControl.Acquisition.Clocks;

/// <summary>Real time multiplied by a constant: a day in minutes, on simulated instruments only.</summary>
public sealed class ScaledClock : IClock
{
    private readonly long _start = MonotonicTime.Nanoseconds;
    private readonly double _factor;

    /// <param name="factor">Clock seconds per real second, greater than 0; 1 is real time.</param>
    /// <param name="time">Gives the origin's date only.</param>
    public ScaledClock(double factor, TimeProvider time)
    {
        if (!(factor > 0) || double.IsInfinity(factor))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "must be greater than 0 and finite");
        }

        _factor = factor;
        Origin = time.GetUtcNow();
    }

    public ClockKind Kind => ClockKind.Scaled;

    public long NowNanoseconds => (long)((MonotonicTime.Nanoseconds - _start) * _factor);

    public DateTimeOffset Origin { get; }

    public IClockParticipant Join(string name) => new Participant(this);

    private long ToMonotonic(long deadlineNanoseconds)
    {
        var real = Math.Ceiling(deadlineNanoseconds / _factor);
        return real >= long.MaxValue - _start ? long.MaxValue : _start + (long)real;
    }

    private sealed class Participant(ScaledClock clock) : IClockParticipant
    {
        private readonly IWaiter _waiter = WallClock.CreateWaiter();

        public void WaitUntil(long deadlineNanoseconds) => _waiter.Wait(clock.ToMonotonic(deadlineNanoseconds));

        public void Wake() => _waiter.Wake();

        public void Dispose() => _waiter.Dispose();
    }
}
