using CyclerControl.Analysis.Reports;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Tests.Cycles;

public sealed class CycleTests
{
    private static ScriptedRun Run(CellKind kind, Measure measure = Measure.CoulombicEfficiency) => new()
    {
        Measure = measure,
        Cell = new CellSpec { Kind = kind, AreaSquareCentimetres = 1, ActiveMassGrams = 0.01, OneCAmperes = 2e-3 },
    };

    private static ScriptedRun Pair(ScriptedRun run, double first, double second, double seconds = 3600, int? block = null, int? blockCycle = null, StepEnd end = StepEnd.Voltage) =>
        run.Current(first, seconds, _ => 0.1, l => l with { Block = block, BlockCycle = blockCycle })
            .Current(second, seconds, _ => 0.1, l => l with { Block = block, BlockCycle = blockCycle, End = end });

    [Fact]
    public void Efficiency_HalfCell_IsStrippedOverPlated()
    {
        var run = Run(CellKind.Half).Rest(60);
        Pair(run, -1e-3, 0.6e-3);
        Pair(run, -1e-3, 0.98e-3);
        var report = run.Report(RunOutcome.Completed);
        Assert.Equal([0.6, 0.98], report.Cycles.Select(c => Math.Round(c.Efficiency!.Value, 12)));
        Assert.Equal([1, 2], report.Cycles.Select(c => c.Cycle));
        Assert.Equal(0.79, report.Efficiency!.Mean!.Value, 12);
        Assert.Equal(0.6, report.Efficiency.First!.Value, 12);
    }

    [Fact]
    public void Efficiency_FullCell_IsDischargeOverCharge()
    {
        var run = Run(CellKind.Full, Measure.Cycling);
        Pair(run, 1e-3, -0.8e-3);
        Assert.Equal(0.8, Assert.Single(run.Report(RunOutcome.Completed).Cycles).Efficiency!.Value, 12);
    }

    [Fact]
    public void Efficiency_SymmetricCell_IsNotDefined()
    {
        var run = Run(CellKind.Symmetric, Measure.Cycling);
        Pair(run, -1e-3, 1e-3);
        var report = run.Report(RunOutcome.Completed);
        Assert.Null(Assert.Single(report.Cycles).Efficiency);
        Assert.Null(report.Efficiency);
    }

    [Fact]
    public void Efficiency_MeasuringBlock_LeavesActivationOut()
    {
        var run = Run(CellKind.Half);
        Pair(run, -1e-3, 0.5e-3);
        Pair(run, -1e-3, 5e-3);
        Pair(run, -1e-3, 0.9e-3, block: 7, blockCycle: 1);
        Pair(run, -1e-3, 0.95e-3, block: 7, blockCycle: 2);
        var report = run.Report(RunOutcome.Completed);
        Assert.Equal([1, 2], report.Cycles.Select(c => c.Cycle));
        Assert.Equal(0.925, report.Efficiency!.Mean!.Value, 12);
    }

    [Fact]
    public void Efficiency_BlockContinuesTheSign_CountsOnlyItsOwnCharge()
    {
        var run = Run(CellKind.Half).Current(-1e-3, 7200, _ => -0.1);
        Pair(run, -1e-3, 0.9e-3, block: 7, blockCycle: 1);
        Assert.Equal(0.9, Assert.Single(run.Report(RunOutcome.Completed).Cycles).Efficiency!.Value, 12);
    }

    [Fact]
    public void Efficiency_RunBeginsWithAStrip_PairsPlateWithTheNextStrip()
    {
        var run = Run(CellKind.Half).Current(1e-3, 3600, _ => 0.1, l => l with { End = StepEnd.Voltage });
        Pair(run, -1e-3, 0.7e-3);
        Assert.Equal(0.7, Assert.Single(run.Report(RunOutcome.Completed).Cycles).Efficiency!.Value, 12);
    }

    /// <summary>A scan of a collector strips more than it plated, and to no cut-off: that is no sign of a soft short, and no capacity.</summary>
    [Theory]
    [InlineData(CellKind.Half, -1)]
    [InlineData(CellKind.Full, 1)]
    public void Efficiency_CycleWithSweeps_HasNoneAndEntersNoAverage(CellKind kind, int first)
    {
        var run = Run(kind);
        Pair(run, first * 1e-3, first * -0.9e-3);
        run.Current(first * 1e-3, 3600, t => first * t / 3600, l => l with { Verb = "sweep" });
        run.Current(first * -1.3e-3, 3600, t => first * (1 - (t / 3600)), l => l with { Verb = "sweep" });
        Pair(run, first * 1e-3, first * -0.95e-3);
        var report = run.Report(RunOutcome.Completed);

        Assert.Equal([(1, false, (double?)0.9), (2, true, null), (3, false, 0.95)], report.Cycles.Select(c => (c.Cycle, c.IsSwept, c.Efficiency is { } ce ? Math.Round(ce, 12) : (double?)null)));
        Assert.Equal(0.925, report.Efficiency!.Mean!.Value, 12);
        Assert.Equal(0.95, report.Retention!.MaxAmpHours * 1000, 12);
        Assert.DoesNotContain(report.Notes, n => n.Contains("soft short", StringComparison.Ordinal));
        Assert.Contains("| 2 |", ReportMarkdown.Write(report), StringComparison.Ordinal);
        Assert.Contains("voltage sweep |", ReportMarkdown.Write(report), StringComparison.Ordinal);
    }

    /// <summary>A process died in a sweep whose current had already turned.</summary>
    [Fact]
    public void Efficiency_OpenSweep_IsOfTheHalfCycleThatItBegan()
    {
        var run = Run(CellKind.Full, Measure.Cycling).Current(1e-3, 3600, t => t / 3600, l => l with { Verb = "sweep" });
        run.Current(-1e-3, 3600, t => 1 - (t / 3600), l => l with { Verb = "sweep", Recorded = false });
        var rows = run.Rows.Select(r => r.StepCount == 2 ? r with { Amperes = 1e-4, StepChargingAmpHours = 1e-5 } : r);
        var cycle = Assert.Single(run.Report(null, rows: rows).Cycles);

        Assert.Equal((-1, 1e-3, false), (cycle.Second!.Sign, Math.Round(cycle.Second.AmpHours, 9), cycle.Finished));
    }

    [Fact]
    public void Efficiency_UnfinishedCycle_IsFlaggedAndLeftOut()
    {
        var run = Run(CellKind.Half);
        Pair(run, -1e-3, 0.9e-3);
        Pair(run, -1e-3, 0.1e-3, end: StepEnd.Interrupted);
        var report = run.Report(RunOutcome.Stopped);
        Assert.Equal(0.9, report.Efficiency!.Mean!.Value, 12);
        Assert.Equal([2], report.Efficiency.UnfinishedCycles);
        Assert.Null(report.Cycles[1].Efficiency);
    }

    [Fact]
    public void Efficiency_ProcessDiedInTheStrip_IsUnfinished()
    {
        var run = Run(CellKind.Half).Current(-1e-3, 3600, _ => -0.1);
        run.Step(new ScriptedRun.Line { Amperes = 1e-3, Seconds = 1000, Volts = _ => 0.1, Recorded = false });
        var cycle = Assert.Single(run.Report(null).Cycles);
        Assert.False(cycle.Finished);
        Assert.Equal(1e-3 * 1000 / 3600, cycle.ChargeAmpHours, 12);
    }

    [Fact]
    public void Efficiency_StripWithoutCutOff_IsNotedAndLeftOut()
    {
        var run = Run(CellKind.Half);
        Pair(run, -1e-3, 0.9e-3);
        Pair(run, -1e-3, 1.1e-3, end: StepEnd.Time);
        var report = run.Report(RunOutcome.Completed);
        Assert.Equal(0.9, report.Efficiency!.Mean!.Value, 12);
        Assert.Equal([2], report.Efficiency.CyclesWithoutCutOff);
    }

    [Fact]
    public void Efficiency_AboveOne_IsNoted()
    {
        var run = Run(CellKind.Half);
        Pair(run, -1e-3, 1.2e-3);
        Assert.Contains(run.Report(RunOutcome.Completed).Notes, n => n.Contains("above 100 % in cycle 1", StringComparison.Ordinal));
    }

    [Fact]
    public void Retention_IsAgainstFirstAndMaximum()
    {
        var run = Run(CellKind.Full, Measure.Cycling);
        Pair(run, 1e-3, -1.0e-3);
        Pair(run, 1.3e-3, -1.25e-3);
        Pair(run, 1.2e-3, -0.9e-3);
        Pair(run, 1.2e-3, -0.2e-3, end: StepEnd.Interrupted);
        var retention = run.Report(RunOutcome.Stopped).Retention!;
        Assert.Equal(0.9, retention.LastOfFirst, 12);
        Assert.Equal(0.72, retention.LastOfMax, 12);
        Assert.Equal((1, 2, 3), (retention.FirstCycle, retention.MaxCycle, retention.LastCycle));
    }

    [Fact]
    public void Rate_LevelsMeanSpecificAndReturn()
    {
        var run = Run(CellKind.Full, Measure.Rate);
        Pair(run, 0.2e-3, -0.2e-3, 36000);   // 0.1C: 2 mAh
        Pair(run, 0.2e-3, -0.2e-3, 35000);
        Pair(run, 2e-3, -2e-3, 2700);        // 1C: 1.5 mAh
        Pair(run, 0.2e-3, -0.2e-3, 34200);   // back: 1.9 mAh
        var report = run.Report(RunOutcome.Completed);
        var rate = report.Rate!;
        Assert.Equal([0.1, 1, 0.1], rate.Levels.Select(l => Math.Round(l.CRate!.Value, 12)));
        var first = (2 + (0.2 * 35000 / 3600)) / 2 * 1e-3;
        Assert.Equal(first, rate.Levels[0].MeanAmpHours!.Value, 12);
        Assert.Equal(150, report.SpecificCapacity(rate.Levels[1].MeanAmpHours)!.Value, 9);
        Assert.Equal(0, rate.ReturnOf);
        Assert.Equal(1.9e-3 / first, rate.ReturnFraction!.Value, 9);
        Assert.Contains("1C: 150.0 mAh/g", string.Join('\n', Analysis.Reports.ReportText.Summary(report)), StringComparison.Ordinal);
    }
}
