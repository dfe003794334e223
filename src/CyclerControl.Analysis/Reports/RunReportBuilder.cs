using CyclerControl.Analysis.CriticalCurrent;
using CyclerControl.Analysis.Cycles;
using CyclerControl.Analysis.Gitt;
using CyclerControl.Analysis.Legs;
using CyclerControl.Analysis.Overpotential;
using CyclerControl.Analysis.Shorts;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Reports;

/// <summary>Reads a run once, and reports. Pure; memory grows with the steps, not with the rows.</summary>
public static class RunReportBuilder
{
    /// <param name="header">What was known at the start.</param>
    /// <param name="steps">Results of the executed steps, in order.</param>
    /// <param name="events">In order of time.</param>
    /// <param name="samples">Recorded rows, in order of time; enumerated once.</param>
    /// <param name="ending">Null for a run that has not ended, or whose process died.</param>
    public static RunReport Build(
        RunHeader header, IReadOnlyList<StepRecord> steps, IReadOnlyList<RunEvent> events, IEnumerable<SampleRow> samples, RunEnding? ending)
    {
        var kind = header.Cell.Kind;
        var measure = MeasureOf(header, steps);
        var activeTime = new ActiveTime(events);
        var table = new LegTable(steps, activeTime);
        var offset = VoltageOffset.Of(kind, steps);
        var evidence = ShortEvidence.Of(events, ending);

        var rows = new RowTotalsPass();
        var overpotential = new OverpotentialPass(table, offset.Volts);
        var first = evidence.First is null ? null : new ShortPass(evidence.First, evidence.FirstKind);
        var firstHard = evidence.FirstHard is null ? null : new ShortPass(evidence.FirstHard, ShortKind.Hard);
        var gitt = measure == Measure.Gitt ? new GittPass(steps, activeTime) : null;
        var finder = new StepFinder(steps);
        foreach (var row in samples)
        {
            var step = finder.IndexOf(row.StepCount);
            rows.Take(row);
            overpotential.Take(row, step);
            first?.Take(row);
            firstHard?.Take(row);
            gitt?.Take(row, step);
        }

        var totals = rows.Finish(steps);
        var open = totals.Last is { } last && (steps.Count == 0 || last.StepCount > steps[^1].StepCount) ? totals.Last : null;
        if (open is { } row0)
        {
            table.TakeOpenStep(row0);
        }

        var halfCycles = overpotential.Finish();
        var levels = LevelTable.Of(halfCycles);
        var cycles = CycleTable.Of(table.Legs, kind, withinBlocks: measure != Measure.Gitt, events);
        var found = first?.Finish(steps);
        var foundHard = firstHard?.Finish(steps);
        var cause = RunEndCause.Of(ending, events, steps);
        var report = new RunReport
        {
            Header = header,
            Ending = ending,
            Measure = measure,
            Steps = steps,
            Events = events,
            Totals = totals,
            Offset = offset,
            HalfCycles = halfCycles,
            Levels = ShowsLevels(kind, measure) ? levels : [],
            Cycles = cycles,
            Short = found,
            HardShort = foundHard,
            Ccd = measure == Measure.Ccd
                ? new CcdJudge(levels, kind, ending, cause, open is { Amperes: not 0 } o ? Math.Abs(o.Amperes) : null).Judge(found, foundHard)
                : null,
            CriticalCapacity = measure == Measure.CriticalCapacity ? CriticalCapacity(found, table.Legs, cause) : null,
            Efficiency = kind is CellKind.Half or CellKind.Full && measure is not (Measure.Ccd or Measure.CriticalCapacity)
                ? EfficiencyResult.Of(cycles)
                : null,
            Retention = measure is Measure.Gitt or Measure.Ccd or Measure.CriticalCapacity ? null : RetentionResult.Of(cycles, kind),
            Rate = measure == Measure.Rate ? RateResult.Of(cycles, header.Cell.OneCAmperes ?? header.Cell.NominalAmpHours) : null,
            Gitt = gitt?.Finish(header.Cell),
        };
        return report with { Notes = ReportNotes.Of(report) };
    }

    /// <summary>A measure that stands on a repeat is not in the header; the cell tells which it can be.</summary>
    private static Measure MeasureOf(RunHeader header, IReadOnlyList<StepRecord> steps)
    {
        if (header.Measure != Measure.None || !steps.Any(s => s.Block is not null))
        {
            return header.Measure;
        }

        return header.Cell.Kind switch
        {
            CellKind.Half => Measure.CoulombicEfficiency,
            CellKind.Full => Measure.Cycling,
            _ => steps.Any(s => s.Block is not null && s.RampPass is not null) ? Measure.Ccd : Measure.Cycling,
        };
    }

    /// <summary>The voltage of a full cell is no overpotential, nor is that of a collector being stripped to its cut-off.</summary>
    private static bool ShowsLevels(CellKind? kind, Measure measure) =>
        kind == CellKind.Symmetric || measure is Measure.Ccd or Measure.CriticalCapacity;

    private static CriticalCapacityResult CriticalCapacity(ShortResult? found, IReadOnlyList<Leg> legs, CcdCause cause)
    {
        if (found is not null)
        {
            return new CriticalCapacityResult(CcdCause.Short, found.HalfCycleAmpHours, found.SetAmperes);
        }

        var longest = legs.Count == 0 ? null : legs.MaxBy(l => l.AmpHours);
        return new CriticalCapacityResult(cause, longest?.AmpHours, longest?.SetAmperes);
    }
}
