using CyclerControl.Acquisition.Clocks;

namespace CyclerControl.Acquisition.Tests.Clocks;

public sealed class BeatCheckTests
{
    [Fact]
    public void Measure_TwentyPeriods_CountsEachServedOrMissed()
    {
        var figures = BeatCheck.Measure(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20), realTime: false);

        Assert.True(figures.Deadlines + figures.Missed >= 20, figures.ToString());
        Assert.True(figures.P50Nanoseconds <= figures.MaxNanoseconds);
    }

    [Fact]
    public void Measure_TimeShorterThanThePeriod_CountsOne() =>
        Assert.Equal(1, BeatCheck.Measure(TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(1), realTime: false).Deadlines);
}
