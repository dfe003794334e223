using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Detection;

public sealed class TelegraphTests
{
    private static readonly CellSpec Symmetric = new() { Kind = CellKind.Symmetric };

    [Theory]
    [InlineData(0.001, 0.1)]
    [InlineData(0.1, 0.1)]
    [InlineData(0.1, 0.18)]
    [InlineData(1, 0.12)]
    public void Telegraph_SwitchingOfLessThanAFifth_IsSuspectAndNamed(double period, double amplitude)
    {
        var found = Switching(period, amplitude, 0.5, seed: 34);

        var telegraph = Assert.Single(found, f => f.Kind == DetectionKind.TelegraphShort);
        Assert.Equal((4, DetectionSeverity.Suspect), (telegraph.Rule, telegraph.Severity));
        Assert.InRange(telegraph.TimeSeconds, 120, 150);
        Assert.InRange(telegraph.OnsetSeconds, 120, telegraph.TimeSeconds);
        Assert.InRange(telegraph.ShortOhms!.Value, 100 * (1 - amplitude) / amplitude * 0.8, 100 * (1 - amplitude) / amplitude * 1.2);
        Assert.All(found, f => Assert.True(f.Kind is DetectionKind.TelegraphShort or DetectionKind.SoftShort && f.Severity == DetectionSeverity.Suspect));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    public void Telegraph_SwitchingOfFortyPercent_JoinsTheDropAndAbortsOnce(double period)
    {
        var found = Switching(period, 0.4, 0.5, seed: 35);

        var abort = Assert.Single(found, f => f.Severity == DetectionSeverity.Abort);
        Assert.Equal(DetectionKind.TelegraphShort, abort.Kind);
        Assert.Contains("burns through", abort.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Telegraph_LongDwellTimes_AreNotThreePairsInAMinute() =>
        Assert.DoesNotContain(
            new Trace(Symmetric, 0, seed: 36) { Period = 1 }.Current(1e-3, 3600, t => t % 400 > 370 ? 0.085 : 0.1), f => f.Kind == DetectionKind.TelegraphShort);

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.1)]
    public void Telegraph_LooseContactUpwards_IsNone(double period) =>
        Assert.Empty(new Trace(Symmetric, 0, seed: 37) { Period = period }.Current(1e-3, (int)(60 / period), t => t % 3 is > 1 and < 1.06 ? 0.4 : 0.1));

    [Fact]
    public void Telegraph_NoiseOfALowLevel_IsNone() =>
        Assert.Empty(new Trace(Symmetric, 0, seed: 38) { Period = 0.1, NoiseVolts = 78e-6 }.Current(1e-3, 36_000, t => 5e-3));

    private static List<DetectionEvent> Switching(double period, double amplitude, double dwell, int seed)
    {
        var random = new Random(seed);
        var trace = new Trace(Symmetric, 0, seed) { Period = period };
        trace.Current(1e-3, (int)(120 / period), t => 0.1);
        var low = false;
        return trace.Current(
            1e-3, (int)(600 / period), t => (low = random.NextDouble() < 1 - Math.Exp(-period / dwell) ? !low : low) ? 0.1 * (1 - amplitude) : 0.1, sameSegment: true);
    }
}
