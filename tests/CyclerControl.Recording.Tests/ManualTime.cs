namespace CyclerControl.Recording.Tests;

/// <summary>Wall time that moves only when a test moves it.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long ticks = TimeSpan.FromDays(1).Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => ticks;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).AddTicks(ticks - TimeSpan.TicksPerDay);

    public void Advance(TimeSpan by) => ticks += by.Ticks;
}
