using CyclerControl.Analysis.Gitt;
using CyclerControl.Core.Runs;
using CyclerControl.Simulation.Cells;

namespace CyclerControl.Service.Tests.Runs;

/// <summary>Protocols of full cells.</summary>
public sealed class FullCellTests
{
    private const string Cell = "area=0.785cm2,one_c=1.07mA/cm2,active_mass=4mg,molar_volume=20.7cm3/mol,molar_mass=97g/mol,particle_radius=3um";
    private const double OneCAmperes = 1.07e-3 * 0.785;

    /// <summary>
    /// With D tau / r^2 = 0.003 the formula of the short pulse reads a few per cent low: the surface of a sphere runs ahead of a plane's.
    /// The median is within 12 %, each pulse in the middle of the curve within 30 %.
    /// </summary>
    [Fact]
    public async Task Gitt_NcmCell_ReturnsThePlantedDiffusionCoefficient()
    {
        using var station = SimulatedStation.InProcess("ncm83125-li");
        var report = await ShippedRun.OfAsync(station, "gitt", Cell, "formation_cycles=1");
        Assert.Equal(RunOutcome.Completed, report.Ending!.Outcome);
        var pulses = report.Gitt!.Pulses;
        var planted = ((FullCellChemistry)station.Cell.Chemistry).Parameters.DiffusionSquareCentimetresPerSecond;
        foreach (var sign in new[] { 1, -1 })
        {
            var found = pulses.Where(p => Math.Sign(p.Amperes) == sign && p.StartVolts is > 3.7 and < 4.15)
                .Select(p => p.DiffusionSquareCentimetresPerSecond!.Value).Order().ToArray();
            Assert.True(found.Length > 100);
            Assert.InRange(found[found.Length / 2], 0.88 * planted, 1.05 * planted);
            Assert.InRange(found[0], 0.7 * planted, planted);
            Assert.InRange(found[^1], planted, 1.3 * planted);
        }
    }

    /// <summary>
    /// D tau / r^2 = 1e-4, where the formula holds within 2 %. A pulse of 9 s moves the rest voltage by half a millivolt, so single pulses scatter.
    /// The bent voltage curve makes charging pulses read lower and discharging ones higher: their geometric mean is free of it. The first
    /// twenty pulses are left out: until the rests repeat, dE_s is not yet that of a particle at rest.
    /// </summary>
    [Fact]
    public async Task Gitt_PulsesShortEnoughForTheFormula_ReturnThePlantedDiffusionCoefficient()
    {
        using var station = SimulatedStation.InProcess("ncm83125-li");
        var report = await ShippedRun.OfAsync(station, "gitt", Cell, "formation_cycles=1", "rate=0.45C", "pulse=9s");
        Assert.Equal(RunOutcome.Completed, report.Ending!.Outcome);
        var planted = ((FullCellChemistry)station.Cell.Chemistry).Parameters.DiffusionSquareCentimetresPerSecond;
        var (charging, discharging) = (MedianOfSettled(report.Gitt!.Pulses, 1), MedianOfSettled(report.Gitt.Pulses, -1));
        Assert.InRange(Math.Sqrt(charging * discharging), 0.97 * planted, 1.03 * planted);
    }

    [Fact]
    public async Task RateCapability_NcmCell_GivesLessAtHigherRatesAndComesBack()
    {
        using var station = SimulatedStation.InProcess("ncm83125-li");
        var report = await ShippedRun.OfAsync(station, "rate-capability", Cell, "cycles=2");
        Assert.Equal(RunOutcome.Completed, report.Ending!.Outcome);
        var levels = report.Rate!.Levels;
        Assert.Equal(7, levels.Count);
        for (var i = 1; i < 6; i++)
        {
            Assert.True(levels[i].MeanAmpHours < levels[i - 1].MeanAmpHours);
        }

        Assert.InRange(levels[0].MeanAmpHours!.Value / OneCAmperes, 0.7, 1.1);
        Assert.InRange(report.Rate.ReturnFraction!.Value, 0.95, 1.05);
    }

    [Fact]
    public async Task CccvCycling_NcmCell_HoldsEachChargeAndLosesHardlyAnything()
    {
        using var station = SimulatedStation.InProcess("ncm83125-li");
        var report = await ShippedRun.OfAsync(station, "cccv-cycling", Cell, "cycles=5");
        Assert.Equal(RunOutcome.Completed, report.Ending!.Outcome);
        Assert.Null(report.Short);
        var constantVoltage = report.Steps.Where(step => step.HoldStartNanoseconds is not null).ToArray();
        Assert.Equal(2 + 5, constantVoltage.Length);
        Assert.All(constantVoltage, step => Assert.Equal(4.25, step.EndVolts!.Value, 0.01));
        Assert.Equal(5, report.Cycles.Count);
        Assert.All(report.Cycles, cycle => Assert.InRange(cycle.DischargeAmpHours / OneCAmperes, 0.2, 1.1));
        Assert.InRange(report.Cycles[^1].Efficiency!.Value, 0.98, 1.0);
    }

    private static double MedianOfSettled(IEnumerable<GittPulse> pulses, int sign)
    {
        var found = pulses.Where(p => Math.Sign(p.Amperes) == sign).Skip(20).Select(p => p.DiffusionSquareCentimetresPerSecond ?? 0).Order().ToArray();
        Assert.True(found.Length > 400);
        return found[found.Length / 2];
    }
}
