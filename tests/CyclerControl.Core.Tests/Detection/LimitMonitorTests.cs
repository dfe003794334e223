using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Detection;

public sealed class LimitMonitorTests
{
    private const double Period = 0.1;
    private static readonly LimitSet Window = new(-1, 1, 0.2, 5e-3, 0.02, 1);

    [Fact]
    public void LimitMonitor_VoltageAboveMaxWhileCharging_TripsAfterLongerThan()
    {
        var breach = Run(Segments.Current(1e-3, limits: Window), (_, _) => (1.01, 1e-3), 100, out var at);

        Assert.NotNull(breach);
        Assert.Equal("voltage.max", breach.Limit);
        Assert.True(breach.Trips);
        Assert.Equal(1.01, breach.Value);
        Assert.Equal(1, breach.Bound);
        Assert.Equal(2, at);
        Assert.Equal(0.1, breach.OnsetSeconds, 9);
    }

    [Theory]
    [InlineData(0.5, 5)]
    [InlineData(2.0, 20)]
    [InlineData(0.0, 2)]
    public void LimitMonitor_Breach_NeedsLongerThanAndThreeSamples(double longerThan, int expectedSample)
    {
        var limits = Window with { VoltageLongerThanSeconds = longerThan };

        Run(Segments.Current(1e-3, limits: limits), (_, _) => (1.01, 1e-3), 100, out var at);

        Assert.Equal(expectedSample, at);
    }

    [Fact]
    public void LimitMonitor_BreachThatGoesAwayBeforeLongerThan_IsNoBreach() =>
        Assert.Null(Run(Segments.Current(1e-3, limits: Window), (_, n) => (n % 3 == 2 ? 0.5 : 1.01, 1e-3), 300, out _));

    [Fact]
    public void LimitMonitor_VoltageAboveMaxWhileDischarging_IsNotJudged() =>
        Assert.Null(Run(Segments.Current(-1e-3, limits: Window), (_, _) => (1.01, -1e-3), 100, out _));

    [Fact]
    public void LimitMonitor_VoltageBelowMinWhileDischarging_Trips() =>
        Assert.Equal("voltage.min", Run(Segments.Current(-1e-3, limits: Window), (_, _) => (-1.01, -1e-3), 100, out _)?.Limit);

    [Fact]
    public void LimitMonitor_ZeroVoltMinimum_IsAValueAndTripsBelowZero() => Assert.Equal(
        "voltage.min", Run(Segments.Current(-1e-3, limits: Window with { MinVolts = 0 }), (_, _) => (-0.001, -1e-3), 100, out _)?.Limit);

    [Theory]
    [InlineData(1.01, "voltage.max")]
    [InlineData(-1.01, "voltage.min")]
    public void LimitMonitor_HoldAndSweep_BothSidesAreJudged(double volts, string limit)
    {
        Assert.Equal(limit, Run(Segments.Hold(0.5, limits: Window), (_, _) => (volts, 1e-3), 100, out _)?.Limit);
        Assert.Equal(limit, Run(Segments.Sweep(0.5, limits: Window), (_, _) => (volts, 1e-3), 100, out _)?.Limit);
    }

    [Fact]
    public void LimitMonitor_OutsideTheWindowAtRest_IsReportedOnceAndDoesNotTrip()
    {
        var monitor = new LimitMonitor();
        var breaches = new List<LimitBreach>();
        for (var rest = 0; rest < 3; rest++)
        {
            monitor.BeginSegment(Segments.Rest(rest * 100, limits: Window));
            for (var n = 1; n < 100; n++)
            {
                if (monitor.Observe(new Sample(Segments.Nanoseconds(rest * 100 + n * Period), 2.5, 0, null)) is { } breach)
                {
                    breaches.Add(breach);
                }
            }
        }

        var only = Assert.Single(breaches);
        Assert.False(only.Trips);
        Assert.Contains("at rest, reported only", only.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6e-3)]
    [InlineData(-6e-3)]
    public void LimitMonitor_CurrentAboveMax_TripsInAnyDirectionAndAtRest(double amperes)
    {
        Assert.Equal("current.max", Run(Segments.Rest(0, limits: Window), (_, _) => (0, amperes), 100, out _)?.Limit);
        Assert.Equal("current.max", Run(Segments.Hold(0.5, limits: Window), (_, _) => (0.5, amperes), 100, out var at)?.Limit);
        Assert.Equal(10, at);
    }

    [Fact]
    public void LimitMonitor_CurrentOffTheSetPoint_IsADeviation()
    {
        var breach = Run(Segments.Current(1e-3, limits: Window), (_, _) => (0.1, 0.97e-3), 100, out var at);

        Assert.Equal("current.deviation", breach?.Limit);
        Assert.Equal(0.03, breach!.Value, 9);
        Assert.Equal(13, at);
    }

    [Fact]
    public void LimitMonitor_SlewAfterAProgrammedChange_IsBlanked()
    {
        var limits = Window with { CurrentLongerThanSeconds = 0 };

        Assert.Null(Run(Segments.Current(1e-3, limits: limits), (_, n) => (0.1, n < 5 ? 0 : 1e-3), 100, out _));
        Assert.NotNull(Run(Segments.Current(1e-3, limits: limits), (_, n) => (0.1, n < 6 ? 0 : 1e-3), 100, out _));
    }

    [Fact]
    public void LimitMonitor_VoltageOutsideRightAfterAProgrammedChange_IsNotBlanked()
    {
        var limits = Window with { VoltageLongerThanSeconds = 0 };

        Run(Segments.Current(1e-3, limits: limits), (_, _) => (1.5, 1e-3), 3, out var at);

        Assert.Equal(2, at);
    }

    [Fact]
    public void LimitMonitor_ClampedAtTheComplianceOfAGoal_IsNeitherTripNorDeviation() => Assert.Null(Run(
        Segments.Current(1e-3, limits: Window, maxVolts: 0.52), (_, _) => (0.5195, 0.3e-3), 100, out _));

    [Theory]
    [InlineData(1e-3, 0.9995, "voltage.max")]
    [InlineData(-1e-3, -0.9995, "voltage.min")]
    public void LimitMonitor_ClampedAtTheLimitItself_IsTheVoltageLimit(double set, double volts, string limit)
    {
        var breach = Run(Segments.Current(set, limits: Window, minVolts: -1, maxVolts: 1), (_, _) => (volts, 0.3 * set), 100, out _);

        Assert.Equal(limit, breach?.Limit);
        Assert.Contains("compliance", breach!.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void LimitMonitor_AtTheLimitWithTheFullCurrent_IsNotClamped() => Assert.Null(Run(
        Segments.Current(1e-3, limits: Window, minVolts: -1, maxVolts: 1), (_, _) => (0.9995, 1e-3), 100, out _));

    [Fact]
    public void LimitMonitor_InvalidReading_NeitherCountsNorClears()
    {
        var breach = Run(Segments.Current(1e-3, limits: Window), (_, n) => (n == 2 ? double.NaN : 1.01, 1e-3), 100, out var at);

        Assert.NotNull(breach);
        Assert.Equal(3, at);
    }

    [Fact]
    public void LimitMonitor_MirroredTrace_MirrorsTheResult()
    {
        var charging = Run(Segments.Current(1e-3, limits: Window), (_, n) => (0.9 + 0.02 * n, 1e-3), 100, out var atCharging);
        var discharging = Run(Segments.Current(-1e-3, limits: Window), (_, n) => (-0.9 - 0.02 * n, -1e-3), 100, out var atDischarging);

        Assert.Equal(atCharging, atDischarging);
        Assert.Equal(-charging!.Value, discharging!.Value);
    }

    private static LimitBreach? Run(Segment segment, Func<double, int, (double Volts, double Amperes)> cell, int samples, out int at)
    {
        var monitor = new LimitMonitor();
        monitor.BeginSegment(segment);
        for (at = 0; at < samples; at++)
        {
            var seconds = (at + 1) * Period;
            var (volts, amperes) = cell(seconds, at);
            if (monitor.Observe(new Sample(Segments.Nanoseconds(seconds), volts, amperes, null)) is { } breach)
            {
                return breach;
            }
        }

        return null;
    }
}
