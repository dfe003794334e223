using System.Diagnostics;
using System.Runtime.CompilerServices;
using CyclerControl.Benchmarks.Detection.Corpus;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Benchmarks.Detection;

/// <summary>
/// What the detector costs: nanoseconds per sample, one sample per call as a link does, all rules on, healthy cells of the corpus at 1 Hz; beside a bare compare of
/// the same voltages with a threshold. Alternating blocks, medians.
/// </summary>
internal static class DetectorBenchmark
{
    private const int Blocks = 15;
    private const int AllSamples = 200_000;
    private const int WarmRounds = 8;

    /// <summary>The optimising compiler works in the background and takes its time.</summary>
    private const double WarmSeconds = 0.5;

    public static Report Run(double scale)
    {
        var samples = Math.Max(2000, (int)(scale * AllSamples));
        var report = new Report();
        var kinds = Enum.GetValues<CellKind>().Select(kind => Measure(kind, samples)).ToArray();
        // The dearest kind of cell is the figure.
        report.Add("ns_per_sample", kinds.Max(kind => kind.Detector))
            .Add("floor_ns_per_sample", kinds.MaxBy(kind => kind.Detector)!.Floor)
            .Add("alloc_bytes", kinds.Sum(kind => kind.Bytes));
        foreach (var kind in kinds)
        {
            report.Add(kind.Name, new Report()
                .Add("ns_per_sample", kind.Detector)
                .Add("ns_per_sample_in_blocks", kind.InBlocks)
                .Add("floor_ns_per_sample", kind.Floor)
                .Add("samples", kind.Samples)
                .Add("findings", kind.Findings));
        }

        return report;
    }

    private static Cost Measure(CellKind kind, int wanted)
    {
        var trace = Trace.Of(kind, wanted);
        var started = Stopwatch.GetTimestamp();
        for (var round = 0; round < WarmRounds || Stopwatch.GetElapsedTime(started).TotalSeconds < WarmSeconds; round++)
            _ = (OneByOne(trace), InBlocks(trace), Floor(trace.Samples, 0.1));
        var ours = new double[Blocks];
        var blocks = new double[Blocks];
        var floor = new double[Blocks];
        var bytes = 0L;
        var findings = 0;
        for (var block = 0; block < Blocks; block++)
        {
            var one = OneByOne(trace);
            (ours[block], bytes, findings) = (one.Nanoseconds / trace.Samples.Length, bytes + one.Bytes, one.Findings);
            blocks[block] = InBlocks(trace) / trace.Samples.Length;
            floor[block] = Floor(trace.Samples, 0.1 + (block * 1e-9)) / trace.Samples.Length;
        }

        return new Cost(kind.ToString().ToLowerInvariant(), Median.Of(ours), Median.Of(blocks), Median.Of(floor), bytes, trace.Samples.Length, findings);
    }

    private static (double Nanoseconds, long Bytes, int Findings) OneByOne(Trace trace)
    {
        var detector = new ShortCircuitDetector(trace.Cell, trace.OffsetVolts);
        var findings = 0;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        for (var s = 0; s < trace.Segments.Length; s++)
        {
            detector.BeginSegment(trace.Segments[s].Segment);
            foreach (ref readonly var sample in trace.Of(s))
                findings += detector.Observe(new ReadOnlySpan<Sample>(in sample)) is null ? 0 : 1;
        }

        var nanoseconds = Stopwatch.GetElapsedTime(started).TotalNanoseconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return (nanoseconds, allocated, findings);
    }

    private static double InBlocks(Trace trace)
    {
        var detector = new ShortCircuitDetector(trace.Cell, trace.OffsetVolts);
        var started = Stopwatch.GetTimestamp();
        for (var s = 0; s < trace.Segments.Length; s++)
        {
            detector.BeginSegment(trace.Segments[s].Segment);
            detector.Observe(trace.Of(s));
        }

        return Stopwatch.GetElapsedTime(started).TotalNanoseconds;
    }

    private static double Floor(Sample[] samples, double volts)
    {
        var started = Stopwatch.GetTimestamp();
        var above = Compare(samples, volts);
        var nanoseconds = Stopwatch.GetElapsedTime(started).TotalNanoseconds;
        return above < 0 ? throw new InvalidOperationException("a count below zero") : nanoseconds;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Compare(ReadOnlySpan<Sample> samples, double volts)
    {
        var above = 0;
        foreach (ref readonly var sample in samples)
            above += Math.Abs(sample.Volts) > volts ? 1 : 0;
        return above;
    }

    private sealed record Cost(string Name, double Detector, double InBlocks, double Floor, long Bytes, int Samples, int Findings);

    /// <summary>The beginning of a healthy life in memory; one in which nothing is found, so that no report is part of the price.</summary>
    private sealed record Trace(CellSpec Cell, double OffsetVolts, Sample[] Samples, (Segment Segment, int Start, int End)[] Segments)
    {
        private const int Tries = 200;

        public ReadOnlySpan<Sample> Of(int segment) => Samples.AsSpan(Segments[segment].Start, Segments[segment].End - Segments[segment].Start);

        public static Trace Of(CellKind kind, int wanted)
        {
            Trace? any = null;
            for (var index = 0L; index < Tries; index++)
            {
                var life = Streams.Healthy(1, SamplingScheme.OneHertz, index, 10 * wanted);
                if (life.Cell.Kind != kind || life.Cell.MeasuresTemperature || life.Cell.Spec.BulkResistanceOhms is null || life.Cell.LevelVolts < 0.02)
                    continue;
                any = Read(life, wanted);
                if (OneByOne(any).Findings == 0)
                    return any;
            }

            return any ?? throw new InvalidOperationException($"no life of kind {kind} among {Tries}");
        }

        private static Trace Read(CellLife life, int wanted)
        {
            var samples = new List<Sample>(wanted);
            var segments = new List<(Segment Segment, int Start, int End)>();
            while (samples.Count < wanted && life.NextBlock())
            {
                if (life.Begins is { } segment)
                    segments.Add((segment, samples.Count, samples.Count));
                samples.AddRange(life.Samples);
                segments[^1] = segments[^1] with { End = samples.Count };
            }

            return new Trace(life.Cell.Spec, life.Cell.StatedOffsetVolts, [.. samples], [.. segments]);
        }
    }
}
