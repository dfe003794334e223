using CyclerControl.Acquisition.Links;

namespace CyclerControl.Acquisition.Tests.Links;

public sealed class SampleGridTests
{
    [Fact]
    public void Advance_AnyLateness_EveryMomentIsServedOrMissedExactlyOnce()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 200; trial++)
        {
            var grid = new SampleGrid(random.Next(4), 4);
            var now = (long)random.Next(1_000_000);
            var period = 1 + random.Next(1000);
            grid.Tune(period, now);
            var first = grid.Next;
            Assert.InRange(first, now + 1, now + period);
            var multiple = grid.MultipleFor(random.Next(1, 10_000));
            long moments = 0;
            long own = 0;
            for (var i = 0; i < 100; i++)
            {
                now = Math.Max(now, grid.Next + (random.Next(3) == 0 ? random.Next(5 * period) : 0));
                Assert.True(grid.Advance(now, out var step));
                Assert.False(grid.Advance(now, out _));
                moments += step.To - step.From;
                own += step.DueFor(multiple);
                Assert.InRange(grid.Next, now + 1, now + period);
            }

            Assert.Equal(((now - first) / period) + 1, moments);
            Assert.InRange(own, moments / multiple, (moments / multiple) + 1);
        }
    }

    [Theory]
    [InlineData(100, 100, 1)]
    [InlineData(100, 250, 2)]
    [InlineData(100, 50, 1)]
    [InlineData(100, 60_000, 600)]
    public void MultipleFor_ChannelPeriod_IsNeverSampledMoreRarelyThanItAsks(long period, long channel, int multiple)
    {
        var grid = new SampleGrid(0, 1);
        grid.Tune(period, 0);
        Assert.Equal(multiple, grid.MultipleFor(channel));
    }
}
