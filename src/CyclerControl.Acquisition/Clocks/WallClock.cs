using CyclerControl.Core.Channels;

namespace CyclerControl.Acquisition.Clocks;

/// <summary>Real monotonic time since the clock was made.</summary>
public sealed class WallClock : IClock
{
    private readonly long _start = MonotonicTime.Nanoseconds;

    /// <param name="time">Gives the origin's date only.</param>
    public WallClock(TimeProvider time) => Origin = time.GetUtcNow();

    public ClockKind Kind => ClockKind.Wall;

    public long NowNanoseconds => MonotonicTime.Nanoseconds - _start;

    public DateTimeOffset Origin { get; }

    public IClockParticipant Join(string name) => new Participant(this);

    internal static IWaiter CreateWaiter() =>
        OperatingSystem.IsLinux() ? new LinuxWaiter()
        : OperatingSystem.IsWindows() ? new WindowsWaiter()
        : throw new PlatformNotSupportedException("timers are implemented for Linux and Windows; run CyclerControl on one of them");

    private sealed class Participant(WallClock clock) : IClockParticipant
    {
        private readonly IWaiter _waiter = CreateWaiter();

        public void WaitUntil(long deadlineNanoseconds) =>
            _waiter.Wait(deadlineNanoseconds > long.MaxValue - clock._start ? long.MaxValue : deadlineNanoseconds + clock._start);

        public void Wake() => _waiter.Wake();

        public void Dispose() => _waiter.Dispose();
    }
}
