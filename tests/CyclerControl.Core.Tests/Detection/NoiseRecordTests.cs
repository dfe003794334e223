using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;
using CyclerControl.Testing.NoiseRecords;

namespace CyclerControl.Core.Tests.Detection;

public sealed class NoiseRecordTests
{
    [Theory]
    [InlineData("1kHz", CellKind.Symmetric)]
    [InlineData("1kHz", CellKind.Half)]
    [InlineData("1kHz", CellKind.Full)]
    [InlineData("1Hz", CellKind.Symmetric)]
    [InlineData("1Hz", CellKind.Half)]
    [InlineData("1Hz", CellKind.Full)]
    public void NoiseRecord_ReplayedAsItIs_GivesNoDetection(string record, CellKind kind)
    {
        Assert.Empty(Replay(Of(record), kind, (sample, _) => sample.Volts));
        Assert.Empty(Replay(Of(record), kind, (sample, _) => -sample.Volts, mirrored: true));
    }

    [Theory]
    // Others are rightly blind: a symmetric cell does not rest at 2 V, and no half-cycle of the 1 kHz record lasts the 30 s of a half cell.
    [InlineData("1kHz", CellKind.Full)]
    [InlineData("1Hz", CellKind.Half)]
    [InlineData("1Hz", CellKind.Full)]
    public void NoiseRecord_HardShortInjectedAtAnyPhase_AbortsAtTheSecondSample(string record, CellKind kind)
    {
        var random = new Random(61);
        var steps = Of(record).Steps.Where(step => step.Length > 300 && Math.Abs(step[^1].Amperes) > 1e-6 && step[^1].Amperes > 0).ToArray();
        for (var trial = 0; trial < 20; trial++)
        {
            var step = steps[random.Next(steps.Length)];
            var onset = step[random.Next(100, step.Length - 10)].TimeNanoseconds;
            var ohms = 0.5 + 20 * random.NextDouble();
            var end = step[^1].TimeNanoseconds;

            var found = Replay(Of(record), kind, (sample, _) => sample.TimeNanoseconds >= onset && sample.TimeNanoseconds <= end ? sample.Amperes * ohms : sample.Volts);

            var first = found[0];
            Assert.Equal(DetectionKind.HardShort, first.Kind);
            Assert.Equal(onset * 1e-9, first.OnsetSeconds, 9);
            Assert.Equal(1, step.Count(sample => sample.TimeNanoseconds > onset && sample.TimeSeconds <= first.TimeSeconds + 1e-9));
        }
    }

    [Theory]
    [InlineData(0.06)]
    [InlineData(0.15)]
    [InlineData(0.4)]
    public void NoiseRecord_DropInjectedIntoTheHalfCell_IsSuspectWithinFiveSamples(double fraction)
    {
        const double Onset = 10_000;

        var found = Replay(Of("1Hz"), CellKind.Half, (sample, _) => sample.Volts * (sample.TimeSeconds >= Onset ? 1 - fraction : 1));

        Assert.Equal(DetectionSeverity.Suspect, Assert.Single(found).Severity);
        Assert.InRange(found[0].TimeSeconds, Onset, Onset + 4);
    }

    [Theory]
    [InlineData("1kHz", 0.001)]
    [InlineData("1Hz", 1)]
    public void NoiseRecord_ItsNoiseOnASymmetricCell_GivesNoDetectionAndHidesNoShort(string record, double period)
    {
        var noise = Of(record).NoiseVolts();
        var detector = new ShortCircuitDetector(new CellSpec { Kind = CellKind.Symmetric }, 0.2e-3);
        var samples = noise.Select((volts, n) => new Sample(Segments.Nanoseconds((n + 1) * period), 0.02 + volts, 1e-3, null)).ToArray();
        detector.BeginSegment(Segments.Current(1e-3));

        Assert.InRange(Math.Sqrt(noise.Average(volts => volts * volts)), 20e-6, 80e-6);
        Assert.Null(detector.Observe(samples));
        Assert.Null(detector.Observe([new Sample(samples[^1].TimeNanoseconds + Segments.Nanoseconds(period), 0.001, 1e-3, null)]));
        Assert.Equal(
            DetectionKind.HardShort,
            detector.Observe([new Sample(samples[^1].TimeNanoseconds + 2 * Segments.Nanoseconds(period), 0.001, 1e-3, null)])?.Kind);
    }

    private static NoiseRecord Of(string name) => name is "1kHz" ? NoiseRecord.SolidStateAt1Kilohertz : NoiseRecord.NewareAt1Hertz;

    private static List<DetectionEvent> Replay(NoiseRecord record, CellKind kind, Func<Sample, int, double> volts, bool mirrored = false)
    {
        var detector = new ShortCircuitDetector(new CellSpec { Kind = kind }, 1e-3);
        var found = new List<DetectionEvent>();
        var halfCycle = 0;
        foreach (var step in record.Steps)
        {
            var sign = mirrored ? -1 : 1;
            var set = Math.Abs(step[^1].Amperes) < 1e-6 ? 0 : sign * step[^1].Amperes;
            var start = step[0].TimeSeconds;
            detector.BeginSegment(set == 0 ? Segments.Rest(start) : Segments.Current(set, start, ++halfCycle));
            for (var n = 0; n < step.Length; n++)
            {
                var sample = step[n] with { Volts = volts(step[n], n), Amperes = sign * step[n].Amperes };
                if (detector.Observe([sample]) is { } detection)
                {
                    found.Add(detection);
                }
            }
        }

        return found;
    }
}
