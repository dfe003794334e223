using System.Globalization;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Analysis.Reports;

/// <summary>The summary on the terminal.</summary>
public static class ReportText
{
    private const int MostLevels = 60;

    public static IReadOnlyList<string> Summary(RunReport report)
    {
        var lines = new List<string> { OutcomeText.Sentence(report) };
        if (report.Ccd is { } ccd)
        {
            lines.Add(CcdText.Line(report));
            lines.Add("  CCD " + CcdText.Worded(report, ccd.Verdict));
            if (ccd.Hard is { } hard)
            {
                lines.Add("  by hard shorts alone: CCD " + CcdText.Worded(report, hard));
            }

            lines.Add("  " + CcdText.Conditions(report, ccd));
        }

        if (report.CriticalCapacity is { } capacity)
        {
            lines.Add("Critical areal capacity: " + CcdText.CriticalCapacity(report, capacity));
        }

        AddShort(report, lines);
        lines.Add(Cumulative(report));
        AddCycles(report, lines);
        AddTitration(report, lines);
        AddLevels(report, lines);
        if (report.Header.Simulated)
        {
            lines.Add("Note: " + ReportNotes.Simulated);
        }

        return lines;
    }

    internal static string Cumulative(RunReport report)
    {
        var where = report.Header.Cell.Kind == CellKind.Full ? "plated on charge" : "plated";
        var both = Figures.Capacity(report, report.Totals.ChargingAmpHours + report.Totals.DischargingAmpHours);
        var areal = report.AreaSquareCentimetres is null ? "capacity" : "areal capacity";
        return $"Cumulative {areal}: {Figures.Capacity(report, report.PlatedAmpHours)} {where} ({both} in both directions)";
    }

    private static void AddShort(RunReport report, List<string> lines)
    {
        if (report.Short is not { } found)
        {
            return;
        }

        lines.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"Short: {OutcomeText.Word(found.Kind)}, at {Figures.Duration(found.TimeSeconds)}, {Figures.DensityUnit(report.Density(found.SetAmperes))}, {Figures.Capacity(report, found.HalfCycleAmpHours)} into half-cycle {found.HalfCycle}"));
    }

    private static void AddCycles(RunReport report, List<string> lines)
    {
        if (report.Efficiency is { Count: > 0 } efficiency)
        {
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Coulombic efficiency: {Figures.Percent(efficiency.Mean)} mean of {efficiency.Count} cycles, first {Figures.Percent(efficiency.First)}, last {Figures.Percent(efficiency.Last)}"));
        }

        if (report.Retention is { } retention)
        {
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Capacity: {Figures.Capacity(report, retention.LastAmpHours)} in cycle {retention.LastCycle}, {Figures.Percent(retention.LastOfFirst, 1)} of cycle {retention.FirstCycle}, {Figures.Percent(retention.LastOfMax, 1)} of the maximum (cycle {retention.MaxCycle})"));
        }

        foreach (var level in report.Rate?.Levels ?? [])
        {
            lines.Add($"  {RateName(report, level.Amperes, level.CRate)}: {RateCapacity(report, level.MeanAmpHours)}");
        }

        if (report.Rate?.ReturnFraction is { } back)
        {
            lines.Add($"  back at the first of these: {Figures.Percent(back, 1)} of its capacity");
        }
    }

    internal static string RateName(RunReport report, double amperes, double? cRate) =>
        cRate is { } rate ? Figures.Digits(rate, 4) + "C"
        : report.Density(amperes) is { } density ? Figures.DensityUnit(density)
        : Figures.Digits(amperes * 1000, 4) + " mA";

    internal static string RateCapacity(RunReport report, double? ampHours) =>
        report.SpecificCapacity(ampHours) is { } specific ? Figures.Fixed(specific, 1) + " mAh/g" : Figures.Capacity(report, ampHours);

    private static void AddTitration(RunReport report, List<string> lines)
    {
        if (report.Gitt is not { } gitt)
        {
            return;
        }

        var known = gitt.Pulses.Where(p => p.DiffusionSquareCentimetresPerSecond is not null)
            .Select(p => p.DiffusionSquareCentimetresPerSecond!.Value).Order().ToList();
        var text = known.Count > 0
            ? $"D {Figures.Digits(known[0], 3)} to {Figures.Digits(known[^1], 3)} cm2/s, median {Figures.Digits(known[known.Count / 2], 3)}"
            : gitt.Length is null ? "no D: missing " + string.Join(", ", gitt.Missing) : "no D";
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"GITT: {gitt.Pulses.Count} pulses, {text}"));
    }

    private static void AddLevels(RunReport report, List<string> lines)
    {
        if (report.Levels.Count == 0)
        {
            return;
        }

        lines.Add("    mA/cm2  overpotential/mV  ASR/ohm cm2  arcing  half-cycles");
        foreach (var level in report.Levels.Take(MostLevels))
        {
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{Figures.Density(report.Density(level.Amperes)),10}  {Figures.Fixed(level.MeanVolts * 1000, 2),16}  {Figures.Fixed(report.AsrOhmSquareCentimetres(level), 1),11}  {Figures.Fixed(level.ArcingIndex, 2),6}  {level.FirstHalfCycle}-{level.LastHalfCycle}{(level.AllFinished ? "" : " (not finished)")}"));
        }

        if (report.Levels.Count > MostLevels)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"  ... {report.Levels.Count - MostLevels} more in the report"));
        }
    }
}
