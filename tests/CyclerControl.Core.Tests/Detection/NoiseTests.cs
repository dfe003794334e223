using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Detection;

public sealed class NoiseTests
{
    [Theory]
    [InlineData(CellKind.Symmetric, 0.01)]
    [InlineData(CellKind.Symmetric, 1)]
    [InlineData(CellKind.Half, 0.1)]
    [InlineData(CellKind.Full, 1)]
    [InlineData(CellKind.Symmetric, 10)]
    public void Noise_TenTimesThatOfTheFirstCycle_IsWarnedAndNoShort(CellKind kind, double period)
    {
        var found = Cell(kind, period, 10);

        var only = Assert.Single(found);
        Assert.Equal((4, DetectionKind.Noise, DetectionSeverity.Warn), (only.Rule, only.Kind, only.Severity));
        Assert.InRange(only.Statistic, 0.5, 1);
        Assert.Null(only.ShortOhms);
    }

    [Theory]
    [InlineData(CellKind.Symmetric, 0.01, 2)]
    [InlineData(CellKind.Half, 1, 2)]
    [InlineData(CellKind.Full, 0.1, 3)]
    public void Noise_TwiceThatOfTheFirstCycle_IsNone(CellKind kind, double period, double ratio) => Assert.Empty(Cell(kind, period, ratio));

    [Fact]
    public void Noise_QuantisedReadings_AreNone() => Assert.Empty(Cell(CellKind.Symmetric, 1, 1, quantum: 1e-4));

    private static List<DetectionEvent> Cell(CellKind kind, double period, double ratio, double quantum = 1e-9)
    {
        var trace = new Trace(new CellSpec { Kind = kind }, 0, seed: 81) { Period = period, NoiseVolts = 0 };
        var found = new List<DetectionEvent>();
        for (var half = 0; half < 5; half++)
        {
            var sign = half % 2 == 0 ? -1 : 1;
            var level = kind == CellKind.Full ? 3.7 : 0.1 * sign;
            found.AddRange(trace.Current(
                sign * 1e-3, Math.Max(300, (int)(200 / period)), t => quantum * Math.Round((level + 60e-6 * trace.Noise() * (half == 4 && t > 60 ? ratio : 1)) / quantum)));
        }

        return found;
    }
}
