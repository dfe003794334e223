using CyclerControl.Core.Runs;
using CyclerControl.Simulation.Cells;

namespace CyclerControl.Service.Tests.Runs;

/// <summary>Protocols of lithium cells that end as planned.</summary>
public sealed class PlatingStrippingTests
{
    [Fact]
    public async Task PlatingStripping1h_DpfCell_CompletesWithoutDetection()
    {
        using var station = SimulatedStation.InProcess("dpf-lpsc");
        var report = await ShippedRun.OfAsync(station, "plating-stripping-1h", "area=0.785cm2", "cycles=50");
        Assert.Equal(RunOutcome.Completed, report.Ending!.Outcome);
        Assert.Null(report.Short);
        Assert.Equal(100, report.HalfCycles.Count);
        Assert.Equal(25, report.ArealCapacity(report.PlatedAmpHours)!.Value, 0.025);
        AssertOverpotential(report.HalfCycles[^1].MeanVolts, 0.5, (SymmetricChemistry)station.Cell.Chemistry);
    }

    [Fact]
    public async Task RampThenHold_DpfCell_Completes()
    {
        using var station = SimulatedStation.InProcess("dpf-lpsc");
        var report = await ShippedRun.OfAsync(station, "ramp-then-hold", "area=0.785cm2", "cycles=20");
        Assert.Equal(RunOutcome.Completed, report.Ending!.Outcome);
        Assert.Null(report.Short);
        Assert.Equal(2 * (12 + 20), report.HalfCycles.Count);
        Assert.Equal(12 + 1, report.Levels.Count); // those of the ramp, and the hold
        Assert.Equal(7.8 + (20 * 1.2), report.ArealCapacity(report.PlatedAmpHours)!.Value, 0.04);
    }

    [Fact]
    public async Task CoulombicEfficiency_Collector_FindsThePlantedEfficiencies()
    {
        using var station = SimulatedStation.InProcess("li-lpsc-collector");
        var report = await ShippedRun.OfAsync(
            station, "coulombic-efficiency-activation-strip", "area=0.785cm2", "cycles=12", "capacity=0.2mAh/cm2", "current=0.4mA/cm2");
        Assert.Equal(RunOutcome.Completed, report.Ending!.Outcome);
        var efficiency = report.Efficiency!;
        Assert.Equal(12, efficiency.Count);
        var chemistry = (CollectorChemistry)station.Cell.Chemistry;
        var planted = Enumerable.Range(chemistry.Cycle - 11, 12).Select(chemistry.PlantedEfficiency).ToArray();
        Assert.Equal(planted.Average(), efficiency.Mean!.Value, 0.005);
        Assert.Equal(planted[^1], efficiency.Last!.Value, 0.005);
        Assert.True(efficiency.First < efficiency.Last);
    }

    /// <summary>The model's own resistance at the end of the run, within what a half-cycle drifts.</summary>
    private static void AssertOverpotential(double? found, double density, SymmetricChemistry chemistry)
    {
        var amperes = density * 1e-3 * chemistry.AreaSquareCentimetres;
        var settled = Math.Abs(chemistry.SettledVolts(amperes, out _));
        Assert.InRange(found!.Value, 0.9 * settled, 1.1 * settled);
    }
}
