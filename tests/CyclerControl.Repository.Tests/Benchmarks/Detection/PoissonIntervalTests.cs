using CyclerControl.Benchmarks.Detection.Scoring;
using CyclerControl.Benchmarks.Detection.Theory;

namespace CyclerControl.Repository.Tests.Benchmarks.Detection;

public sealed class PoissonIntervalTests
{
    [Theory]
    [InlineData(0, 0, 3.689)]
    [InlineData(1, 0.0253, 5.572)]
    [InlineData(10, 4.795, 18.390)]
    [InlineData(100, 81.364, 121.627)]
    public void Bounds_TabledCounts_AreGarwoods(long count, double low, double high)
    {
        Assert.Equal(low, PoissonInterval.Low(count), 0.001);
        Assert.Equal(high, PoissonInterval.High(count), 0.001);
    }

    [Fact]
    public void Bounds_WhereTheFormulaChanges_DoNotJump()
    {
        Assert.InRange(PoissonInterval.High(1001) - PoissonInterval.High(1000), 0.9, 1.1);
        Assert.InRange(PoissonInterval.Low(1001) - PoissonInterval.Low(1000), 0.9, 1.1);
    }

    [Fact]
    public void Percentiles_WithMissedCases_CountThemAsInfinitelyLate()
    {
        var delays = new Percentiles(Enumerable.Range(1, 98).Select(n => (double?)n).Append(null).Append(null));

        Assert.Equal(2, delays.Missed);
        Assert.Equal(49.5, delays.Mean);
        Assert.Equal(50, delays.At(0.5));
        Assert.Equal(98, delays.At(0.98));
        Assert.Equal(double.PositiveInfinity, delays.At(0.99));
    }
}
