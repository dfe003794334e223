using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Detection;

public sealed class ContactLossTests
{
    private static readonly CellSpec Symmetric = new() { Kind = CellKind.Symmetric };

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(10)]
    public void ContactLoss_DivergingVoltage_IsWarnedAndNeverCalledAShort(double period)
    {
        var trace = new Trace(Symmetric, 0, seed: 51) { Period = period };

        var only = Assert.Single(trace.Current(1e-3, (int)(4800 / period), t => 0.1 * (1 + Math.Exp((t - 3600) / 600))));

        Assert.Equal((10, DetectionKind.ContactLoss, DetectionSeverity.Warn), (only.Rule, only.Kind, only.Severity));
        Assert.InRange(only.TimeSeconds, 3550, 3850);
        Assert.Null(only.ShortOhms);
        Assert.Contains("Not a short", only.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.3, true)]
    [InlineData(2.0, false)]
    public void ContactLoss_DeceleratingGrowthPastAVolt_IsARunawayUnlessItBeganThere(double start, bool warned)
    {
        var trace = new Trace(Symmetric, 0, seed: 58) { Period = 1 };

        var found = trace.Current(1e-3, 20_000, t => start * (1 + 4 * Math.Sqrt(t / 20_000)));

        Assert.Equal(warned ? [(DetectionKind.PolarisationRunaway, DetectionSeverity.Warn)] : [], found.Select(f => (f.Kind, f.Severity)));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void ContactLoss_ArcingAtTheEndOfAHalfCycle_IsNone(double rise)
    {
        var trace = new Trace(Symmetric, 0, seed: 52) { Period = 1 };

        Assert.Empty(trace.Current(1e-3, 3600, t => 0.1 * (1 + rise * Math.Pow(t / 3600, 4))));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.5)]
    public void ContactLoss_SteadyOrDeceleratingGrowth_IsNone(double power)
    {
        var trace = new Trace(Symmetric, 0, seed: 53) { Period = 10 };

        Assert.Empty(trace.Current(1e-3, 36000, t => 0.1 * (1 + 4 * Math.Pow(t / 360000, power))));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    public void ContactLoss_ContactThatComesBack_IsNoShort(double period)
    {
        var trace = new Trace(Symmetric, 0, seed: 54) { Period = period };

        var found = trace.Current(1e-3, (int)(9000 / period), t => t is > 3600 and < 6600 ? 0.1 * Math.Exp((t - 3600) / 1000) : 0.1);
        found = [.. found, .. trace.Current(-1e-3, (int)(3600 / period), t => -0.1)];

        Assert.Equal(DetectionKind.ContactLoss, Assert.Single(found).Kind);
    }

    [Fact]
    public void ContactLoss_LooseContactForSeconds_IsNoShort()
    {
        var trace = new Trace(Symmetric, 0, seed: 55);

        Assert.DoesNotContain(
            trace.Current(1e-3, 36000, t => t % 300 is > 100 and < 105 ? 0.9 : 0.1), f => f.Kind is not DetectionKind.ContactLoss);
    }

    [Fact]
    public void ContactLoss_ContactThatComesBackInTheNextHalfCycle_IsNoShort()
    {
        var trace = new Trace(Symmetric, 0, seed: 59) { Period = 1 };
        for (var half = 0; half < 6; half++)
        {
            var sign = half % 2 == 0 ? 1 : -1;
            Assert.Empty(trace.Current(sign * 1e-3, 3600, t => sign * (half == 4 && t < 1200 ? 0.18 : 0.1)));
        }
    }

    [Fact]
    public void ContactLoss_WholeHalfCyclesWithoutContact_TheirEndIsNoShort()
    {
        var trace = new Trace(Symmetric, 0, seed: 56) { Period = 1 };
        for (var half = 0; half < 10; half++)
        {
            var sign = half % 2 == 0 ? 1 : -1;
            var volts = half is 4 or 5 ? 0.6 : 0.1;
            Assert.Empty(trace.Current(sign * 1e-3, 3600, t => sign * volts));
        }
    }

    [Fact]
    public void ContactLoss_StrippingACollectorToItsCutOff_IsNone()
    {
        var trace = new Trace(new CellSpec { Kind = CellKind.Half }, 0, seed: 57) { Period = 1 };
        trace.Current(-1e-3, 3600, t => -0.03);

        Assert.Empty(trace.Current(1e-3, 3600, t => 0.03 + 0.97 * Math.Exp((t - 3600) / 200)));
    }
}
