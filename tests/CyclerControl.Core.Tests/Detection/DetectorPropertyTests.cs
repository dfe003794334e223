using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Detection;

/// <summary>Properties over random cells; seeded loops, so that a failing seed is in the message.</summary>
public sealed class DetectorPropertyTests
{
    private static readonly CellSpec Symmetric = new() { Kind = CellKind.Symmetric };

    [Fact]
    public void Detector_ThousandHoursOfHealthyPlatingAndStripping_NeverAborts()
    {
        for (var seed = 100; seed < 103; seed++)
        {
            var cell = new HealthyCell(seed);
            var trace = new Trace(Symmetric, 0.5e-3, seed) { Period = 10, NoiseVolts = cell.NoiseVolts };
            trace.Rest(60, t => 0);
            for (var half = 0; half < 1000; half++)
            {
                var amperes = half % 2 == 0 ? -0.5e-3 : 0.5e-3;
                var begin = trace.Seconds;
                var found = trace.Current(amperes, 360, t => cell.Volts(amperes, begin + t, t, 3600));
                Assert.True(found.Count == 0, $"seed {seed}, half-cycle {half}: {found.FirstOrDefault()}");
            }
        }
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    public void Detector_HealthyRampsOfRandomCells_GiveNoDetection(double period)
    {
        for (var seed = 200; seed < 200 + 10 * period; seed++)
        {
            var cell = new HealthyCell(seed);
            var trace = new Trace(Symmetric, 0.5e-3, seed) { Period = period, NoiseVolts = cell.NoiseVolts };
            trace.Rest((int)(600 / period), t => 0);
            for (var level = 1; level <= 20; level++)
            {
                foreach (var sign in new[] { -1, 1 })
                {
                    var amperes = sign * level * 0.1e-3;
                    var begin = trace.Seconds;
                    var found = trace.Current(amperes, (int)(3600 / period), t => cell.Volts(amperes, begin + t, t, 3600));
                    Assert.True(found.Count == 0, $"seed {seed}, level {level}, sign {sign}: {found.FirstOrDefault()}");
                }
            }
        }
    }

    [Fact]
    public void Detector_HardShortAnywhereInARampWhereArmed_AbortsAtTheSecondSample()
    {
        for (var seed = 300; seed < 400; seed++)
        {
            var random = new Random(seed);
            var cell = new HealthyCell(seed);
            var trace = new Trace(Symmetric, 0.5e-3, seed) { Period = 0.1, NoiseVolts = cell.NoiseVolts };
            trace.Rest(100, t => 0);
            var shortLevel = 4 + random.Next(8);
            for (var level = 1; level < shortLevel; level++)
            {
                foreach (var sign in new[] { -1, 1 })
                {
                    var begin = trace.Seconds;
                    trace.Current(sign * level * 0.2e-3, 600, t => cell.Volts(sign * level * 0.2e-3, begin + t, t, 60));
                }
            }

            var amperes = (random.Next(2) * 2 - 1) * shortLevel * 0.2e-3;
            var start = trace.Seconds;
            trace.Current(amperes, 50 + random.Next(500), t => cell.Volts(amperes, start + t, t, 60));
            Assert.True(trace.Detector.Arming.Armed, $"seed {seed}: {trace.Detector.Arming.Explanation}");

            var ohms = 0.5 + 1.5 * random.NextDouble();
            var found = trace.Current(amperes, 2, t => amperes * ohms, sameSegment: true);

            Assert.True(found is [{ Kind: DetectionKind.HardShort, Severity: DetectionSeverity.Abort }], $"seed {seed}");
        }
    }

    [Fact]
    public void Detector_MirroredTrace_GivesTheMirroredResult()
    {
        for (var seed = 400; seed < 430; seed++)
        {
            var samples = Walk(seed);
            var plus = Feed(samples, +1, 1, CellKind.Symmetric);
            var minus = Feed(samples, -1, 1, CellKind.Symmetric);

            Assert.Equal(plus.Select(f => f.TimeSeconds), minus.Select(f => f.TimeSeconds));
            Assert.Equal(plus.Select(f => (f.Rule, f.Kind, f.Severity, f.Statistic)), minus.Select(f => (f.Rule, f.Kind, f.Severity, f.Statistic)));
            Assert.Equal(plus.Select(f => f.ExpectedVolts), minus.Select(f => -f.ExpectedVolts));
            Assert.Equal(plus.Select(f => f.Explanation), minus.Select(f => f.Explanation));
        }
    }

    [Fact]
    public void Detector_TraceWithEverySecondSampleLeftOut_FindsTheSameKindsInTheSameOrder()
    {
        var compared = 0;
        for (var seed = 500; seed < 560; seed++)
        {
            var samples = Walk(seed);
            var full = Feed(samples, 1, 1, CellKind.Symmetric);
            var half = Feed(samples, 1, 2, CellKind.Symmetric);

            Assert.Equal(full.Select(f => (f.Kind, f.Severity)), half.Select(f => (f.Kind, f.Severity)));
            Assert.All(full.Zip(half), pair => Assert.InRange(pair.First.TimeSeconds - pair.Second.TimeSeconds, -2, 2));
            compared += full.Count;
        }

        Assert.True(compared > 20, $"only {compared} detections compared");
    }

    [Fact]
    public void Detector_SameTraceInOneSpanOrSampleBySample_FindsTheSameFirst()
    {
        for (var seed = 600; seed < 620; seed++)
        {
            var samples = Walk(seed);
            var worst = Feed(samples, 1, 1, CellKind.Symmetric).MaxBy(f => f.Severity);
            var detector = new ShortCircuitDetector(Symmetric, 0.2e-3);
            detector.BeginSegment(Segments.Current(1e-3));

            Assert.Equal(worst, detector.Observe(samples));
        }
    }

    /// <summary>A cell at 100 mV that drops to a random level at a random time; 10 Hz, time stamps with jitter.</summary>
    private static Sample[] Walk(int seed)
    {
        var random = new Random(seed);
        var onset = 200 + random.Next(400);
        var level = random.Next(3) switch { 0 => 0.001, 1 => 0.02 + 0.02 * random.NextDouble(), _ => 0.06 + 0.025 * random.NextDouble() };
        var samples = new Sample[12_000];
        for (var n = 0; n < samples.Length; n++)
        {
            var seconds = 0.1 * (n + 1) + 0.02 * random.NextDouble();
            var noise = 100e-6 * (random.NextDouble() + random.NextDouble() - 1);
            samples[n] = new Sample(Segments.Nanoseconds(seconds), (n < onset * 10 ? 0.1 : level) + noise, 1e-3, null);
        }

        return samples;
    }

    private static List<DetectionEvent> Feed(Sample[] samples, int sign, int stride, CellKind kind)
    {
        var detector = new ShortCircuitDetector(new CellSpec { Kind = kind }, 0.2e-3);
        detector.BeginSegment(Segments.Current(sign * 1e-3));
        var found = new List<DetectionEvent>();
        for (var n = 0; n < samples.Length; n += stride)
        {
            var sample = samples[n] with { Volts = sign * samples[n].Volts, Amperes = sign * samples[n].Amperes };
            if (detector.Observe([sample]) is { } detection)
            {
                found.Add(detection);
            }
        }

        return found;
    }
}
