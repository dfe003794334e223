using System.Globalization;
using CyclerControl.Analysis.CriticalCurrent;
using CyclerControl.Analysis.Reports;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;
using CyclerControl.Simulation.Land;

namespace CyclerControl.Service.Tests.Runs;

/// <summary>Shipped protocols on a watched channel: the file of the simulated LAND software through the whole product, against the model that wrote it.</summary>
public sealed class LandRunTests
{
    private const string Cell = "area=0.785cm2,bulk_resistance=40ohm";
    private const double Area = 0.785;

    private static string Pairs(IEnumerable<double> densities) => string.Join("; ", densities.Select(density => string.Create(
        CultureInfo.InvariantCulture, $"dchg {density * Area:0.######} mA 1 h; chg {density * Area:0.######} mA 1 h")));

    [Theory]
    [InlineData(LandFileKind.Csv)]
    [InlineData(LandFileKind.Txt)]
    [InlineData(LandFileKind.Cex)]
    public async Task PlatingStripping_Watched_HasEveryHalfCycleAndItsCharge(LandFileKind kind)
    {
        using var folder = new TemporaryFolder();
        using var station = SimulatedStation.OfLand("dpf-lpsc", folder.Path, $"rest 10 min; {Pairs([0.5])}; loop 2 3", kind);
        var report = await ShippedRun.OfAsync(station, "plating-stripping-1h", Cell, "cycles=3");

        Assert.Equal(RunOutcome.Completed, report.Ending!.Outcome);
        Assert.Null(report.Short);
        Assert.Equal(6, report.HalfCycles.Count);
        Assert.Equal(1.5, report.ArealCapacity(report.PlatedAmpHours)!.Value, 1.5e-3);
        Assert.Equal(station.ThroughputAmpHours!.Value, report.Totals.ChargingAmpHours + report.Totals.DischargingAmpHours, 3e-6);
        Assert.True(report.IsWatched);
    }

    [Fact]
    public async Task CcdStepIncreased_Watched_FindsTheModelsShortAndClaimsNoOutputOff()
    {
        using var folder = new TemporaryFolder();
        using var station = SimulatedStation.OfLand("li-lpsc-li", folder.Path, $"rest 10 min; {Pairs(Enumerable.Range(1, 14).Select(n => n * 0.1))}", LandFileKind.Csv);
        var report = await ShippedRun.OfAsync(station, "ccd-step-increased", Cell);

        Assert.Equal(RunOutcome.ShortFound, report.Ending!.Outcome);
        Assert.Equal(CcdRelation.Equal, report.Ccd!.Verdict.Relation);
        var onset = Math.Abs(station.Cell.Truth.FirstShort!.Value.CurrentDensity);
        Assert.Equal(onset - 0.1, report.Density(report.Ccd.Verdict.Amperes)!.Value, 1e-3);
        Assert.Contains("not ours to switch off", OutcomeText.Sentence(report), StringComparison.Ordinal);
        Assert.DoesNotContain("was switched off", OutcomeText.Sentence(report), StringComparison.Ordinal);
        Assert.Contains(report.Events, e => e.Kind == "safeguards" && e.Message!.Contains(Safeguards.WatchedOnly, StringComparison.Ordinal));
        Assert.Contains(report.Detections, d => d is { Kind: DetectionKind.HardShort, Severity: DetectionSeverity.Abort });
    }

    [Fact]
    public async Task AnotherRecipeThanTheProtocol_Watched_IsOutOfStepAndSaysWhere()
    {
        using var folder = new TemporaryFolder();
        using var station = SimulatedStation.OfLand("dpf-lpsc", folder.Path, "rest 10 min; chg 0.4 mA 1 h; rest 10 min; chg 0.4 mA 1 h", LandFileKind.Csv);
        var report = await ShippedRun.OfAsync(station, "plating-stripping-1h", Cell, "cycles=3");

        Assert.Equal(RunOutcome.Faulted, report.Ending!.Outcome);
        Assert.Contains("the instrument's record is in a charge, the protocol in steps[1].steps[0]", report.Ending.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherCurrentThanTheProtocols_Watched_IsOutOfStepAndGivesNoCriticalCurrent()
    {
        using var folder = new TemporaryFolder();
        using var station = SimulatedStation.OfLand("dpf-lpsc", folder.Path, $"rest 10 min; {Pairs([0.5, 0.5, 0.5])}", LandFileKind.Csv);
        var report = await ShippedRun.OfAsync(station, "ccd-step-increased", Cell);

        Assert.Equal(RunOutcome.Faulted, report.Ending!.Outcome);
        Assert.Contains("asks for -0.0785 mA, and the instrument's record has -0.39", report.Ending.Reason, StringComparison.Ordinal);
        Assert.NotEqual(CcdRelation.AtLeast, report.Ccd?.Verdict.Relation);
    }
}
