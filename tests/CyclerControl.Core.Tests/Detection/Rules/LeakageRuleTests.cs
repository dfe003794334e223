using CyclerControl.Core.Detection;
using CyclerControl.Core.Detection.Rules;

namespace CyclerControl.Core.Tests.Detection.Rules;

public sealed class LeakageRuleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(60)]
    public void Leakage_CurrentThatStays_IsAPathOfThatResistance(double period)
    {
        var evidence = Assert.NotNull(Hold(period, t => 1e-3 / Math.Sqrt(1 + t / 60) + 0.4e-3));

        Assert.Equal((9, DetectionKind.FullCellShort), (evidence.Rule, evidence.Kind));
        Assert.InRange(evidence.ShortOhms!.Value, 0.7 * 4.3 / 0.4e-3, 1.3 * 4.3 / 0.4e-3);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(1800)]
    public void Leakage_DiffusionAlone_IsNone(double timeConstant)
    {
        Assert.Null(Hold(1, t => 1e-3 / Math.Sqrt(1 + t / timeConstant)));
        Assert.Null(Hold(1, t => 1e-3 * Math.Exp(-t / timeConstant)));
        Assert.Null(Hold(1, t => 1e-3 * Math.Exp(-t / timeConstant) + 5e-6));
    }

    private static Evidence? Hold(double period, Func<double, double> amperes)
    {
        var rule = new LeakageRule(new LeakageSettings());
        rule.Begin(0);
        Evidence? found = null;
        for (var t = period; t < 40_000; t += period)
        {
            found ??= rule.Observe(t, amperes(t), 4.3);
        }

        return found;
    }
}
