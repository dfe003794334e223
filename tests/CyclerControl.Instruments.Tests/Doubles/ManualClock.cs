using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Tests.Doubles;

/// <summary>A clock that a test sets.</summary>
internal sealed class ManualClock : IClock
{
    public ClockKind Kind => ClockKind.Virtual;

    public long NowNanoseconds { get; set; } = 1_000_000_000;

    public DateTimeOffset Origin => DateTimeOffset.UnixEpoch;

    public IClockParticipant Join(string name) => throw new NotSupportedException();
}
