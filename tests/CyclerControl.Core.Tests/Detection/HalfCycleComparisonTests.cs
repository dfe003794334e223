using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Detection;

public sealed class HalfCycleComparisonTests
{
    private static readonly CellSpec Symmetric = new() { Kind = CellKind.Symmetric };

    [Theory]
    [InlineData(0.1)]
    [InlineData(30)]
    public void Comparison_ShortThatCarriesTheModelAlong_IsFoundByRuleFive(double period)
    {
        var trace = new Trace(Symmetric, 0, seed: 101) { Period = period };
        var found = new List<DetectionEvent>();
        for (var half = 0; half < 16; half++)
        {
            var sign = half % 2 == 0 ? -1 : 1;
            // 0.4 % in a minute: far below what rule 3 tells within its memory.
            var from = Math.Max(0, half - 8);
            found.AddRange(trace.Current(sign * 1e-3, (int)(1800 / period), t => sign * 0.1 * (1 - Math.Min(0.3, half < 8 ? 0 : 0.1 * (from + t / 1800)))));
        }

        Assert.Contains(found, f => (f.Rule, f.Kind, f.Severity) == (5, DetectionKind.SoftShort, DetectionSeverity.Suspect));
        Assert.DoesNotContain(found, f => f.Severity == DetectionSeverity.Abort);
    }

    [Fact]
    public void Comparison_RestThatLostItsRelaxation_IsFoundByRuleSeven()
    {
        var trace = new Trace(Symmetric, 0, seed: 102) { Period = 1 };
        var found = new List<DetectionEvent>();
        for (var half = 0; half < 8; half++)
        {
            var sign = half % 2 == 0 ? -1 : 1;
            found.AddRange(trace.Current(sign * 1e-3, 600, t => sign * 0.1));
            found.AddRange(trace.Rest(60, t => sign * (half < 6 ? 0.03 : 0.005) * Math.Exp(-t / 100)));
        }

        Assert.Equal([(7, DetectionSeverity.Suspect), (7, DetectionSeverity.Suspect)], found.Select(f => (f.Rule, f.Severity)));
    }

    [Fact]
    public void Comparison_MeasuredTemperature_ExplainsTheFall()
    {
        List<DetectionEvent> Run(bool measured)
        {
            var detector = new ShortCircuitDetector(Symmetric, 0);
            var random = new Random(103);
            var found = new List<DetectionEvent>();
            var time = 0L;
            for (var half = 1; half <= 16; half++)
            {
                var sign = half % 2 == 0 ? 1 : -1;
                detector.BeginSegment(Segments.Current(sign * 1e-3, time * 1e-9, half));
                for (var n = 0; n < 1200; n++)
                {
                    time += 1_000_000_000;
                    var celsius = 25 + Math.Clamp((time * 1e-9 - 9600) / 100, 0, 14);
                    var factor = Math.Exp(0.33 / 8.617e-5 * (1 / (celsius + 273.15) - 1 / 298.15));
                    var volts = sign * 0.1 * factor + 5e-5 * (random.NextDouble() - 0.5);
                    if (detector.Observe([new(time, volts, sign * 1e-3, measured ? celsius : null)]) is { } one)
                    {
                        found.Add(one);
                    }
                }
            }

            return found;
        }

        Assert.NotEmpty(Run(measured: false));
        Assert.Empty(Run(measured: true));
    }

    [Fact]
    public void NotObservable_LevelBelowTheFloor_IsSaidOnlyWhenAsked()
    {
        var trace = new Trace(Symmetric, 2.5e-3, seed: 104);
        Assert.Null(trace.Detector.NotObservable());

        Assert.Empty(trace.Current(1e-4, 300, t => 0.4e-3));

        var found = trace.Detector.NotObservable();
        Assert.Equal((DetectionKind.NotObservable, DetectionSeverity.Warn), (found?.Kind, found?.Severity));
        trace.Current(1e-3, 600, t => 0.1);
        Assert.Null(trace.Detector.NotObservable());
    }
}
