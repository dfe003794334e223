using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Detection;

public sealed class HardShortTests
{
    private const double OffsetVolts = 0.2e-3;
    private static readonly CellSpec Symmetric = new() { Kind = CellKind.Symmetric, AreaSquareCentimetres = 0.785 };

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(10)]
    public void HardShort_CollapseWithinOneSample_AbortsAtTheSecondSample(double period)
    {
        var trace = new Trace(Symmetric, OffsetVolts, seed: 1) { Period = period };
        trace.Current(1e-3, 200, t => 0.1);
        var onset = trace.Seconds + period;

        var found = trace.Current(1e-3, 50, t => 1e-3, sameSegment: true);

        var only = Assert.Single(found);
        Assert.Equal(DetectionKind.HardShort, only.Kind);
        Assert.Equal(DetectionSeverity.Abort, only.Severity);
        Assert.Equal(1, only.Rule);
        Assert.Equal(onset, only.OnsetSeconds, 6);
        Assert.Equal(onset + period, only.TimeSeconds, 6);
        Assert.InRange(only.ExpectedVolts!.Value, 0.09, 0.11);
        Assert.InRange(only.ShortOhms!.Value, 0.5, 2);
        Assert.True(only.Statistic < only.Threshold);
        Assert.Contains("metal path", only.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void HardShort_SingleBadRecord_IsNoDetection()
    {
        var trace = new Trace(Symmetric, OffsetVolts, seed: 2);

        var found = trace.Current(1e-3, 2000, t => (int)Math.Round(t / trace.Period) % 500 == 499 ? 0 : 0.1);

        Assert.Empty(found);
    }

    [Fact]
    public void HardShort_ExpectedBelowFiveFloors_IsBlindAndSaysSo()
    {
        var trace = new Trace(Symmetric, 2.5e-3, seed: 3);
        var found = trace.Current(1e-4, 300, t => 0.4e-3);
        found = [.. found, .. trace.Current(1e-4, 300, t => 0, sameSegment: true)];

        Assert.Empty(found);
        Assert.False(trace.Detector.Arming.Armed);
        Assert.Equal(ArmingReason.BelowFloor, trace.Detector.Arming.Reason);
        Assert.StartsWith("short detection blind: expected ", trace.Detector.Arming.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void HardShort_DuringTheReversal_IsFoundAtTheStartOfTheHalfCycle()
    {
        var trace = new Trace(Symmetric, OffsetVolts, seed: 4);
        trace.Current(1e-3, 600, t => 0.1);

        var found = trace.Current(-1.1e-3, 600, t => -1.1e-3);

        var only = Assert.Single(found);
        Assert.Equal(DetectionKind.HardShort, only.Kind);
        Assert.InRange(only.TimeSeconds, trace.SegmentStart + 1, trace.SegmentStart + 1.3);
        Assert.InRange(only.ExpectedVolts!.Value, -0.115, -0.1);
    }

    [Fact]
    public void HardShort_FromTheVeryStartWithBulkResistance_Aborts()
    {
        var trace = new Trace(Symmetric with { BulkResistanceOhms = 20 }, OffsetVolts, seed: 5);

        Assert.Equal(DetectionKind.HardShort, Assert.Single(trace.Current(1e-3, 600, t => 1e-3)).Kind);
    }

    [Fact]
    public void HardShort_FromTheVeryStartWithPelletData_Aborts()
    {
        var pellet = Symmetric with { ThicknessCentimetres = 0.115, ConductivitySiemensPerCentimetre = 7.9e-3 };
        var trace = new Trace(pellet, OffsetVolts, seed: 6);

        Assert.Equal(DetectionKind.HardShort, Assert.Single(trace.Current(1e-3, 600, t => 1e-3)).Kind);
    }

    [Fact]
    public void HardShort_FromTheVeryStartWithNothingKnown_IsBlindAndSaysSo()
    {
        var trace = new Trace(Symmetric, OffsetVolts, seed: 7);

        Assert.Empty(trace.Current(1e-3, 600, t => 1e-3));
        Assert.Equal(ArmingReason.BelowFloor, trace.Detector.Arming.Reason);
    }

    [Theory]
    [InlineData(0.0048)]
    [InlineData(0.1)]
    [InlineData(0.4)]
    public void HardShort_ReversalOfAnyCycler_IsNoShort(double timeConstant)
    {
        foreach (var period in new[] { 0.001, 0.01, 0.1, 1 })
        {
            var trace = new Trace(Symmetric, OffsetVolts, seed: 8) { Period = period };
            for (var half = 0; half < 8; half++)
            {
                var sign = half % 2 == 0 ? 1 : -1;
                Assert.Empty(trace.Current(sign * 1e-3, 400, t => sign * 0.1 * (1 - 2 * Math.Exp(-t / timeConstant))));
            }
        }
    }

    [Fact]
    public void HardShort_LowSamplesWithinBlanking_AreNotJudged()
    {
        var trace = new Trace(Symmetric, OffsetVolts, seed: 9) { Period = 0.01 };
        trace.Current(1e-3, 2000, t => 0.1);

        Assert.Empty(trace.Current(1e-3, 2000, t => t < 0.045 ? 0 : 0.1));
    }

    [Fact]
    public void HardShort_OvershootOfTheCyclerWithinBlanking_IsNotLearnt()
    {
        var trace = new Trace(Symmetric, OffsetVolts, seed: 18) { Period = 0.001 };

        Assert.Empty(trace.Current(1e-3, 2000, t => t < 0.045 ? 1 : 0.1));
    }

    [Fact]
    public void HardShort_CableKnockWhenTheHalfCycleBegins_IsNotLearnt()
    {
        var trace = new Trace(Symmetric, OffsetVolts, seed: 19) { Period = 0.001 };
        trace.Current(-1e-3, 60_000, t => -0.1);

        Assert.Empty(trace.Current(1e-3, 60_000, t => t < 0.12 ? 0.6 : 0.1));
    }

    [Theory]
    [InlineData(3e-3, 3e-3)]
    [InlineData(-3e-3, -3e-3)]
    [InlineData(8e-3, 0)]
    public void HardShort_OffsetOfTheFirstRest_IsCorrectedUpToFiveMillivolts(double offset, double corrected)
    {
        var trace = new Trace(Symmetric, 3e-3, seed: 10);
        trace.Rest(100, t => offset);
        trace.Current(1e-3, 300, t => 0.03 + offset);

        Assert.Equal(0.03 + offset - corrected, trace.Detector.Arming.ExpectedVolts!.Value, 3);
        Assert.Equal(corrected != 0, trace.Detector.Arming.FloorVolts < 3e-3);
    }

    [Fact]
    public void HardShort_CurrentThatDoesNotFlow_IsNoShort()
    {
        var trace = new Trace(Symmetric, OffsetVolts, seed: 11);
        trace.Current(1e-3, 600, t => 0.1);

        Assert.Empty(trace.Current(1e-3, 600, t => 0, sameSegment: true, amperes: 0));
    }

    [Fact]
    public void HardShort_FreshCollectorPassingThroughZero_IsNoShort()
    {
        var trace = new Trace(new CellSpec { Kind = CellKind.Half }, OffsetVolts, seed: 12);

        Assert.Empty(trace.Current(-1e-3, 6000, t => -0.03 + 1.5 * Math.Exp(-t / 60)));
        Assert.True(trace.Detector.Arming.Armed);
    }

    [Fact]
    public void HardShort_HalfCellAfterThirtySecondsOfPlating_Aborts()
    {
        var trace = new Trace(new CellSpec { Kind = CellKind.Half }, OffsetVolts, seed: 13);
        trace.Current(-1e-3, 6000, t => -0.03 + 1.5 * Math.Exp(-t / 60));

        Assert.Equal(DetectionKind.HardShort, Assert.Single(trace.Current(-1e-3, 20, t => -1e-3, sameSegment: true)).Kind);
    }

    [Fact]
    public void HardShort_FullCellCollapse_Aborts()
    {
        foreach (var sign in new[] { 1, -1 })
        {
            var trace = new Trace(new CellSpec { Kind = CellKind.Full }, 2.5e-3, seed: 14);
            trace.Current(sign * 1e-3, 6000, t => 3.6 + sign * t * 1e-4);
            var found = trace.Current(sign * 1e-3, 20, t => sign * 5e-3, sameSegment: true);

            Assert.Equal(DetectionKind.HardShort, Assert.Single(found).Kind);
        }
    }

    [Fact]
    public void HardShort_FullCellDischargedToZero_IsNoShort()
    {
        var trace = new Trace(new CellSpec { Kind = CellKind.Full }, 2.5e-3, seed: 15);

        Assert.Empty(trace.Current(-1e-3, 600, t => t < 50 ? 3.5 : Math.Max(0, 3.5 - (t - 50) * 0.7)));
    }

    [Fact]
    public void HardShort_RestAndHold_AreNotJudged()
    {
        var trace = new Trace(Symmetric, OffsetVolts, seed: 16);
        trace.Current(1e-3, 600, t => 0.1);

        Assert.Empty(trace.Rest(600, t => 0));
        Assert.Equal(ArmingReason.NoCurrent, trace.Detector.Arming.Reason);
        Assert.Empty(trace.Hold(0.05, 600, t => t < 10 ? 0.05 : 1e-5));
        Assert.Equal(ArmingReason.ConstantVoltage, trace.Detector.Arming.Reason);
    }

    [Fact]
    public void HardShort_ShortThatStays_IsReportedOnceInAHalfCycle()
    {
        var trace = new Trace(Symmetric, OffsetVolts, seed: 17);
        trace.Current(1e-3, 600, t => 0.1);

        Assert.Single(trace.Current(1e-3, 6000, t => 1e-3, sameSegment: true));
        Assert.Single(trace.Current(-1e-3, 6000, t => -1e-3));
    }
}
