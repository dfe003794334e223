using CyclerControl.Analysis.Shorts;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Tests.Shorts;

public sealed class ShortTests
{
    [Fact]
    public void Short_AtTheEndOfTheRun_CarriesTheHalfCyclesCharge()
    {
        var run = new ScriptedRun().Level(0, 0.5).Half(1, -0.6e-3 * 0.785, seconds: 1800, end: StepEnd.ShortCircuit).Detect(DetectionKind.HardShort);
        var report = run.Report(RunOutcome.ShortFound);
        var found = report.Short!;
        Assert.Equal(ShortKind.Hard, found.Kind);
        Assert.Equal(9000, found.TimeSeconds);
        Assert.Equal(3, found.HalfCycle);
        Assert.Equal(0.6, report.Density(found.SetAmperes)!.Value, 12);
        Assert.Equal(0.3, report.ArealCapacity(found.HalfCycleAmpHours)!.Value, 9);
        Assert.Equal(0.8, report.ArealCapacity(report.PlatedAmpHours)!.Value, 9);
        Assert.Equal(1.3, report.ArealCapacity(report.Totals.ChargingAmpHours + report.Totals.DischargingAmpHours)!.Value, 9);
    }

    [Fact]
    public void Short_BetweenTwoRows_ChargeIsInterpolated()
    {
        var run = new ScriptedRun { Grid = _ => [1000, 3000] }.Current(-0.785e-3, 3600, _ => -0.04).Current(0.785e-3, 3600, _ => 0.04);
        run.Detect(DetectionKind.SoftShort, 2500);
        var found = run.Report(RunOutcome.Completed).Short!;
        Assert.Equal(ShortKind.Soft, found.Kind);
        Assert.Equal(0.785e-3 * 2500 / 3600, found.HalfCycleAmpHours!.Value, 12);
    }

    [Fact]
    public void Short_OnTheBoundary_BelongsToTheStepThatEnded()
    {
        var run = new ScriptedRun().Half(0, -1e-3, seconds: 100).Detect(DetectionKind.HardShort).Half(0, 1e-3, seconds: 100);
        var found = run.Report(RunOutcome.Completed).Short!;
        Assert.Equal(1, found.HalfCycle);
        Assert.Equal(-1e-3, found.SetAmperes);
        Assert.Equal(1e-3 * 100 / 3600, found.HalfCycleAmpHours!.Value, 12);
    }

    [Fact]
    public void Short_OnlyInTheEnding_IsFound()
    {
        var run = new ScriptedRun().Half(0, -1e-3, seconds: 100, end: StepEnd.Interrupted);
        var ending = new RunEnding(RunOutcome.Tripped, 100_000_000_000, "short circuit", ScriptedRun.Detection(DetectionKind.HardShort, 100));
        var report = Analysis.Reports.RunReportBuilder.Build(run.Header, run.Steps, [], run.Rows, ending);
        Assert.Equal(1, report.Short!.HalfCycle);
    }

    [Fact]
    public void Short_InAStepWithoutAResult_UsesTheRows()
    {
        var run = new ScriptedRun().Half(0, 1e-3, seconds: 100);
        run.Step(new ScriptedRun.Line { Amperes = -1e-3, Seconds = 50, Volts = _ => -0.1, Recorded = false }).Detect(DetectionKind.HardShort, 140);
        var found = run.Report(null).Short!;
        Assert.Equal(2, found.HalfCycle);
        Assert.Equal(1e-3 * 40 / 3600, found.HalfCycleAmpHours!.Value, 12);
    }

    [Fact]
    public void Short_NoRows_HasNoCharge()
    {
        var run = new ScriptedRun().Detect(DetectionKind.HardShort, 5);
        var found = run.Report(RunOutcome.ShortFound, rows: []).Short!;
        Assert.Null(found.HalfCycleAmpHours);
        Assert.Equal(0, found.HalfCycle);
    }

    [Fact]
    public void Cumulative_FullCell_CountsTheCharge()
    {
        var run = new ScriptedRun { Measure = Measure.Cycling, Cell = new CellSpec { Kind = CellKind.Full, AreaSquareCentimetres = 2 } }
            .Current(2e-3, 3600, _ => 4).Current(-2e-3, 1800, _ => 3);
        var report = run.Report(RunOutcome.Completed);
        Assert.Equal(1.0, report.ArealCapacity(report.PlatedAmpHours)!.Value, 12);
    }
}
