using CyclerControl.Acquisition.Links;

namespace CyclerControl.Acquisition.Tests.Links;

public sealed class SupervisorTests
{
    private readonly Heartbeat _heartbeat = new();
    private readonly Supervisor _supervisor;

    public SupervisorTests() => _supervisor = new Supervisor(_heartbeat, TimeSpan.FromSeconds(3));

    [Fact]
    public void IsSilent_WorksWithoutABeat_AfterTheAllowance()
    {
        _heartbeat.Beat();
        Assert.False(_supervisor.IsSilent(TimeSpan.FromSeconds(10), 0));
        Assert.False(_supervisor.IsSilent(TimeSpan.FromSeconds(13), 0));
        Assert.True(_supervisor.IsSilent(TimeSpan.FromSeconds(13.1), 0));
    }

    [Fact]
    public void IsSilent_BeatsBetweenLooks_Never()
    {
        for (var s = 0; s < 100; s += 2)
        {
            _heartbeat.Beat();
            Assert.False(_supervisor.IsSilent(TimeSpan.FromSeconds(s), 0));
        }
    }

    [Fact]
    public void IsSilent_WaitsOnPurpose_OnlyWhenItsDeadlineIsLongPast()
    {
        _heartbeat.BeginWait(60_000_000_000);
        Assert.False(_supervisor.IsSilent(TimeSpan.FromSeconds(0), 0));
        Assert.False(_supervisor.IsSilent(TimeSpan.FromSeconds(62), 62_000_000_000));
        Assert.False(_supervisor.IsSilent(TimeSpan.FromSeconds(63.5), 63_500_000_000));
        Assert.True(_supervisor.IsSilent(TimeSpan.FromSeconds(67), 67_000_000_000));
    }

    [Fact]
    public void IsSilent_WaitsForAWakeOnly_Never()
    {
        _heartbeat.BeginWait(long.MaxValue);
        Assert.False(_supervisor.IsSilent(TimeSpan.FromSeconds(0), 0));
        Assert.False(_supervisor.IsSilent(TimeSpan.FromSeconds(1e6), 1_000_000_000_000_000));
    }
}
