using CyclerControl.Analysis.CriticalCurrent;
using CyclerControl.Analysis.Reports;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Tests.CriticalCurrent;

public sealed class CcdTests
{
    private static string Worded(RunReport report) => CcdText.Worded(report, report.Ccd!.Verdict);

    private static ScriptedRun Ramp(int levels, double seconds = 3600, StepEnd end = StepEnd.Time)
    {
        var run = new ScriptedRun().Rest(600);
        for (var i = 0; i < levels; i++)
        {
            run.Level(i, Math.Round(0.1 * (i + 1), 1), 100, seconds, end);
        }

        return run;
    }

    [Fact]
    public void Ccd_ShortInPlate_IsTheLevelBelow()
    {
        var run = Ramp(10).Half(10, -1.1e-3 * 0.785, seconds: 1800, end: StepEnd.ShortCircuit).Detect(DetectionKind.HardShort);
        var report = run.Report(RunOutcome.ShortFound, "short circuit");
        Assert.Equal("= 1.00 mA/cm2 (short at 1.10 mA/cm2, half-cycle 21)", Worded(report));
        Assert.Equal("CCD: 1.00 mA/cm2", CcdText.Line(report));
        Assert.Equal(CcdMode.FixedTime, report.Ccd!.Mode);
        Assert.Equal(1.0, report.ArealCapacity(report.Ccd.HalfCycleAmpHours)!.Value, 9);
        Assert.Equal(3600, report.Ccd.HalfCycleSeconds!.Value, 6);
        Assert.Equal(0.1, report.Density(report.Ccd.StepAmperes)!.Value, 9);
    }

    [Fact]
    public void Ccd_ShortInStripAfterGoodPlate_TheLevelDidNotHold()
    {
        var run = Ramp(3).Half(3, -0.4e-3 * 0.785).Half(3, 0.4e-3 * 0.785, seconds: 60, end: StepEnd.ShortCircuit).Detect(DetectionKind.HardShort);
        Assert.Equal("= 0.30 mA/cm2 (short at 0.40 mA/cm2, half-cycle 8)", Worded(run.Report(RunOutcome.ShortFound)));
    }

    [Fact]
    public void Ccd_NoShort_IsALowerBound()
    {
        var report = Ramp(5).Report(RunOutcome.NoShort);
        Assert.Equal(">= 0.50 mA/cm2 (ramp ended)", Worded(report));
        Assert.Equal("CCD: >= 0.50 mA/cm2", CcdText.Line(report));
    }

    [Fact]
    public void Ccd_ShortAtFirstLevel_IsBelowIt()
    {
        var run = new ScriptedRun().Rest(600).Half(0, -0.1e-3 * 0.785, seconds: 5, end: StepEnd.ShortCircuit).Detect(DetectionKind.HardShort);
        var report = run.Report(RunOutcome.ShortFound);
        Assert.Equal("< 0.10 mA/cm2 (short at the first level, half-cycle 1)", Worded(report));
        Assert.Equal("CCD: < 0.10 mA/cm2", CcdText.Line(report));
    }

    [Theory]
    [InlineData(RunOutcome.Stopped, "ended by the operator", "user")]
    [InlineData(RunOutcome.Faulted, "no reply", "fault")]
    [InlineData(RunOutcome.RecordingFailed, "disk full", "fault")]
    [InlineData(RunOutcome.Tripped, "V = -1.01 V is below voltage.min = -1 V", "polarisation")]
    [InlineData(RunOutcome.Tripped, "|I| is above current.max", "fault")]
    public void Ccd_EndedBeforeAShort_IsNotDetermined(RunOutcome outcome, string reason, string cause)
    {
        var run = Ramp(3).Half(3, -0.4e-3 * 0.785, seconds: 60, end: StepEnd.Interrupted);
        Assert.Equal($"not determined, >= 0.30 mA/cm2 ({cause} at 0.40 mA/cm2)", Worded(run.Report(outcome, reason)));
    }

    [Fact]
    public void Ccd_ContactLost_IsPolarisationNotShort()
    {
        var run = Ramp(2).Half(2, -0.3e-3 * 0.785, seconds: 60, end: StepEnd.Interrupted).Detect(DetectionKind.ContactLoss);
        var report = run.Report(RunOutcome.Tripped, "contact lost");
        Assert.Equal("not determined, >= 0.20 mA/cm2 (polarisation at 0.30 mA/cm2)", Worded(report));
        Assert.Null(report.Short);
    }

    [Fact]
    public void Ccd_StoppedInTheFirstLevel_HasNoBound()
    {
        var run = new ScriptedRun().Half(0, -0.1e-3 * 0.785, end: StepEnd.Interrupted);
        Assert.Equal("not determined (user at 0.10 mA/cm2)", Worded(run.Report(RunOutcome.Stopped)));
    }

    [Fact]
    public void Ccd_StoppedInTheFirstRest_NamesNoLevel()
    {
        Assert.Equal("not determined (user before the first level)", Worded(new ScriptedRun().Rest(60).Report(RunOutcome.Stopped)));
    }

    [Fact]
    public void Ccd_StoppedBetweenPlateAndStrip_TheLevelDidNotHold()
    {
        var run = Ramp(2).Half(2, -0.3e-3 * 0.785).Half(2, 0.3e-3 * 0.785, seconds: 1, end: StepEnd.Interrupted);
        Assert.Equal("not determined, >= 0.20 mA/cm2 (user at 0.30 mA/cm2)", Worded(run.Report(RunOutcome.Stopped)));
    }

    [Fact]
    public void Ccd_SkippedHalfCycle_IsTheUsers()
    {
        var run = Ramp(2).Half(2, -0.3e-3 * 0.785, seconds: 9, end: StepEnd.Skipped).Half(2, 0.3e-3 * 0.785).Level(3, 0.4);
        Assert.Equal("not determined, >= 0.20 mA/cm2 (user at 0.30 mA/cm2)", Worded(run.Report(RunOutcome.NoShort)));
    }

    [Fact]
    public void Ccd_VoltageGoalCutsAHalfCycle_IsPolarisation()
    {
        var run = Ramp(2).Half(2, -0.3e-3 * 0.785, seconds: 900, end: StepEnd.Voltage);
        Assert.Equal("not determined, >= 0.20 mA/cm2 (polarisation at 0.30 mA/cm2)", Worded(run.Report(RunOutcome.NoShort)));
    }

    [Fact]
    public void Ccd_HalfCellStripsToItsCutOff_IsNoPolarisation()
    {
        var run = new ScriptedRun { Cell = new CellSpec { Kind = CellKind.Half, AreaSquareCentimetres = 0.785 } }
            .Half(0, -1e-4).Half(0, 1e-4, end: StepEnd.Voltage).Half(1, -2e-4).Half(1, 2e-4, end: StepEnd.Voltage);
        Assert.Equal(CcdRelation.AtLeast, run.Report(RunOutcome.NoShort).Ccd!.Verdict.Relation);
    }

    [Fact]
    public void Ccd_FixedCapacity_IsRecognised()
    {
        var report = Ramp(3, end: StepEnd.Capacity).Report(RunOutcome.NoShort);
        Assert.Equal(CcdMode.FixedCapacity, report.Ccd!.Mode);
        Assert.Contains("fixed capacity", CcdText.Conditions(report, report.Ccd), StringComparison.Ordinal);
    }

    [Fact]
    public void Ccd_SoftShortReportedThenHard_BothValues()
    {
        var run = Ramp(2);
        run.Detect(DetectionKind.SoftShort, run.NowSeconds - 100);
        run.Level(2, 0.3).Half(3, -0.4e-3 * 0.785, seconds: 100, end: StepEnd.ShortCircuit).Detect(DetectionKind.HardShort);
        var report = run.Report(RunOutcome.ShortFound);
        Assert.Equal("= 0.10 mA/cm2 (short at 0.20 mA/cm2, half-cycle 4)", Worded(report));
        Assert.Equal("= 0.30 mA/cm2 (short at 0.40 mA/cm2, half-cycle 7)", CcdText.Worded(report, report.Ccd!.Hard!));
        Assert.Equal(7, report.HardShort!.HalfCycle);
    }

    [Fact]
    public void Ccd_SoftShortEndsTheRun_NoHardValue()
    {
        var run = Ramp(2).Half(2, -0.3e-3 * 0.785, seconds: 100, end: StepEnd.ShortCircuit).Detect(DetectionKind.SoftShort);
        var report = run.Report(RunOutcome.ShortFound);
        Assert.Equal("= 0.20 mA/cm2 (short at 0.30 mA/cm2, half-cycle 5)", Worded(report));
        Assert.Null(report.Ccd!.Hard);
    }

    [Theory]
    [InlineData(DetectionKind.SoftShort, DetectionSeverity.Suspect)]
    [InlineData(DetectionKind.OhmicFloorShort, DetectionSeverity.Suspect)]
    [InlineData(DetectionKind.HardShort, DetectionSeverity.Warn)]
    public void Ccd_Suspicion_IsNotAShort(DetectionKind kind, DetectionSeverity severity)
    {
        var run = Ramp(1);
        run.Detect(kind, run.NowSeconds - 100, severity);
        var report = run.Level(1, 0.2).Report(RunOutcome.NoShort);
        Assert.Equal(">= 0.20 mA/cm2 (ramp ended)", Worded(report));
        Assert.Null(report.Short);
    }

    [Fact]
    public void Ccd_ShortInTheHoldAfterTheRamp_DoesNotLowerIt()
    {
        var run = Ramp(3);
        run.Current(-0.3e-3 * 0.785, 50, _ => -0.03, l => l with { Path = "steps[2].steps[0]", StepId = 4, End = StepEnd.ShortCircuit })
            .Detect(DetectionKind.HardShort);
        var report = run.Report(RunOutcome.ShortFound);
        Assert.Equal(">= 0.30 mA/cm2 (ramp ended)", Worded(report));
        Assert.Equal(7, report.Short!.HalfCycle);
        Assert.Contains(report.Notes, n => n.Contains("after the ramp", StringComparison.Ordinal));
    }

    [Fact]
    public void Ccd_FixedStripInsideTheRamp_BelongsToItsLevel()
    {
        var run = new ScriptedRun();
        for (var i = 0; i < 3; i++)
        {
            run.Half(i, -run.DensityToAmperes(0.1 * (i + 1)));
            run.Current(1e-5, i == 2 ? 10 : 3600, _ => 0.001, l => l with
            {
                Path = "steps[1].steps[1]",
                StepId = 3,
                End = i == 2 ? StepEnd.ShortCircuit : StepEnd.Time,
            });
        }

        run.Detect(DetectionKind.HardShort);
        var report = run.Report(RunOutcome.ShortFound);
        Assert.Equal("= 0.20 mA/cm2 (short at 0.30 mA/cm2, half-cycle 6)", Worded(report));
        Assert.Equal(3, report.Levels.Count);
    }

    [Fact]
    public void Ccd_RunStillGoing_IsFlagged()
    {
        var run = Ramp(2).Step(new ScriptedRun.Line { Amperes = -0.3e-3 * 0.785, Seconds = 30, Volts = _ => -0.03, Recorded = false });
        var report = run.Report(null);
        Assert.True(report.Unfinished);
        Assert.Equal("not determined, >= 0.20 mA/cm2 (run unfinished at 0.30 mA/cm2)", Worded(report));
    }

    [Fact]
    public void Ccd_WithoutArea_IsNotDetermined()
    {
        var run = new ScriptedRun { Cell = new CellSpec { Kind = CellKind.Symmetric } }.Half(0, -1e-4).Half(0, 1e-4);
        Assert.Equal("not determined (area not given)", Worded(run.Report(RunOutcome.NoShort)));
    }

    [Fact]
    public void Ccd_Conditions_NameEverything()
    {
        var run = new ScriptedRun
        {
            Cell = new CellSpec { Kind = CellKind.Symmetric, AreaSquareCentimetres = 0.785, TemperatureCelsius = 25, StackPressureMegapascals = 3 },
        };
        run.Level(0, 0.1).Level(1, 0.2);
        var report = run.Report(RunOutcome.NoShort);
        Assert.Equal(
            "fixed time, 0.200 mAh/cm2 per half-cycle, half-cycle time 1 h, step 0.10 mA/cm2, area 0.785 cm2, 25 degC (as given), stack pressure 3 MPa",
            CcdText.Conditions(report, report.Ccd!));
    }

    [Fact]
    public void CriticalCapacity_ShortInOneWayPlating_IsItsArealCapacity()
    {
        var run = new ScriptedRun { Measure = Measure.CriticalCapacity }.Rest(600);
        var amperes = run.DensityToAmperes(0.45);
        run.Current(-amperes, 98400, _ => -0.05, l => l with { End = StepEnd.ShortCircuit }).Detect(DetectionKind.HardShort);
        var report = run.Report(RunOutcome.ShortFound);
        Assert.Equal("= 12.30 mAh/cm2 (short at 0.45 mA/cm2)", CcdText.CriticalCapacity(report, report.CriticalCapacity!));
        Assert.Equal(12.3, report.ArealCapacity(report.PlatedAmpHours)!.Value, 9);
    }

    [Theory]
    [InlineData(RunOutcome.NoShort, ">= 0.450 mAh/cm2 (no short)")]
    [InlineData(RunOutcome.Stopped, "not determined, >= 0.450 mAh/cm2 (user at 0.45 mA/cm2)")]
    public void CriticalCapacity_NoShort_IsALowerBound(RunOutcome outcome, string expected)
    {
        var run = new ScriptedRun { Measure = Measure.CriticalCapacity };
        var report = run.Current(-run.DensityToAmperes(0.45), 3600, _ => -0.05).Report(outcome);
        Assert.Equal(expected, CcdText.CriticalCapacity(report, report.CriticalCapacity!));
    }
}
