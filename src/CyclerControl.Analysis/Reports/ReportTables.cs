using System.Text;
using CyclerControl.Analysis.Cycles;
using CyclerControl.Core.Quantities;
using static CyclerControl.Analysis.Reports.ReportMarkdown;

namespace CyclerControl.Analysis.Reports;

/// <summary>The tables of report.md. Long ones are thinned: report.json has every line.</summary>
internal static class ReportTables
{
    private const int MostLines = 60;

    public static void Write(StringBuilder text, RunReport report)
    {
        Levels(text, report);
        Rate(text, report);
        Cycles(text, report);
        Gitt(text, report);
    }

    private static void Levels(StringBuilder text, RunReport report)
    {
        if (report.Levels.Count == 0)
        {
            return;
        }

        Heading(text, "Overpotential and resistance per level");
        Line(text, "Time-mean of |V| over the second half of each half-cycle, whole cell.");
        Line(text, "");
        Line(text, "| mA/cm2 | mean (mV) | plate / strip (mV) | end (mV) | arcing index | ASR (ohm cm2) | per half-cycle | half-cycles |");
        Line(text, "|---|---|---|---|---|---|---|---|");
        foreach (var level in Thinned(report.Levels))
        {
            Line(text, Invariant($"| {Figures.Density(report.Density(level.Amperes))} | {Millivolts(level.MeanVolts)} | {Millivolts(level.PlateVolts)} / {Millivolts(level.StripVolts)} | {Millivolts(level.EndVolts)} | {Figures.Fixed(level.ArcingIndex, 2)} | {Figures.Fixed(report.AsrOhmSquareCentimetres(level), 1)} | {Figures.Capacity(report, level.HalfCycleAmpHours)} in {Figures.Duration(level.HalfCycleSeconds)} | {level.FirstHalfCycle}-{level.LastHalfCycle}{(level.AllFinished ? "" : ", not finished")} |"));
        }

        Remark(text, report.Levels.Count);
    }

    private static void Rate(StringBuilder text, RunReport report)
    {
        if (report.Rate is not { } rate)
        {
            return;
        }

        Heading(text, "Capacity against rate");
        Line(text, "| rate | mA/cm2 | mean discharge capacity | cycles |");
        Line(text, "|---|---|---|---|");
        foreach (var level in rate.Levels)
        {
            Line(text, Invariant($"| {ReportText.RateName(report, level.Amperes, level.CRate)} | {Figures.Density(report.Density(level.Amperes))} | {ReportText.RateCapacity(report, level.MeanAmpHours)} | {level.FirstCycle}-{level.LastCycle} |"));
        }

        if (rate.ReturnFraction is { } back)
        {
            Line(text, Invariant($"\nBack at {ReportText.RateName(report, rate.Levels[^1].Amperes, rate.Levels[^1].CRate)}: {Figures.Percent(back, 1)} of the capacity before."));
        }
    }

    private static void Cycles(StringBuilder text, RunReport report)
    {
        if (report.Header.Cell.Kind is not (CellKind.Half or CellKind.Full) || report.Cycles.Count == 0 || report.Gitt is not null)
        {
            return;
        }

        var half = report.Header.Cell.Kind == CellKind.Half;
        Heading(text, "Cycles");
        Line(text, half ? "| cycle | plated | stripped | CE | remark |" : "| cycle | charge | discharge | CE | of first | remark |");
        Line(text, half ? "|---|---|---|---|---|" : "|---|---|---|---|---|---|");
        foreach (var cycle in Thinned(report.Cycles))
        {
            var remark = !cycle.Finished ? "unfinished" : cycle.HasGap ? "gap" : cycle.IsSwept ? "voltage sweep" : !cycle.CutOffReached ? "cut-off not reached" : "";
            var charge = Figures.Capacity(report, cycle.ChargeAmpHours);
            var discharge = Figures.Capacity(report, cycle.DischargeAmpHours);
            var retention = cycle.Averages ? RetentionResult.CapacityOf(cycle, CellKind.Full) / report.Retention?.FirstAmpHours : null;
            Line(text, half
                ? Invariant($"| {cycle.Cycle} | {discharge} | {charge} | {Figures.Percent(cycle.Efficiency)} | {remark} |")
                : Invariant($"| {cycle.Cycle} | {charge} | {discharge} | {Figures.Percent(cycle.Efficiency)} | {Figures.Percent(retention, 1)} | {remark} |"));
        }

        Remark(text, report.Cycles.Count);
    }

    private static void Gitt(StringBuilder text, RunReport report)
    {
        if (report.Gitt is not { Pulses.Count: > 0 } gitt)
        {
            return;
        }

        Heading(text, "Titration (GITT)");
        Line(text, "dE_t is the slope of E against the square root of time, without the IR step; dV/dt is what the rest before the next pulse still drifted.");
        Line(text, "");
        Line(text, "| pulse | I (mA) | E (V) | tau (s) | dE_s (mV) | dE_t (mV) | IR (mV) | dV/dt (mV/h) | D (cm2/s) | within 2 % |");
        Line(text, "|---|---|---|---|---|---|---|---|---|---|");
        foreach (var pulse in Thinned(gitt.Pulses))
        {
            var valid = pulse.Valid switch { true => "yes", false => "no", null => Figures.Absent };
            Line(text, Invariant($"| {pulse.Number} | {Figures.Digits(pulse.Amperes * 1000, 4)} | {Figures.Fixed(pulse.StartVolts, 4)} | {Figures.Digits(pulse.TauSeconds, 5)} | {Millivolts(pulse.SteadyVolts)} | {Millivolts(pulse.TransientVolts)} | {Millivolts(pulse.IrVolts)} | {Figures.Fixed(pulse.RestSlopeVoltsPerSecond * 3.6e6, 2)} | {Figures.Digits(pulse.DiffusionSquareCentimetresPerSecond, 3)} | {valid} |"));
        }

        Remark(text, gitt.Pulses.Count);
    }

    private static string Millivolts(double? volts) => Figures.Fixed(volts * 1000, 2);

    /// <summary>First and last, and evenly spaced ones between.</summary>
    private static IEnumerable<T> Thinned<T>(IReadOnlyList<T> all)
    {
        for (var i = 0; i < Math.Min(all.Count, MostLines); i++)
        {
            yield return all.Count <= MostLines ? all[i] : all[(int)((long)i * (all.Count - 1) / (MostLines - 1))];
        }
    }

    private static void Remark(StringBuilder text, int count)
    {
        if (count > MostLines)
        {
            Line(text, Invariant($"\n{MostLines} of {count} lines; report.json has all."));
        }
    }
}
