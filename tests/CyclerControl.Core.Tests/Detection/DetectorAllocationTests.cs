using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Detection;

public sealed class DetectorAllocationTests
{
    [Theory]
    [InlineData(CellKind.Symmetric)]
    [InlineData(CellKind.Half)]
    [InlineData(CellKind.Full)]
    public void Detector_HundredThousandHealthySamples_AllocateNothing(CellKind kind)
    {
        var limits = Segments.NoLimits with { MinVolts = -1, MaxVolts = 5, MaxAmperes = 1, DeviationFraction = 0.02 };
        var detector = new ShortCircuitDetector(new CellSpec { Kind = kind, BulkResistanceOhms = 50 }, 0.2e-3);
        var monitor = new LimitMonitor();
        Segment[] segments = [Segments.Current(1e-3, 0, 1, limits), Segments.Current(1e-3, 20, 1, limits), Segments.Current(1e-3, 1000, 2, limits)];
        var random = new Random(71);
        var samples = Enumerable.Range(1, 102_000)
            .Select(n => new Sample(Segments.Nanoseconds(n * 0.01), 0.1 + 1e-4 * random.NextDouble(), 1e-3, null)).ToArray();
        var found = Feed(detector, monitor, segments[0], samples.AsSpan(0, 2_000));

        var before = GC.GetAllocatedBytesForCurrentThread();
        found += Feed(detector, monitor, segments[1], samples.AsSpan(2_000, 98_000));
        found += Feed(detector, monitor, segments[2], samples.AsSpan(100_000));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, found);
        // Per operation: the runtime may put a few bytes on this thread once, while it replaces code by better code.
        Assert.Equal(0, allocated / 100_000);
    }

    private static int Feed(ShortCircuitDetector detector, LimitMonitor monitor, in Segment segment, ReadOnlySpan<Sample> samples)
    {
        detector.BeginSegment(segment);
        monitor.BeginSegment(segment);
        var found = 0;
        foreach (ref readonly var sample in samples)
        {
            found += detector.Observe(new ReadOnlySpan<Sample>(in sample)) is null ? 0 : 1;
            found += monitor.Observe(sample) is null ? 0 : 1;
        }

        return found;
    }
}
