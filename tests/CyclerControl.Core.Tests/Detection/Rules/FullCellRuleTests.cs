using CyclerControl.Core.Detection;
using CyclerControl.Core.Detection.Rules;

namespace CyclerControl.Core.Tests.Detection.Rules;

public sealed class FullCellRuleTests
{
    [Theory]
    [InlineData(0.93, 2, true)]
    [InlineData(0.93, 1, null)]
    [InlineData(1.01, 1, false)]
    [InlineData(1.01, 2, true)]
    [InlineData(1.03, 1, true)]
    [InlineData(0.999, 9, null)]
    public void FullCell_EfficiencyOfSomeCycles_IsSuspectNotedOrNothing(double efficiency, int cycles, bool? notable)
    {
        var rule = new FullCellRule(new FullCellSettings(), 5e-3);
        var found = Cycles(rule, 12, n => n > 6 && n <= 6 + cycles ? efficiency : 0.998);

        Assert.Equal(notable is null, found.Count == 0);
        if (notable is { } suspect)
        {
            Assert.Equal((9, DetectionKind.FullCellShort, suspect), (found[^1].Rule, found[^1].Kind, found[^1].Notable));
        }
    }

    [Fact]
    public void FullCell_LowEfficiency_TellsTheResistanceOfThePath()
    {
        var found = Cycles(new FullCellRule(new FullCellSettings(), 5e-3), 12, n => n > 6 ? 0.9 : 0.998);

        // 10 % of 1 mAh in an hour at 4.2 V.
        Assert.Equal(4.2 / 0.1e-3, found[0].ShortOhms!.Value, 0);
    }

    [Fact]
    public void FullCell_FormationAndRateSteps_AreNone()
    {
        var rule = new FullCellRule(new FullCellSettings(), 5e-3);
        for (var n = 1; n <= 30; n++)
        {
            var rate = 1e-3 * (1 + n / 5);
            Assert.Null(rule.Observe(Halves.Of(2 * n, amperes: 1e-3, ampHours: n == 1 ? 1.3e-3 : 1e-3 / (1 + n / 5), endVolts: 4.2)));
            Assert.Null(rule.Observe(Halves.Of(2 * n + 1, amperes: rate, ampHours: (n == 1 ? 1e-3 : 0.999e-3) / (1 + n / 5) * (n % 5 == 0 ? 0.9 : 1), endVolts: 2.8)));
        }
    }

    [Fact]
    public void FullCell_MostCharge_IsOneAndAHalfNominalAndLaterTenPercentMoreThanTheLast()
    {
        var rule = new FullCellRule(new FullCellSettings(), 1.2e-3);
        Assert.Equal(1.8e-3, rule.MostAmpHours(1e-3), 9);

        Cycles(rule, 5, _ => 0.998);

        Assert.Equal(1.1e-3, rule.MostAmpHours(1e-3), 9);
        Assert.Equal(1.8e-3, rule.MostAmpHours(2e-3), 9);
    }

    [Fact]
    public void FullCell_NothingKnown_HasNoMostCharge() =>
        Assert.Equal(double.PositiveInfinity, new FullCellRule(new FullCellSettings(), null).MostAmpHours(1e-3));

    private static List<Evidence> Cycles(FullCellRule rule, int count, Func<int, double> efficiency)
    {
        var found = new List<Evidence>();
        for (var n = 1; n <= count; n++)
        {
            Assert.Null(rule.Observe(Halves.Of(2 * n, amperes: 1e-3, endVolts: 4.2)));
            if (rule.Observe(Halves.Of(2 * n + 1, amperes: 1e-3, ampHours: efficiency(n) * 1e-3, endVolts: 2.8)) is { } evidence)
            {
                found.Add(evidence);
            }
        }

        return found;
    }
}
