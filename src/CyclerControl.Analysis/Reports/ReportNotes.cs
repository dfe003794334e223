using System.Globalization;
using CyclerControl.Analysis.CriticalCurrent;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Analysis.Reports;

/// <summary>What a reader must know before trusting the numbers: the model behind them, and what the data cannot tell.</summary>
internal static class ReportNotes
{
    public const string Simulated = "simulated cell: its critical current is a model parameter";

    private const int MostListed = 10;

    public static IReadOnlyList<string> Of(RunReport report)
    {
        var notes = new List<string>();
        if (report.Header.Simulated)
        {
            notes.Add(Simulated);
        }

        if (report.IsWatched)
        {
            notes.Add("a watched channel: the instrument was run by its own software, and could not be switched off by this program");
        }

        Unfinished(report, notes);
        Voltage(report, notes);
        Critical(report, notes);
        Efficiency(report, notes);
        Titration(report, notes);
        Gaps(report, notes);
        var gaps = report.Events.Count(e => e.Kind == "recording_gap");
        if (gaps > 0)
        {
            notes.Add(Text($"{gaps} recording gap(s): rows are missing there; charges are exact, since every row carries the totals"));
        }

        if (report.Events.LastOrDefault(e => e.Kind == "link_timing") is { } timing)
        {
            notes.Add($"sampling: {timing.Message}");
        }

        return notes;
    }

    private static void Gaps(RunReport report, List<string> notes)
    {
        var restarts = report.Events.Count(e => e.Kind == "restart_gap");
        if (restarts > 0)
        {
            notes.Add(Text($"the run was interrupted by {restarts} restart(s): up to a commit interval of charge is unaccounted for at each (see the restart_gap events)"));
        }

        var cycles = report.Cycles.Where(c => c.HasGap).Select(c => c.Cycle).ToList();
        if (cycles.Count > 0)
        {
            notes.Add($"cycle {Listed(cycles)} has a gap (a restart, a lost link, or missing rows): marked, and left out of averages");
        }
    }

    private static void Unfinished(RunReport report, List<string> notes)
    {
        if (report.Unfinished)
        {
            notes.Add("the run has no planned end: unfinished half-cycles and cycles are flagged and left out of averages");
        }

        if (report.AreaSquareCentimetres is null)
        {
            notes.Add("the cell's area was not given: no current densities, areal capacities and area-specific resistances");
        }
    }

    private static void Voltage(RunReport report, List<string> notes)
    {
        if (report.Offset.Refused)
        {
            notes.Add(Text($"the first rest ended at {report.Offset.MeasuredVolts * 1000:0.###} mV, more than an offset of the channel can be: overpotentials are not corrected for it"));
        }
        else if (report.Offset.Volts != 0)
        {
            notes.Add(Text($"overpotentials are corrected by the offset of the first rest, {report.Offset.Volts * 1000:0.###} mV"));
        }

        if (report.Levels.Count == 0)
        {
            return;
        }

        notes.Add("overpotential and resistance are those of the whole cell between two electrodes, not halved; a low flat voltage does not prove that there is no soft short");
        if (BulkOhmSquareCentimetres(report) is { } bulk)
        {
            var low = report.Levels.Where(l => report.AsrOhmSquareCentimetres(l) < 0.8 * bulk).Select(l => Figures.Density(report.Density(l.Amperes))).ToList();
            if (low.Count > 0)
            {
                notes.Add(Text($"the resistance at {Listed(low)} mA/cm2 is below 0.8 of the separator's own {bulk:0.#} ohm cm2, which ions alone cannot do: part of the current may be electronic"));
            }
        }
    }

    private static double? BulkOhmSquareCentimetres(RunReport report)
    {
        var cell = report.Header.Cell;
        return cell.BulkResistanceOhms * report.AreaSquareCentimetres
            ?? (cell.ConductivitySiemensPerCentimetre is { } sigma && sigma > 0 ? cell.ThicknessCentimetres / sigma : null);
    }

    private static void Critical(RunReport report, List<string> notes)
    {
        if (report.Ccd is not { } ccd)
        {
            return;
        }

        notes.Add(ccd.Mode == CcdMode.FixedCapacity
            ? "a critical current falls when the areal capacity per half-cycle grows: compare only at equal capacity"
            : "at fixed half-cycle time the areal capacity grows with the current, and a critical current falls when it grows: compare only at equal time");
        if (report.Short is { } found && ccd.Verdict.Cause == CcdCause.RampEnded)
        {
            notes.Add(Text($"the short came after the ramp, in half-cycle {found.HalfCycle}: it does not belong to the critical current"));
        }

        var blind = report.Events.Where(e => e.Message.Contains("short detection blind", StringComparison.Ordinal)).ToList();
        if (blind.Count > 0)
        {
            notes.Add(Text($"{blind[0].Message} (from {blind[0].TimeNanoseconds * 1e-9:0} s; {blind.Count} such notices): a short in such a stretch would not have been seen"));
        }
    }

    private static void Efficiency(RunReport report, List<string> notes)
    {
        if (report.Efficiency is not { } efficiency)
        {
            return;
        }

        if (efficiency.CyclesAboveOne.Count > 0)
        {
            notes.Add($"coulombic efficiency above 100 % in cycle {Listed(efficiency.CyclesAboveOne)}: a sign of a soft short, not of a good cell");
        }

        if (efficiency.CyclesWithoutCutOff.Count > 0)
        {
            notes.Add($"the strip of cycle {Listed(efficiency.CyclesWithoutCutOff)} ended before its cut-off: a sign of a soft short or of more lithium than was plated; left out of averages");
        }

        if (efficiency.UnfinishedCycles.Count > 0)
        {
            notes.Add($"cycle {Listed(efficiency.UnfinishedCycles)} did not finish: left out of averages");
        }

        if (report.Header.Cell.Kind == CellKind.Full)
        {
            notes.Add("the coulombic efficiency of a full cell does not show the loss of lithium while a reservoir of it exists");
        }
    }

    private static void Titration(RunReport report, List<string> notes)
    {
        if (report.Gitt is not { } gitt)
        {
            return;
        }

        if (gitt.Length is null)
        {
            notes.Add($"no diffusion coefficient: the cell does not give {string.Join(", ", gitt.Missing)} (or particle_radius)");
            return;
        }

        var outside = gitt.Pulses.Count(p => p.Valid == false);
        if (outside > 0)
        {
            var length = gitt.Length.Spheres ? "r" : "L";
            notes.Add(Text($"{outside} of {gitt.Pulses.Count} pulses have D tau/{length}^2 above {gitt.Length.LargestRatio:0.####}: there the formula is off by more than 2 %"));
        }

        if (!gitt.Length.Spheres)
        {
            notes.Add("D is computed with the geometric area as the contact area: an apparent value; give particle_radius for spheres");
        }

        if (gitt.LeftOut > 0)
        {
            notes.Add(Text($"{gitt.LeftOut} steps between rests were more than ten times as long as the median pulse and are taken for cycles"));
        }
    }

    private static string Listed<T>(IReadOnlyList<T> values) =>
        string.Join(", ", values.Take(MostListed)) + (values.Count > MostListed ? Text($" and {values.Count - MostListed} more") : "");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
