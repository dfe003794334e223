using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Detection;

public sealed class SweepDetectionTests
{
    private static readonly CellSpec Full = new() { Kind = CellKind.Full, NominalAmpHours = 1e-3, AreaSquareCentimetres = 1 };
    private static readonly CellSpec Symmetric = new() { Kind = CellKind.Symmetric };

    /// <summary>In a hold, a current that comes down and stays is a leak; in a sweep it is whatever the reaction at that voltage gives.</summary>
    [Fact]
    public void Sweep_CurrentThatWouldBeALeakInAHold_IsNone()
    {
        static double Amperes(double t) => (1e-3 / Math.Sqrt(1 + (t / 60))) + 0.4e-3;
        Assert.Contains(Observe(Segments.Hold(4.3, 3600), Amperes), f => f.Rule == 9);
        Assert.Empty(Observe(Segments.Sweep(4.3, 3600), Amperes));
    }

    [Fact]
    public void Sweep_IsNoHalfCycleAndNoMemory_AndTheDetectorWatchesAgainAfterIt()
    {
        var trace = new Trace(Symmetric, 0, seed: 5);
        Assert.Empty(trace.Current(-1e-3, 3000, _ => -0.1));
        Assert.Empty(trace.Current(1e-3, 3000, _ => 0.1));
        Assert.Empty(trace.Sweep(0.1, 3000, t => 0.1 - (1e-3 * t), t => (0.1 - (1e-3 * t)) * 5)); // fifty times the current at the same voltage
        Assert.Equal(ArmingReason.VoltageSweep, trace.Detector.Arming.Reason);
        Assert.Contains("swept", trace.Detector.Arming.Explanation, StringComparison.Ordinal);
        Assert.Empty(trace.Current(-1e-3, 3000, _ => -0.1));
        Assert.True(trace.Detector.Arming.Armed);
        var found = trace.Current(1e-3, 3000, t => t < 100 ? 0.1 : 1e-5);
        Assert.Equal((DetectionKind.HardShort, DetectionSeverity.Abort), (found[0].Kind, found[0].Severity));
    }

    /// <summary>What a cell still shows after a sweep or a hold is no offset of the channel: taken for one, it would raise the floor until nothing is seen.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void RestAfterImposedVoltage_IsNotTakenForTheChannelsOffset(bool sweeps)
    {
        var trace = new Trace(Symmetric, 1e-4, seed: 7);
        Assert.Empty(trace.Rest(600, _ => 0));
        Assert.Empty(sweeps ? trace.Sweep(0, 1000, t => 5e-3 * t, t => 5e-5 * t) : trace.Hold(0.5, 1000, _ => 0.5));
        Assert.Empty(trace.Rest(1000, t => 0.5 * Math.Exp(-t / 60)));
        Assert.Empty(trace.Current(-1e-3, 3000, _ => -0.02));
        Assert.True(trace.Detector.Arming.Armed, trace.Detector.Arming.Explanation);
        Assert.InRange(trace.Detector.Arming.FloorVolts, 0, 2e-3);
        var found = trace.Current(1e-3, 3000, t => t < 100 ? 0.02 : 1e-5);
        Assert.Equal((DetectionKind.HardShort, DetectionSeverity.Abort), (found[0].Kind, found[0].Severity));
    }

    private static List<DetectionEvent> Observe(in Core.Runs.Segment segment, Func<double, double> amperes)
    {
        var detector = new ShortCircuitDetector(Full, 2.5e-3);
        var found = new List<DetectionEvent>();
        void Feed(int from, int to, Func<int, double> volts, Func<int, double> current)
        {
            for (var t = from; t < to; t++)
            {
                if (detector.Observe([new Sample(t * 1_000_000_000L, volts(t), current(t), null)]) is { } seen)
                {
                    found.Add(seen);
                }
            }
        }

        detector.BeginSegment(Segments.Current(1e-3));
        Feed(1, 3600, t => 3.5 + (0.8 * t / 3600), _ => 1e-3);
        detector.BeginSegment(segment);
        Feed(3601, 20_000, _ => 4.3, t => amperes(t - 3600));
        return found;
    }
}
