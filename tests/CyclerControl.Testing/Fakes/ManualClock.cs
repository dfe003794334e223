using CyclerControl.Core.Channels;

namespace CyclerControl.Testing.Fakes;

/// <summary>A clock that a test moves by hand. Its participants never block.</summary>
public sealed class ManualClock(ClockKind kind = ClockKind.Wall) : IClock
{
    private long _now;

    public ClockKind Kind => kind;

    public long NowNanoseconds
    {
        get => Volatile.Read(ref _now);
        set => Volatile.Write(ref _now, value);
    }

    public double NowSeconds
    {
        get => NowNanoseconds * 1e-9;
        set => NowNanoseconds = (long)Math.Round(value * 1e9);
    }

    public DateTimeOffset Origin { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public IClockParticipant Join(string name) => new Participant();

    private sealed class Participant : IClockParticipant
    {
        public void WaitUntil(long deadlineNanoseconds)
        {
        }

        public void Wake()
        {
        }

        public void Dispose()
        {
        }
    }
}
