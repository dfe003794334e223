using CyclerControl.Core.Detection.Models;

namespace CyclerControl.Core.Tests.Detection.Models;

public sealed class RecoveryBoundTests
{
    private static readonly RecoverySettings Settings = new();

    [Theory]
    [InlineData(1.4, double.PositiveInfinity)]
    [InlineData(3.0, 0.06)]
    public void RecoveryBound_SlowRise_BoundsOnceContactIsLost(double height, double bound)
    {
        var recovery = new RecoveryBound(Settings);
        recovery.Reset(null, 0, 0);

        for (var t = 0.0; t <= 36_000; t += 10)
        {
            recovery.Follow(t, t, 0.1 * (1 + (height - 1) * t / 36_000), 0.1 * (height - 1) / 36_000, 10, true);
        }

        Assert.Equal(bound, recovery.Volts, 9);
        Assert.Equal(0.1, recovery.LowestVolts!.Value, 9);
    }

    [Fact]
    public void RecoveryBound_RiseWithinSeconds_IsBoundedByWhatWasThereBefore()
    {
        var recovery = new RecoveryBound(Settings);
        recovery.Reset(null, 0, 0);
        recovery.Follow(1000, 1000, 0.1, 0, 1, true);

        recovery.Follow(1001, 1001, 0.12, 0, 1, true);

        Assert.InRange(recovery.Volts, 0.1, 0.101);
    }

    [Theory]
    [InlineData(0.3, 0, true)]
    [InlineData(0.3, 0.11, false)]
    [InlineData(0.14, 0, false)]
    public void RecoveryBound_StartAboveWhatWasPromised_HasNoContact(double level, double error, bool away)
    {
        var recovery = new RecoveryBound(Settings);
        recovery.Reset(0.1, error, 0);

        recovery.Follow(10, 10, level, 0, 1, true);

        Assert.Equal(away, recovery.Away);
        Assert.Equal(away ? 0.1 : level, recovery.LowestVolts!.Value, 9);
    }

    [Fact]
    public void RecoveryBound_ContactBackForAMinute_StandsForNothingAnyMore()
    {
        var recovery = new RecoveryBound(Settings);
        recovery.Reset(null, 0, 0);
        recovery.Follow(10, 10, 0.1, 0, 1, true);
        recovery.Follow(11, 11, 0.3, 0, 1, true);

        for (var t = 12.0; t <= 71; t++)
        {
            recovery.Follow(t, t, 0.11, 0, 1, true);
            Assert.True(recovery.Away);
        }

        recovery.Follow(72.5, 72.5, 0.11, 0, 1, true);

        Assert.False(recovery.Away);
    }

    [Fact]
    public void RecoveryBound_CollectorOnItsWayUp_IsNoStandard()
    {
        var recovery = new RecoveryBound(Settings);
        recovery.Reset(null, 0, 0);

        recovery.Follow(10, 10, 0.001, 1e-4, 1, true);
        Assert.Null(recovery.LowestVolts);

        recovery.Follow(60, 60, 0.03, 1e-5, 1, true);
        Assert.Equal(0.03, recovery.LowestVolts!.Value, 9);
    }
}
