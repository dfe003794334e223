using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Tests.Overpotential;

public sealed class OverpotentialTests
{
    /// <summary>Ten rows in the first minute of the second half, then one at its end: a mean over rows would be far off.</summary>
    private static IEnumerable<double> Irregular(double seconds) =>
        Enumerable.Range(0, 11).Select(i => (seconds / 2) + (i * 6)).Prepend(1);

    [Fact]
    public void Mean_LinearVoltageIrregularRows_IsWeightedByTime()
    {
        // |V| = 0.01 + 1e-5 t, second half of 3600 s: mean at t = 2700.
        var run = new ScriptedRun { Grid = Irregular }.Current(-0.785e-3, 3600, t => -(0.01 + (1e-5 * t)));
        var result = run.Report(RunOutcome.NoShort).HalfCycles[0];
        Assert.Equal(0.037, result.MeanVolts!.Value, 9);
        Assert.Equal(0.046, result.EndVolts!.Value, 9);
    }

    [Fact]
    public void Mean_RowsStraddleTheMiddle_IsInterpolatedThere()
    {
        // Rows at 1000, 3000 and 3600 s only; V linear, so the clipped trapezoid is exact.
        var run = new ScriptedRun { Grid = _ => [1000, 3000] }.Current(0.785e-3, 3600, t => 1e-4 * t);
        Assert.Equal(0.27, run.Report(RunOutcome.NoShort).HalfCycles[0].MeanVolts!.Value, 9);
    }

    [Fact]
    public void Asr_IsMeanOverCurrentDensity()
    {
        var report = new ScriptedRun().Level(0, 0.5, ohms: 40).Report(RunOutcome.NoShort);
        var level = Assert.Single(report.Levels);
        Assert.Equal(0.5, report.Density(level.Amperes)!.Value, 12);
        Assert.Equal(40 * 0.5e-3 * 0.785, level.MeanVolts!.Value, 12);
        Assert.Equal(40 * 0.785, report.AsrOhmSquareCentimetres(level)!.Value, 9);
    }

    [Fact]
    public void Offset_SmallFirstRest_IsSubtracted()
    {
        var run = new ScriptedRun().Rest(600, 0.003).Current(-1e-3, 3600, _ => -0.047).Current(1e-3, 3600, _ => 0.053);
        var report = run.Report(RunOutcome.NoShort);
        Assert.Equal(0.003, report.Offset.Volts);
        Assert.All(report.HalfCycles, h => Assert.Equal(0.050, h.MeanVolts!.Value, 12));
    }

    [Fact]
    public void Offset_LargeFirstRest_IsNotSubtractedAndSaid()
    {
        var report = new ScriptedRun().Rest(600, 0.006).Current(-1e-3, 3600, _ => -0.05).Report(RunOutcome.NoShort);
        Assert.Equal(0, report.Offset.Volts);
        Assert.Equal(0.05, report.HalfCycles[0].MeanVolts!.Value, 12);
        Assert.Contains(report.Notes, n => n.Contains("6 mV", StringComparison.Ordinal));
    }

    [Fact]
    public void Offset_AtTheBound_IsSubtracted() =>
        Assert.Equal(-0.005, new ScriptedRun().Rest(600, -0.005).Report(RunOutcome.NoShort).Offset.Volts);

    [Fact]
    public void Offset_RestAfterCurrent_IsTheCellsOwn() =>
        Assert.Equal(0, new ScriptedRun().Current(1e-3, 60, _ => 0.1).Rest(600, 0.002).Report(RunOutcome.NoShort).Offset.Volts);

    [Fact]
    public void Offset_HalfCell_IsNotAnOffset()
    {
        var run = new ScriptedRun { Cell = new CellSpec { Kind = CellKind.Half, AreaSquareCentimetres = 1 } }.Rest(60, 0.004);
        Assert.Equal(0, run.Report(RunOutcome.NoShort).Offset.Volts);
    }

    [Fact]
    public void ArcingIndex_RiseAtTheEnd_IsEndOverSmallestAfterAMinute()
    {
        // 10 mV in the first minute must not count as the smallest.
        var run = new ScriptedRun { Grid = s => Enumerable.Range(1, (int)s / 10).Select(i => i * 10.0) }
            .Current(-1e-3, 3600, t => t < 60 ? -0.01 : t < 3000 ? -0.04 : -0.06);
        Assert.Equal(1.5, run.Report(RunOutcome.NoShort).HalfCycles[0].ArcingIndex!.Value, 12);
    }

    [Fact]
    public void ArcingIndex_HalfCycleUnderAMinute_IsAbsent() =>
        Assert.Null(new ScriptedRun().Current(-1e-3, 50, _ => -0.04).Report(RunOutcome.NoShort).HalfCycles[0].ArcingIndex);

    [Fact]
    public void Level_ShortedHalfCycle_DoesNotCount()
    {
        var run = new ScriptedRun().Half(0, -1e-3, ohms: 50).Half(0, 1e-3, ohms: 1, seconds: 100, end: StepEnd.ShortCircuit);
        var level = Assert.Single(run.Report(RunOutcome.ShortFound).Levels);
        Assert.Equal(0.05, level.MeanVolts!.Value, 12);
        Assert.Null(level.StripVolts);
        Assert.False(level.AllFinished);
    }

    [Fact]
    public void Level_PlateAndStripDiffer_MeanOfBoth()
    {
        var level = Assert.Single(new ScriptedRun().Half(0, -1e-3, ohms: 40).Half(0, 1e-3, ohms: 60).Report(RunOutcome.NoShort).Levels);
        Assert.Equal(0.04, level.PlateVolts!.Value, 12);
        Assert.Equal(0.06, level.StripVolts!.Value, 12);
        Assert.Equal(0.05, level.MeanVolts!.Value, 12);
    }

    [Fact]
    public void Pause_InsideAHalfCycle_TheClockStandsStill()
    {
        // 100 s, 1000 s pause, 100 s: the second half is the 100 s after the pause.
        var rows = new List<SampleRow>();
        foreach (var t in new[] { 1, 50, 100, 101, 150, 200 })
        {
            var test = t <= 100 ? t : t + 1000;
            rows.Add(new SampleRow(test * 1_000_000_000L, t <= 100 ? 1.0 : 0.02, 1e-3, null, t * 1_000_000_000L, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, RowReason.Rule));
        }

        var run = new ScriptedRun();
        run.Event("paused", atSeconds: 100).Event("resumed", atSeconds: 1100);
        run.Current(1e-3, 1200, t => t < 1100 ? 1.0 : 0.02);
        var result = run.Report(RunOutcome.NoShort, rows: rows).HalfCycles[0];
        Assert.Equal(200, result.Stretch.ActiveNanoseconds * 1e-9, 9);
        Assert.Equal(((0.5 * (1 + 0.02) * 1) + (0.02 * 99)) / 100, result.MeanVolts!.Value, 9);
    }

    [Fact]
    public void Confirmation_InsideAHalfCycle_ItsRowsAreLeftOutAndTheClockStandsStill()
    {
        // 100 s at 1 V, 40 s of confirmation at 0 V and below, 100 s at 1 V.
        var rows = new List<SampleRow>();
        foreach (var t in new[] { 1, 50, 100, 110, 120, 139, 141, 190, 240 })
        {
            var confirms = t is > 100 and < 140;
            var step = t <= 100 ? t : confirms ? 100 : t - 40;
            rows.Add(new SampleRow(
                t * 1_000_000_000L, confirms ? -0.3 : 1, confirms ? 0 : 1e-3, null, step * 1_000_000_000L, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,
                confirms ? RowReason.Confirmation : RowReason.Rule));
        }

        var run = new ScriptedRun();
        run.Event("confirmation_started", atSeconds: 100).Event("confirmation_ended", atSeconds: 140);
        run.Current(1e-3, 240, _ => 1.0);
        var result = run.Report(RunOutcome.NoShort, rows: rows).HalfCycles[0];
        Assert.Equal(200, result.Stretch.ActiveNanoseconds * 1e-9, 9);
        Assert.Equal(1, result.MeanVolts!.Value, 9);
    }

    [Fact]
    public void Notes_ResistanceBelowTheSeparators_IsCalledSuspicious()
    {
        var cell = new CellSpec { Kind = CellKind.Symmetric, AreaSquareCentimetres = 1, ThicknessCentimetres = 0.06, ConductivitySiemensPerCentimetre = 0.7e-3 };
        var run = new ScriptedRun { Cell = cell }.Level(0, 0.2, ohms: 50).Level(1, 1, ohms: 90);
        Assert.Contains(run.Report(RunOutcome.NoShort).Notes, n => n.Contains("resistance at 0.20 mA/cm2 is below", StringComparison.Ordinal));
    }
}
