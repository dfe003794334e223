using System.Globalization;
using System.Text;

namespace CyclerControl.Analysis.Reports;

/// <summary>report.md: what a chemist reads.</summary>
public static class ReportMarkdown
{
    public static string Write(RunReport report)
    {
        var text = new StringBuilder();
        Line(text, $"# {report.Header.ProtocolName}: run {report.Header.RunId}");
        Line(text, "");
        Line(text, OutcomeText.Sentence(report));
        Results(text, report);
        ReportTables.Write(text, report);
        Notes(text, report);
        Detections(text, report);
        Provenance(text, report);
        return text.ToString();
    }

    internal static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    internal static void Heading(StringBuilder text, string title) => text.Append('\n').Append("## ").Append(title).Append("\n\n");

    private static void Results(StringBuilder text, RunReport report)
    {
        Heading(text, "Result");
        if (report.Ccd is { } ccd)
        {
            Line(text, $"- **{CcdText.Line(report)}**");
            Line(text, $"- CCD {CcdText.Worded(report, ccd.Verdict)}");
            if (ccd.Hard is { } hard)
            {
                Line(text, $"- by hard shorts alone: CCD {CcdText.Worded(report, hard)}");
            }

            Line(text, $"- conditions: {CcdText.Conditions(report, ccd)}");
        }

        if (report.CriticalCapacity is { } critical)
        {
            Line(text, $"- **Critical areal capacity {CcdText.CriticalCapacity(report, critical)}**");
        }

        if (report.Short is { } found)
        {
            Line(text, $"- {OutcomeText.ShortSentence(found)} {Figures.DensityUnit(report.Density(found.SetAmperes))}, {Figures.Capacity(report, found.HalfCycleAmpHours)} into the half-cycle. {found.Evidence.Explanation}");
        }

        Line(text, $"- {ReportText.Cumulative(report)}");
        if (report.Efficiency is { Count: > 0 } efficiency)
        {
            Line(text, Invariant($"- Coulombic efficiency: mean {Figures.Percent(efficiency.Mean)} of {efficiency.Count} finished cycles ({Figures.Percent(efficiency.Min)} to {Figures.Percent(efficiency.Max)}), first {Figures.Percent(efficiency.First)}, last {Figures.Percent(efficiency.Last)}"));
        }

        if (report.Retention is { } retention)
        {
            Line(text, Invariant($"- Capacity retention in cycle {retention.LastCycle}: {Figures.Percent(retention.LastOfFirst, 1)} of cycle {retention.FirstCycle}, {Figures.Percent(retention.LastOfMax, 1)} of the maximum (cycle {retention.MaxCycle}, {Figures.Capacity(report, retention.MaxAmpHours)})"));
        }
    }

    private static void Notes(StringBuilder text, RunReport report)
    {
        if (report.Notes.Count == 0)
        {
            return;
        }

        Heading(text, "What these numbers can tell");
        foreach (var note in report.Notes)
        {
            Line(text, "- " + note);
        }
    }

    private static void Detections(StringBuilder text, RunReport report)
    {
        const int Most = 100;
        var detections = report.Detections.ToList();
        Heading(text, "Detections");
        if (detections.Count == 0)
        {
            Line(text, "None.");
            return;
        }

        Line(text, "| time | rule | what | severity | V | I (mA) | evidence |");
        Line(text, "|---|---|---|---|---|---|---|");
        foreach (var one in detections.Take(Most))
        {
            Line(text, Invariant($"| {Figures.Duration(one.TimeSeconds)} | {one.Rule} | {one.Kind} | {one.Severity} | {Figures.Digits(one.Volts, 4)} | {Figures.Digits(one.Amperes * 1000, 4)} | {Cell(one.Explanation)} |"));
        }

        if (detections.Count > Most)
        {
            Line(text, Invariant($"\n{detections.Count - Most} more are in the run file."));
        }
    }

    private static void Provenance(StringBuilder text, RunReport report)
    {
        var header = report.Header;
        Heading(text, "Cell, protocol, instrument");
        Line(text, "| | |");
        Line(text, "|---|---|");
        Row(text, "cell", string.Join(", ", new[] { header.Cell.Id, header.Cell.Kind?.ToString().ToLowerInvariant(), header.Cell.Notes }.Where(s => !string.IsNullOrEmpty(s))));
        Row(text, "area", report.AreaSquareCentimetres is { } area ? Figures.Digits(area, 5) + " cm2" : "not given");
        Row(text, "active mass", header.Cell.ActiveMassGrams is { } mass ? Figures.Digits(mass * 1000, 5) + " mg" : Figures.Absent);
        Row(text, "temperature", CcdText.Temperature(report));
        Row(text, "stack pressure", header.Cell.StackPressureMegapascals is { } pressure ? Figures.Digits(pressure, 4) + " MPa" : "not given");
        Row(text, "protocol", Invariant($"{header.ProtocolName}, version {header.ProtocolVersion}, SHA-256 {header.ProtocolSha256}"));
        Row(text, "parameters", header.Parameters.Count == 0 ? Figures.Absent : string.Join(", ", header.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key} = {p.Value}")));
        Row(text, "channel", header.ChannelId);
        Row(text, "instrument", header.InstrumentIdentity ?? "not identified");
        Row(text, "profile", header.Profile);
        Row(text, "operator", header.Operator ?? Figures.Absent);
        Row(text, "started", header.StartedUtc.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        Row(text, "software", header.SoftwareVersion);
        Row(text, "simulation", header.Simulated ? header.SimulationNote ?? "yes" : "no: a real cell");
        Row(text, "rows recorded", report.Totals.Rows.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, path) in report.Files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            Row(text, name, path);
        }

        Heading(text, "The protocol as it ran");
        var fence = header.ProtocolText.Contains("```", StringComparison.Ordinal) ? "~~~~" : "```";
        Line(text, fence + "yaml");
        Line(text, header.ProtocolText.TrimEnd());
        Line(text, fence);
    }

    private static void Row(StringBuilder text, string name, string value) => Line(text, $"| {name} | {Cell(value)} |");

    private static string Cell(string value) => value.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    internal static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
