using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Detection;

/// <summary>Rule 1 when a busy computer reads the first samples of a half-cycle late and irregularly.</summary>
public sealed class HardShortTimingTests
{
    private const double Level = 0.025;
    private const double NoiseVolts = 50e-6;
    private static readonly CellSpec Symmetric = new() { Kind = CellKind.Symmetric };

    [Fact]
    public void HardShort_IrregularFirstSamples_IsFoundAtTheSecondSample()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var detector = new ShortCircuitDetector(Symmetric, 0.1e-3);
            var seconds = 0.0;
            for (var half = 1; half <= 2; half++)
            {
                var start = seconds;
                detector.BeginSegment(Segments.Current(half == 1 ? 1e-3 : -1e-3, start, half));
                var sign = half == 1 ? 1 : -1;

                // A slow reversal, read every 2 to 300 ms for the first seconds: what the model misses there is not noise.
                while (seconds - start < 6)
                {
                    seconds += seconds - start < 4 ? 0.002 + 0.298 * random.NextDouble() : 0.01;
                    Assert.Null(Read(detector, random, seconds, sign * Level * (1 - 2 * Math.Exp(-(seconds - start) / 0.43)), sign));
                }
            }

            Assert.True(detector.Arming.Armed, detector.Arming.Explanation);
            Assert.Null(Read(detector, random, seconds += 0.01, -1e-3, -1));
            var found = Read(detector, random, seconds + 0.01, -1e-3, -1);

            Assert.Equal((1, DetectionKind.HardShort, DetectionSeverity.Abort), (found!.Rule, found.Kind, found.Severity));
        }
    }

    [Theory]
    [InlineData(78e-6, 5e-3)]
    [InlineData(1e-3, 20e-3)]
    [InlineData(5e-3, 80e-3)]
    public void HardShort_NoisyChannel_IsArmedWhereNoiseCannotReachTheFloorTwice(double noise, double level)
    {
        var settings = new DetectionSettings().HardShort;

        Assert.InRange(settings.ArmingVolts(0, noise), settings.Floor(0, noise) + 8 * noise - 1e-12, level);
    }

    private static DetectionEvent? Read(ShortCircuitDetector detector, Random random, double seconds, double volts, int sign)
    {
        var noise = NoiseVolts * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return detector.Observe([new Sample(Segments.Nanoseconds(seconds), volts + noise, sign * 1e-3, null)]);
    }
}
