using CyclerControl.Core.Detection;
using CyclerControl.Core.Detection.Rules;

namespace CyclerControl.Core.Tests.Detection.Rules;

public sealed class RestRuleTests
{
    [Fact]
    public void Rest_LessThanHalfOfTheFirst_IsASign()
    {
        var rule = new RestRule(new RestSettings());
        Assert.Null(Rest(rule, 0, 1, 0.1, 0.03));
        Assert.Null(Rest(rule, 1000, 1, 0.1, 0.02));

        var evidence = Assert.NotNull(Rest(rule, 2000, 1, 0.1, 0.012));

        Assert.Equal((7, DetectionKind.SoftShort, 2000.0), (evidence.Rule, evidence.Kind, evidence.OnsetSeconds));
        Assert.Equal(0.12, evidence.Statistic, 9);
        Assert.Equal(0.15, evidence.Threshold, 9);
    }

    [Fact]
    public void Rest_ThatWasNeverClearOfTheNoise_SaysNothing()
    {
        var rule = new RestRule(new RestSettings());
        Rest(rule, 0, 1, 0.1, 0.002);

        Assert.Null(Rest(rule, 1000, 1, 0.1, 0.0));
    }

    [Fact]
    public void Rest_OtherDirectionCurrentOrGrid_IsNotCompared()
    {
        var rule = new RestRule(new RestSettings());
        Rest(rule, 0, 1, 0.1, 0.03);

        Assert.Null(Rest(rule, 1000, -1, 0.1, 0.001));
        Assert.Null(Rest(rule, 2000, 1, 0.2, 0.001, amperes: 2e-3));
        Assert.Null(Rest(rule, 3000, 1, 0.1, 0.001, firstAge: 60));
    }

    [Theory]
    [InlineData(0.005, false)]
    [InlineData(0.04, true)]
    public void Rest_FullCellThatDischargesItself_IsASign(double voltsPerHour, bool sign)
    {
        var rule = new RestRule(new RestSettings());
        Evidence? found = null;
        for (var cycle = 0; cycle < 2; cycle++)
        {
            var start = cycle * 10_000.0;
            rule.Begin(start, 1, 4.2, 1e-3);
            for (var t = 30.0; t <= 3600; t += 30)
            {
                Assert.Null(rule.Observe(start + t, 4.15 + 0.05 * Math.Exp(-t / 200) - (cycle == 0 ? 0.002 : voltsPerHour) * t / 3600, 0, 0.05, true));
            }

            found = rule.End(1e-4);
        }

        Assert.Equal(sign, found is { Kind: DetectionKind.FullCellShort });
    }

    private static Evidence? Rest(RestRule rule, double start, int direction, double load, double volts, double amperes = 1e-3, double firstAge = 1)
    {
        rule.Begin(start, direction, load, amperes);
        Evidence? found = null;
        for (var t = firstAge; t < 100; t++)
        {
            found ??= rule.Observe(start + t, volts, 0, 5e-3, false);
        }

        return found;
    }
}
