using CyclerControl.Analysis.CriticalCurrent;
using CyclerControl.Core.Runs;

namespace CyclerControl.Service.Tests.Runs;

/// <summary>Shipped protocols on a BioLogic channel: the same files, the same results, by techniques that run without us.</summary>
public sealed class EcLabRunTests
{
    private const double Step = 0.1;
    private const double Area = 0.785;

    [Theory]
    [InlineData("area=0.785cm2")]
    [InlineData("area=0.785cm2,bulk_resistance=40ohm")]
    public async Task CcdStepIncreased_OnTechniques_FindsTheModelsShort(string cell)
    {
        using var station = SimulatedStation.OnEcLab("li-lpsc-li");
        var report = await ShippedRun.OfAsync(station, "ccd-step-increased", cell);

        Assert.Equal(RunOutcome.ShortFound, report.Ending!.Outcome);
        Assert.Equal(CcdRelation.Equal, report.Ccd!.Verdict.Relation);
        var onset = Math.Abs(station.Cell.Truth.FirstShort!.Value.CurrentDensity);
        Assert.Equal(onset - Step, report.Density(report.Ccd.Verdict.Amperes)!.Value, 1e-3);
        Assert.Equal(onset * Area * 1e-3, Math.Abs(report.Short!.SetAmperes), 1e-6);
    }

    // Shorter half-cycles than the shipped file has: each level is written into a place that has held others, on a channel that holds 14 techniques.
    [Fact]
    public async Task CcdStepIncreased_RampWrittenOnWhileItRuns_FindsTheModelsShortWithTheChargeOfEachLevel()
    {
        using var station = SimulatedStation.OnEcLab("li-lpsc-li", techniques: 14);
        var file = ShippedRun.FileOf("ccd-step-increased");
        var text = (await File.ReadAllTextAsync(file)).Replace("for: 1 h", "for: 10 min", StringComparison.Ordinal).Replace("every: 100 ms", "every: 1 s", StringComparison.Ordinal);

        var report = await ShippedRun.OfTextAsync(station, file, text, "area=0.785cm2");

        Assert.Equal(RunOutcome.ShortFound, report.Ending!.Outcome);
        Assert.Equal(CcdRelation.Equal, report.Ccd!.Verdict.Relation);
        var onset = Math.Abs(station.Cell.Truth.FirstShort!.Value.CurrentDensity);
        Assert.Equal(onset - Step, report.Density(report.Ccd.Verdict.Amperes)!.Value, 1e-3);
        Assert.True(report.HalfCycles.Count > 14, $"{report.HalfCycles.Count} half-cycles");
        foreach (var (half, i) in report.HalfCycles.SkipLast(1).Select((half, i) => (half, i)))
        {
            var expected = ((i / 2) + 1) * Step * Area * 1e-3 / 6;
            Assert.Equal(expected, half.Stretch.AmpHours, expected * 1e-3);
        }
    }

    [Fact]
    public async Task PlatingStripping_OnTechniques_HasEveryHalfCycleAndItsCharge()
    {
        using var station = SimulatedStation.OnEcLab("dpf-lpsc");
        var report = await ShippedRun.OfAsync(station, "plating-stripping-1h", "area=0.785cm2", "cycles=3");

        Assert.Equal(RunOutcome.Completed, report.Ending!.Outcome);
        Assert.Null(report.Short);
        Assert.Equal(6, report.HalfCycles.Count);
        Assert.Equal(1.5, report.ArealCapacity(report.PlatedAmpHours)!.Value, 1.5e-3);
    }

    [Fact]
    public async Task CccvCycling_OnTechniques_HoldsAndCompletes()
    {
        using var station = SimulatedStation.OnEcLab("ncm83125-li");
        var report = await ShippedRun.OfAsync(station, "cccv-cycling", "area=0.785cm2,nominal_capacity=2mAh", "cycles=1", "rate=1C");

        Assert.Equal(RunOutcome.Completed, report.Ending!.Outcome);
        Assert.Null(report.Short);
        var constantVoltage = report.Steps.Where(step => step.HoldStartNanoseconds is not null).ToArray();
        Assert.Equal(2 + 1, constantVoltage.Length);
        Assert.All(constantVoltage, step => Assert.Equal(4.25, step.EndVolts!.Value, 0.01));
    }
}
