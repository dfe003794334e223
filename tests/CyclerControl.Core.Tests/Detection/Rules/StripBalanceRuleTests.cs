using CyclerControl.Core.Detection;
using CyclerControl.Core.Detection.Rules;

namespace CyclerControl.Core.Tests.Detection.Rules;

public sealed class StripBalanceRuleTests
{
    [Fact]
    public void StripBalance_MoreStrippedThanPlated_IsASoftShortOnce()
    {
        var rule = new StripBalanceRule(new StripBalanceSettings(), null);
        var found = Enumerable.Range(1, 10).Select(n => rule.Observe(Halves.Of(n, ampHours: n % 2 == 0 ? 1.01e-3 : 1e-3))).OfType<Evidence>();

        var evidence = Assert.Single(found);
        Assert.Equal((9, DetectionKind.SoftShort), (evidence.Rule, evidence.Kind));
    }

    [Theory]
    [InlineData(0.98, 0.0)]
    [InlineData(1.002, 0.0)]
    [InlineData(1.01, 1e-3)]
    public void StripBalance_LossesMeterErrorAndAReservoir_AreNone(double efficiency, double lithium)
    {
        var rule = new StripBalanceRule(new StripBalanceSettings(), lithium);

        Assert.All(Enumerable.Range(1, 20), n => Assert.Null(rule.Observe(Halves.Of(n, ampHours: n % 2 == 0 ? efficiency * 1e-3 : 1e-3))));
    }

    [Fact]
    public void StripBalance_StrippedFirst_HoldsLithiumOfWhichNobodyTold()
    {
        var rule = new StripBalanceRule(new StripBalanceSettings(), null);

        Assert.All(Enumerable.Range(0, 10), n => Assert.Null(rule.Observe(Halves.Of(n, ampHours: n % 2 == 0 ? 2e-3 : 1e-3))));
    }

    [Theory]
    [InlineData(0.03, true)]
    [InlineData(0.9, false)]
    public void StripBalance_StripThatEndedOnItsCap_FoundLithiumThatWasNotThere(double endVolts, bool found)
    {
        var rule = new StripBalanceRule(new StripBalanceSettings(), null);
        rule.Observe(Halves.Of(1, ampHours: 5e-3));
        rule.Observe(Halves.Of(2, ampHours: 1e-3));
        rule.Observe(Halves.Of(3, ampHours: 1e-3));

        var evidence = rule.Observe(Halves.Of(4, ampHours: 1.2e-3, endVolts: endVolts, goalVolts: 1, capAmpHours: 1.2e-3));

        Assert.Equal(found, evidence is not null);
    }

    [Fact]
    public void StripBalance_FixedChargeOutOfAReservoir_IsNone()
    {
        var rule = new StripBalanceRule(new StripBalanceSettings(), null);
        rule.Observe(Halves.Of(1, ampHours: 5e-3));

        Assert.All(
            Enumerable.Range(2, 20),
            n => Assert.Null(rule.Observe(Halves.Of(n, ampHours: 1e-3, endVolts: 0.02, goalVolts: n % 2 == 0 ? 1 : null, capAmpHours: 1e-3))));
    }
}
