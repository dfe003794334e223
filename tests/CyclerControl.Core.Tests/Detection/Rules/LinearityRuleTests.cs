using CyclerControl.Core.Detection;
using CyclerControl.Core.Detection.Models;
using CyclerControl.Core.Detection.Rules;

namespace CyclerControl.Core.Tests.Detection.Rules;

public sealed class LinearityRuleTests
{
    private static LinearityRule Rule => new(new LinearitySettings(), new ResistanceMemory(25));

    [Fact]
    public void Linearity_VoltageFallsThoughTheCurrentRose_IsASoftShort()
    {
        var rule = Rule;
        for (var n = 1; n <= 4; n++)
        {
            Assert.Null(rule.Observe(Halves.Of(n, 100, 1e-3 * ((n + 1) / 2)), 5e-5));
        }

        var evidence = Assert.NotNull(rule.Observe(Halves.Of(5, 100, 3e-3, endVolts: 0.15), 5e-5));

        Assert.Equal((6, DetectionKind.SoftShort), (evidence.Rule, evidence.Kind));
        Assert.Equal(0.15, evidence.Statistic, 9);
        Assert.InRange(evidence.Threshold, 0.15, 0.75 * 0.3);
    }

    [Theory]
    [InlineData(0.05e-3)]
    [InlineData(0.5e-3)]
    [InlineData(50e-3)]
    public void Linearity_HealthyKineticsOverTwoDecades_AreNone(double exchangeAmperes)
    {
        var rule = Rule;
        for (var level = 1; level <= 20; level++)
        {
            var amperes = 1e-4 * Math.Pow(1.26, level);
            var volts = amperes * 20 + 4 * 0.0257 * Math.Asinh(amperes / 2 / exchangeAmperes);
            Assert.Null(rule.Observe(Halves.Of((2 * level) - 1, 100, amperes, endVolts: volts), 5e-5));
            Assert.Null(rule.Observe(Halves.Of(2 * level, 100, amperes, endVolts: volts), 5e-5));
        }
    }

    [Fact]
    public void Linearity_FallInTheFirstHour_IsNucleation() =>
        Assert.Null(TwoLevels(new LinearitySettings(LeastRunSeconds: 2 * 3600 + 1)));

    [Fact]
    public void Linearity_SmallerCurrent_IsNotJudged()
    {
        var rule = Rule;
        Assert.Null(rule.Observe(Halves.Of(3, 100, 2e-3), 5e-5));
        Assert.Null(rule.Observe(Halves.Of(5, 100, 1e-3, endVolts: 0.01), 5e-5));
    }

    private static Evidence? TwoLevels(LinearitySettings settings)
    {
        var rule = new LinearityRule(settings, new ResistanceMemory(25));
        rule.Observe(Halves.Of(1, 100, 1e-3), 5e-5);
        return rule.Observe(Halves.Of(3, 100, 2e-3, endVolts: 0.05), 5e-5);
    }
}
