using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Detection;

public sealed class DetectionOutlookTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1e-3)]
    public void NeededVolts_BeforeAnySample_IsTheDetectorsOwn(double offset)
    {
        var settings = DetectionSettings.Default;
        var arming = new ShortCircuitDetector(new CellSpec { Kind = CellKind.Symmetric }, offset, settings).Arming;

        Assert.Equal(settings.HardShort.ArmingFloors * arming.FloorVolts, DetectionOutlook.NeededVolts(settings, offset), 12);
    }

    [Fact]
    public void LeastOhms_FromTheCellsData_OrNotKnown()
    {
        var shape = new CellSpec { ThicknessCentimetres = 0.06, ConductivitySiemensPerCentimetre = 1e-3, AreaSquareCentimetres = 0.785 };

        Assert.Equal(76.433, DetectionOutlook.LeastOhms(shape)!.Value, 3);
        Assert.Equal(60, DetectionOutlook.LeastOhms(shape with { BulkResistanceOhms = 60 }));
        Assert.Null(DetectionOutlook.LeastOhms(shape with { ThicknessCentimetres = null }));
    }
}
