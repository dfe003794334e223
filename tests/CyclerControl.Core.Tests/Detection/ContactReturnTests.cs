using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Detection;

/// <summary>Contact that was lost and comes back, in the same half-cycle or after a reversal: never a short.</summary>
public sealed class ContactReturnTests
{
    [Theory]
    [InlineData(CellKind.Symmetric, 1, 1)]
    [InlineData(CellKind.Symmetric, 30, 1)]
    [InlineData(CellKind.Symmetric, 1, 2)]
    [InlineData(CellKind.Half, 1, 1)]
    [InlineData(CellKind.Half, 30, 1)]
    public void ContactReturn_AfterTheReversal_IsNoShort(CellKind kind, double period, double step)
    {
        for (var at = 300; at < 3500; at += 400)
        {
            var trace = new Trace(new CellSpec { Kind = kind }, 0.3e-3, seed: at) { Period = period };
            var found = new List<DetectionEvent>();
            for (var half = 0; half < 6; half++)
            {
                // From the fourth half-cycle on the resistance grows fivefold, and comes back in the fifth.
                var sign = half % 2 == 0 ? -1 : 1;
                var amperes = sign * 1e-3 * (half >= 4 ? step : 1);
                found.AddRange(trace.Current(amperes, (int)(3600 / period), t => amperes * 30 * Growth(half, t, at)));
            }

            Assert.DoesNotContain(found, f => f.Kind is not (DetectionKind.ContactLoss or DetectionKind.PolarisationRunaway));
        }
    }

    [Fact]
    public void ContactReturn_FullCellWhileCharging_IsNoShort()
    {
        var trace = new Trace(new CellSpec { Kind = CellKind.Full }, 0.3e-3, seed: 3) { Period = 1 };
        trace.Rest(60, t => 3.4);

        Assert.Empty(trace.Current(1e-3, 7200, t => 3.5 + 0.6 * t / 7200 + (t is > 3600 and < 5400 ? 0.05 / (1 - (t - 3600) / 2400) - 0.05 : 0)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Drop_FullCellFallsByFivePercent_IsSuspectedWithinThreeSamples(int direction)
    {
        var trace = new Trace(new CellSpec { Kind = CellKind.Full }, 0.3e-3, seed: 4) { Period = 1 };
        trace.Rest(60, t => 3.75);
        trace.Current(direction * 1e-3, 2400, t => Course(direction, t));
        var onset = trace.Seconds + 1;

        var only = Assert.Single(trace.Current(direction * 1e-3, 60, t => 0.95 * Course(direction, t + 2400), sameSegment: true));

        Assert.Equal((3, DetectionKind.FullCellShort, DetectionSeverity.Suspect), (only.Rule, only.Kind, only.Severity));
        Assert.InRange(only.TimeSeconds, onset, onset + 2);
    }

    [Fact]
    public void Drop_EndOfADischarge_IsNone()
    {
        var trace = new Trace(new CellSpec { Kind = CellKind.Full }, 0.3e-3, seed: 5) { Period = 1 };
        trace.Rest(60, t => 4.1);

        Assert.Empty(trace.Current(-1e-3, 3600, t => 4.05 - 0.4 * t / 3600 - 1.5 * Math.Exp((t - 3600) / 90)));
    }

    private static double Course(int direction, double t) => direction > 0 ? 3.8 + 0.2 * t / 7200 : 3.7 - 0.2 * t / 7200;

    private static double Growth(int half, double t, double at) => half switch
    {
        3 => 1 + 2 * Math.Pow(t / 3600, 3),
        4 when t < at => 3 / (1 - 0.4 * t / at),
        _ => 1,
    };
}
