using CyclerControl.Core.Detection;
using CyclerControl.Core.Detection.Rules;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Detection.Rules;

public sealed class ImpedanceRuleTests
{
    [Fact]
    public void Impedance_SameCellAgain_IsNone()
    {
        var rule = new ImpedanceRule(new ImpedanceSettings());

        Assert.Null(rule.Observe(Spectrum(), 0));
        Assert.Null(rule.Observe(Spectrum(bulk: 21), 100));
        Assert.Null(rule.Observe(Spectrum(arc: 400), 200));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(20)]
    public void Impedance_PathBesideTheCell_IsASoftShortWithItsResistance(double shortOhms)
    {
        var rule = new ImpedanceRule(new ImpedanceSettings());
        rule.Observe(Spectrum(), 0);

        var evidence = Assert.NotNull(rule.Observe(Spectrum(shortOhms: shortOhms), 3600));

        Assert.Equal((8, DetectionKind.SoftShort), (evidence.Rule, evidence.Kind));
        Assert.InRange(evidence.ShortOhms!.Value, 0.8 * shortOhms, 1.2 * shortOhms);
        Assert.True(evidence.Statistic < evidence.Threshold);
    }

    [Fact]
    public void Impedance_OtherFrequencyRange_IsNotCompared()
    {
        var rule = new ImpedanceRule(new ImpedanceSettings());
        rule.Observe(Spectrum(), 0);

        Assert.Null(rule.Observe(Spectrum(shortOhms: 20).AsSpan(0, 20), 3600));
        Assert.Null(rule.Observe(Spectrum(shortOhms: 20).AsSpan(0, 1), 3600));
    }

    [Fact]
    public void Impedance_ThroughTheDetector_IsReported()
    {
        var detector = new ShortCircuitDetector(new CellSpec { Kind = CellKind.Symmetric }, 0);

        Assert.Null(detector.ObserveImpedance(Spectrum(), 10));
        var found = detector.ObserveImpedance(Spectrum(shortOhms: 20), 3600);

        Assert.Equal((8, DetectionKind.SoftShort, DetectionSeverity.Suspect, 3600.0), (found!.Rule, found.Kind, found.Severity, found.TimeSeconds));
    }

    /// <summary>1 MHz to 0.1 Hz: bulk, an arc with a double layer, a lead of 1 uH; beside it a metal path.</summary>
    private static ImpedancePoint[] Spectrum(double bulk = 20, double arc = 200, double shortOhms = double.PositiveInfinity) =>
        [.. Enumerable.Range(0, 36).Select(n =>
        {
            var hertz = 1e6 * Math.Pow(10, -n / 5.0);
            var omega = new System.Numerics.Complex(0, 2 * Math.PI * hertz);
            var cell = bulk + arc / (1 + omega * arc * 2e-3);
            var z = 1 / (1 / cell + 1 / shortOhms) + omega * 1e-6;
            return new ImpedancePoint(hertz, z.Real, z.Imaginary);
        })];
}
