using CyclerControl.Core.Detection;
using CyclerControl.Core.Detection.Rules;

namespace CyclerControl.Core.Tests.Detection.Rules;

public sealed class CycleRuleTests
{
    [Fact]
    public void Cycle_TwoHalfCyclesAtSeventyPercent_AreASoftShort()
    {
        var rule = new CycleRule(new CycleSettings());
        var found = Enumerable.Range(1, 12).Select(n => rule.Observe(Halves.Of(n, n < 9 ? 100 : 70))).ToList();

        Assert.All(found.Take(9), Assert.Null);
        var evidence = Assert.NotNull(found[9]);
        Assert.Equal((5, DetectionKind.SoftShort), (evidence.Rule, evidence.Kind));
        Assert.Equal(8 * 3600, evidence.OnsetSeconds);
        Assert.Equal(0.7, evidence.Statistic, 6);
        Assert.Equal(100 * 70 / 30.0, evidence.ShortOhms!.Value, 6);
        Assert.All(found.Skip(10), Assert.Null);
    }

    [Fact]
    public void Cycle_OneLowHalfCycle_IsNone()
    {
        var rule = new CycleRule(new CycleSettings());

        Assert.All(Enumerable.Range(1, 20), n => Assert.Null(rule.Observe(Halves.Of(n, n == 9 ? 60 : 100))));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.4)]
    public void Cycle_NucleationAndThreeKelvin_AreNone(double nucleation)
    {
        var rule = new CycleRule(new CycleSettings());

        Assert.All(
            Enumerable.Range(1, 40),
            n => Assert.Null(rule.Observe(Halves.Of(n, 100 * (1 + nucleation * Math.Exp(-n)) * (n is > 20 and < 26 ? 0.88 : 1)))));
    }

    [Fact]
    public void Cycle_AnotherCurrent_BeginsANewHistory()
    {
        var rule = new CycleRule(new CycleSettings());

        Assert.All(Enumerable.Range(1, 40), n => Assert.Null(rule.Observe(Halves.Of(n, 100.0 / ((n + 7) / 8), 1e-3 * ((n + 7) / 8)))));
    }

    [Fact]
    public void Polarity_RatioThatMovesOutside_IsAnAsymmetryAndNoShort()
    {
        var rule = new PolarityRule(new PolaritySettings());
        var found = Enumerable.Range(1, 20).Select(n => rule.Observe(Halves.Of(n, n % 2 == 0 ? 100 : 100 - 2.5 * n))).OfType<Evidence>().ToList();

        var evidence = Assert.Single(found);
        Assert.Equal((5, DetectionKind.PolarityAsymmetry), (evidence.Rule, evidence.Kind));
        Assert.True(evidence.Statistic > evidence.Threshold);
        Assert.False(DetectionWords.IsShort(evidence.Kind));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.3)]
    [InlineData(2.0)]
    public void Polarity_CellBuiltSo_IsNone(double ratio)
    {
        var rule = new PolarityRule(new PolaritySettings());

        Assert.All(Enumerable.Range(1, 20), n => Assert.Null(rule.Observe(Halves.Of(n, n % 2 == 0 ? 100 * ratio : 100))));
    }
}
