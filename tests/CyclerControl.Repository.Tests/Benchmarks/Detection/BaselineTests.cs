using CyclerControl.Benchmarks.Detection.Baselines;
using CyclerControl.Benchmarks.Detection.Corpus;

namespace CyclerControl.Repository.Tests.Benchmarks.Detection;

public sealed class BaselineTests
{
    [Fact]
    public void PageHinkley_StepOfTwoSigma_AlarmsAfterThresholdOverStep()
    {
        var test = Fresh(new PageHinkley());
        Assert.DoesNotContain(true, Enumerable.Range(0, 1000).Select(_ => test.Observe(Reading(0))));

        var delay = 1;
        while (!test.Observe(Reading(-2)))
            delay++;

        // 50 / (2 + delta), a little later because its mean follows.
        Assert.InRange(delay, 25, 28);
    }

    [Fact]
    public void Adwin_Step_CutsTheOldLevelAwayAtOneOfItsTicks()
    {
        var test = new Adwin();
        test.Reset();
        var random = new SeededRandom(2);
        for (var n = 0; n < 1024; n++)
            Assert.False(test.Add(random.Normal()));
        Assert.Equal(1024, test.Width);

        var delay = 1;
        while (!test.Add(random.Normal() - 5))
            delay++;

        Assert.Equal(0, delay % 32);
        Assert.InRange(delay, 32, 64);
        Assert.InRange(test.Mean, -5.5, -2);
        Assert.True(test.Width < 600);
    }

    [Fact]
    public void Adwin_Window_KeepsSumAndCountExactly()
    {
        var test = new Adwin();
        test.Reset();
        for (var n = 0; n < 10_000; n++)
            test.Add(n % 2);

        Assert.Equal(10_000, test.Width);
        Assert.Equal(0.5, test.Mean, 1e-12);
    }

    [Fact]
    public void MovingMean_Step_NeedsSeveralReadings()
    {
        var test = Fresh(new MovingMean());
        var random = new SeededRandom(3);
        for (var n = 0; n < 500; n++)
            Assert.False(test.Observe(Reading(100 + random.Normal())));

        var delay = 1;
        while (!test.Observe(Reading(90 + random.Normal())))
            delay++;

        Assert.InRange(delay, 2, 10);
    }

    [Theory]
    [InlineData(0.02, false)]
    [InlineData(0.006, true)]
    [InlineData(0.001, true)]
    [InlineData(0.2, true)]
    public void VoltageWindow_Symmetric_IsAQuarterToFourTimesTheLevel(double volts, bool alarms) =>
        Assert.Equal(alarms, new VoltageWindow().Observe(new BaselineReading(volts, 0.03, 0, true, IsFull: false)));

    [Fact]
    public void VoltageStep_Change_IsBetweenNeighbours()
    {
        var test = Fresh(new VoltageStep());

        Assert.False(test.Observe(new BaselineReading(0.03, 0.03, 0, true, false)));
        Assert.False(test.Observe(new BaselineReading(0.025, 0.03, 0, true, false)));
        Assert.True(test.Observe(new BaselineReading(0.018, 0.03, 0, true, false)));
    }

    [Fact]
    public void BaselineEfficiency_OfPageHinkley_IsFarFromTheBound()
    {
        var efficiency = BaselineEfficiency.Measure(new PageHinkley(), [1, 5], 100, 1);

        Assert.InRange(efficiency.Least, 0.01, 0.8);
    }

    private static IBaseline Fresh(IBaseline baseline)
    {
        baseline.Reset();
        return baseline;
    }

    private static BaselineReading Reading(double z) => new(z, 1, z, true, IsFull: false);
}
