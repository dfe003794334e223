using CyclerControl.Analysis.CriticalCurrent;
using CyclerControl.Analysis.Reports;
using CyclerControl.Core.Runs;
using CyclerControl.Simulation.Cells;

namespace CyclerControl.Service.Tests.Runs;

/// <summary>Protocols whose result is a short: judged by what was planted, and by what really happened in the model.</summary>
public sealed class CriticalCurrentTests
{
    private const double Step = 0.1;
    private const double LpscArea = 0.785;
    private const double GarnetArea = 1.13;

    [Fact]
    public async Task CcdStepIncreased_BareElectrolyte_FindsThePlantedCurrent()
    {
        using var station = SimulatedStation.InProcess("li-lpsc-li");
        var report = await ShippedRun.OfAsync(station, "ccd-step-increased", "area=0.785cm2");
        Assert.InRange(CriticalCurrent(report), 1.0 - Step - 1e-9, 1.0 + Step + 1e-9);
        AssertIsTheModels(report, station.Cell, LpscArea);
    }

    [Fact]
    public async Task CcdStepIncreased_GarnetOverTheWire_FindsTheModelsShort()
    {
        using var station = SimulatedStation.OverTheWire("air-llzto");
        var report = await ShippedRun.OfAsync(station, "ccd-step-increased", "area=1.13cm2");
        AssertIsTheModels(report, station.Cell, GarnetArea);
    }

    [Fact]
    public async Task CcdFixedCapacity_Garnet_FindsThePlantedCurrent()
    {
        using var station = SimulatedStation.InProcess("tfoh-llzto");
        var report = await ShippedRun.OfAsync(station, "ccd-fixed-capacity", "area=1.13cm2");
        Assert.InRange(CriticalCurrent(report), 2.4 - (3 * Step), 2.4 + (3 * Step));
        Assert.Equal(CcdMode.FixedCapacity, report.Ccd!.Mode);
        Assert.Equal(0.2, report.ArealCapacity(report.Ccd.HalfCycleAmpHours)!.Value, 0.2e-3);
        AssertIsTheModels(report, station.Cell, GarnetArea);
    }

    [Fact]
    public async Task CriticalCapacity_BareElectrolyte_FindsTheModelsCapacity()
    {
        using var station = SimulatedStation.InProcess("li-lpsc-li");
        var report = await ShippedRun.OfAsync(station, "critical-capacity", "area=0.785cm2");
        Assert.Equal(RunOutcome.ShortFound, report.Ending!.Outcome);
        Assert.Equal(CcdCause.Short, report.CriticalCapacity!.Cause);
        var found = report.ArealCapacity(report.CriticalCapacity.AmpHours)!.Value;
        Assert.InRange(found, 12.3 / 2, 12.3 * 2);
        Assert.Equal(station.Cell.Truth.FirstShort!.Value.ArealCapacity, found, 0.002 * found);
    }

    /// <summary>The highest level below the one at which the model shorted; the report's short at the model's moment.</summary>
    private static void AssertIsTheModels(RunReport report, SimulatedCell cell, double area)
    {
        Assert.Equal(RunOutcome.ShortFound, report.Ending!.Outcome);
        Assert.Equal(CcdRelation.Equal, report.Ccd!.Verdict.Relation);
        var onset = cell.Truth.FirstShort!.Value;
        Assert.Equal(Math.Abs(onset.CurrentDensity) - Step, CriticalCurrent(report), 1e-3);
        Assert.Equal(Math.Abs(onset.CurrentDensity) * area * 1e-3, Math.Abs(report.Short!.SetAmperes), 1e-6);
    }

    private static double CriticalCurrent(RunReport report) => report.Density(report.Ccd!.Verdict.Amperes)!.Value;
}
