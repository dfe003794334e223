using CyclerControl.Core.Channels;

namespace CyclerControl.Simulation.Clocks;

/// <summary>Real time, or real time multiplied, for a simulator that runs without the rest of the product.</summary>
public sealed class StandAloneClock : IClock
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly double _speed;

    /// <param name="speed">Simulated seconds per real second; above 0.</param>
    public StandAloneClock(TimeProvider time, double speed)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        _time = time;
        _speed = speed;
        _start = time.GetTimestamp();
        Origin = time.GetUtcNow();
    }

    public ClockKind Kind => _speed == 1 ? ClockKind.Wall : ClockKind.Scaled;

    public long NowNanoseconds => (long)(_time.GetElapsedTime(_start).Ticks * 100 * _speed);

    public DateTimeOffset Origin { get; }

    /// <exception cref="NotSupportedException">Always: a simulator's threads wait for bytes, never for time.</exception>
    public IClockParticipant Join(string name) => throw new NotSupportedException("the stand-alone simulator waits for nobody");
}
