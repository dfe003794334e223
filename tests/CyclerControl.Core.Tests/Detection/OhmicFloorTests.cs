using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Detection;

public sealed class OhmicFloorTests
{
    private static readonly CellSpec Cell = new() { Kind = CellKind.Symmetric, BulkResistanceOhms = 60, TemperatureCelsius = 25 };

    [Fact]
    public void OhmicFloor_LessThanTheElectrolyteAlone_IsSuspectAfterTenSeconds()
    {
        var trace = new Trace(Cell, 0, seed: 41);

        var only = Assert.Single(trace.Current(1e-3, 6000, t => 0.045));

        Assert.Equal((2, DetectionKind.OhmicFloorShort, DetectionSeverity.Suspect), (only.Rule, only.Kind, only.Severity));
        Assert.InRange(only.TimeSeconds, 10, 10.6);
        Assert.Equal(48, only.Threshold, 6);
        Assert.InRange(only.Statistic, 44, 46);
    }

    [Fact]
    public void OhmicFloor_WithoutBulkResistance_IsBlind() =>
        Assert.Empty(new Trace(Cell with { BulkResistanceOhms = null }, 0, seed: 42).Current(1e-3, 6000, t => 0.045));

    [Fact]
    public void OhmicFloor_NineSeconds_IsNotEnough() =>
        Assert.Empty(new Trace(Cell, 0, seed: 43).Current(1e-3, 200, t => t < 9 ? 0.047 : 0.049));

    [Fact]
    public void OhmicFloor_OffsetOfTheChannel_CountsInTheCellsFavour() =>
        Assert.Empty(new Trace(Cell, 5e-3, seed: 44).Current(1e-3, 6000, t => 0.045));

    [Theory]
    [InlineData(25, true)]
    [InlineData(45, false)]
    public void OhmicFloor_MeasuredTemperature_ScalesTheBulk(double celsius, bool detected)
    {
        var detector = new ShortCircuitDetector(Cell, 0);
        detector.BeginSegment(Segments.Current(1e-3));
        DetectionEvent? found = null;
        for (var n = 1; n < 1000; n++)
        {
            found ??= detector.Observe([new Sample(n * 100_000_000L, 0.052, 1e-3, celsius)]);
        }

        Assert.Equal(detected, found is not null);
    }
}
