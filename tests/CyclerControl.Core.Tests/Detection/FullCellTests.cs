using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Detection;

public sealed class FullCellTests
{
    private static readonly CellSpec Cell = new() { Kind = CellKind.Full, NominalAmpHours = 1e-3 };

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public void FullCell_ChargeThatNeverEnds_IsAFullCellShort(double period)
    {
        var trace = new Trace(Cell, 2.5e-3, seed: 91) { Period = period };

        var only = Assert.Single(trace.Current(1e-3, (int)(7200 / period), t => 3.7 + 0.3 * Math.Min(1, t / 5000)));

        Assert.Equal((9, DetectionKind.FullCellShort, DetectionSeverity.Suspect), (only.Rule, only.Kind, only.Severity));
        Assert.InRange(only.TimeSeconds, 5400, 5400 + 64 * period);
        Assert.StartsWith("Endless charge", only.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.05, true)]
    [InlineData(0.004, false)]
    public void FullCell_VoltageThatFallsWhileCharging_IsSuspectWhenClear(double fall, bool suspected)
    {
        var trace = new Trace(Cell, 2.5e-3, seed: 92) { Period = 1 };

        var found = trace.Current(1e-3, 4000, t => 3.7 + 1e-5 * Math.Min(t, 2000) - (t > 2000 ? fall : 0));

        Assert.Equal(suspected ? [DetectionKind.FullCellShort] : [], found.Select(f => f.Kind));
    }

    [Fact]
    public void FullCell_DropWhileCharging_IsToldWithinFiveSamples()
    {
        var trace = new Trace(Cell, 2.5e-3, seed: 96) { Period = 1 };

        var found = trace.Current(1e-3, 1500, t => (3.7 + 1e-4 * Math.Min(t, 1000)) * (t > 1000 ? 0.93 : 1));

        Assert.Equal((3, DetectionKind.FullCellShort, DetectionSeverity.Suspect), (found[0].Rule, found[0].Kind, found[0].Severity));
        Assert.InRange(found[0].TimeSeconds, 1001, 1005);
        Assert.All(found, f => Assert.Equal(DetectionSeverity.Suspect, f.Severity));
    }

    [Fact]
    public void FullCell_PressureStepOfTwentyPercent_IsNone()
    {
        var trace = new Trace(Cell, 2.5e-3, seed: 93) { Period = 1 };
        trace.Rest(600, t => 3.5);

        Assert.Empty(trace.Current(1e-3, 4000, t => 3.5 + 1e-6 * t + (t < 2000 ? 0.2 : 0.16)));
    }

    [Fact]
    public void FullCell_HealthyCyclesWithHoldAndRest_AreNone()
    {
        var trace = new Trace(Cell, 2.5e-3, seed: 94) { Period = 5 };
        for (var cycle = 0; cycle < 8; cycle++)
        {
            Assert.Empty(trace.Current(1e-3, 720, t => 3.5 + 0.7 * t / 3600));
            Assert.Empty(trace.Hold(4.2, 120, t => 4.2));
            Assert.Empty(trace.Rest(240, t => 4.15 + 0.05 * Math.Exp(-t / 100)));
            Assert.Empty(trace.Current(-1e-3, 820, t => 4.1 - 1.2 * t / 4100));
            Assert.Empty(trace.Rest(240, t => 3.1 - 0.1 * Math.Exp(-t / 100)));
        }

        trace.Detector.Finish();
        Assert.Null(trace.Detector.TakeNext());
    }

    [Fact]
    public void FullCell_EfficiencyFallsTwice_IsToldWhenTheNextHalfCycleBeginsOrTheRecordEnds()
    {
        var trace = new Trace(Cell, 2.5e-3, seed: 95) { Period = 5 };
        var found = new List<DetectionEvent>();
        for (var cycle = 0; cycle < 7; cycle++)
        {
            found.AddRange(trace.Current(1e-3, 720, t => 3.5 + 0.7 * t / 3600));
            found.AddRange(trace.Current(-1e-3, cycle < 5 ? 719 : 650, t => 4.1 - 1.2 * t / (cycle < 5 ? 3595 : 3250)));
        }

        Assert.Empty(found);
        trace.Detector.Finish();
        var only = trace.Detector.TakeNext();
        Assert.Equal((9, DetectionKind.FullCellShort, DetectionSeverity.Suspect), (only?.Rule, only?.Kind, only?.Severity));
        Assert.Null(trace.Detector.TakeNext());
    }
}
