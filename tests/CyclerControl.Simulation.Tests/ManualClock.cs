using CyclerControl.Core.Channels;

namespace CyclerControl.Simulation.Tests;

/// <summary>Time that a test sets.</summary>
internal sealed class ManualClock : IClock
{
    private long _now;

    public ClockKind Kind => ClockKind.Virtual;

    public long NowNanoseconds
    {
        get => Interlocked.Read(ref _now);
        set => Interlocked.Exchange(ref _now, value);
    }

    public DateTimeOffset Origin => new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public IClockParticipant Join(string name) => throw new NotSupportedException("nobody waits on a manual clock");

    public void AdvanceSeconds(double seconds) => NowNanoseconds += (long)Math.Round(seconds * 1e9);
}
