using CyclerControl.Acquisition.Links;

namespace CyclerControl.Acquisition.Tests.Links;

public sealed class LatenessHistogramTests
{
    [Fact]
    public void Figures_KnownValues_AreTheirPercentilesWithinABucket()
    {
        var histogram = new LatenessHistogram();
        for (var microseconds = 1; microseconds <= 10_000; microseconds++)
        {
            histogram.Add(microseconds * 1000L);
        }

        var figures = histogram.Figures();

        Assert.Equal(10_000, figures.Deadlines);
        Assert.InRange(figures.P50Nanoseconds, 5_000_000, 5_000_000 * 33 / 32);
        Assert.InRange(figures.P99Nanoseconds, 9_900_000, 10_000_000);
        Assert.InRange(figures.P999Nanoseconds, 9_990_000, 10_000_000);
        Assert.Equal(10_000_000, figures.MaxNanoseconds);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(1_000_000_007)]
    [InlineData(3_600_000_000_000)]
    public void Figures_OneValue_IsThatValue(long nanoseconds)
    {
        var histogram = new LatenessHistogram();

        histogram.Add(nanoseconds);

        Assert.Equal(new LatenessFigures(1, nanoseconds, nanoseconds, nanoseconds, nanoseconds, 0), histogram.Figures());
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(long.MaxValue, (1L << 42) - 1)]
    public void Figures_ValueOutsideTheBuckets_CountsInTheNearest(long nanoseconds, long shown)
    {
        var histogram = new LatenessHistogram();

        histogram.Add(nanoseconds);

        Assert.Equal(1, histogram.Figures().Deadlines);
        Assert.Equal(shown, histogram.Figures().P50Nanoseconds);
    }

    [Fact]
    public void Since_AMark_KnowsOnlyWhatCameAfterIt()
    {
        var histogram = new LatenessHistogram();
        histogram.Add(50_000_000);
        histogram.Miss(7);
        var mark = histogram.Mark();

        histogram.Add(1000);
        histogram.Miss(2);

        var figures = histogram.Since(mark);
        Assert.Equal((1L, 2L), (figures.Deadlines, figures.Missed));
        Assert.InRange(figures.MaxNanoseconds, 1000, 1031);
    }

    [Fact]
    public void AddFrom_TwoLinks_AreOneDistribution()
    {
        var all = new LatenessHistogram();
        var first = new LatenessHistogram();
        first.Add(999);
        var mark = first.Mark();
        first.Add(10);
        var second = new LatenessHistogram();
        second.Add(20);
        second.Miss(3);

        all.AddFrom(first, mark);
        all.AddFrom(second, null);

        Assert.Equal(new LatenessFigures(2, 10, 20, 20, 20, 3), all.Figures());
    }

    [Fact]
    public void Add_AMillionTimes_AllocatesNothing()
    {
        var histogram = new LatenessHistogram();
        histogram.Add(1);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1_000_000; i++)
        {
            histogram.Add(i * 37L);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void ToString_Figures_IsWhatTheRunFileSays() => Assert.Equal(
        "lateness p50 27 us, p99 59 us, p99.9 120 us, max 812 us; 2 missed of 36000",
        new LatenessFigures(35_998, 27_000, 59_000, 120_000, 812_000, 2).ToString());
}
