using System.Globalization;
using System.Text.Json;
using CyclerControl.Analysis.CriticalCurrent;

namespace CyclerControl.Analysis.Reports;

/// <summary>Writes one report: the agreed fields first, then everything else.</summary>
internal sealed partial class ReportJsonBody(RunReport report, Utf8JsonWriter writer)
{
    public void Write()
    {
        writer.WriteStartObject();
        writer.WriteString("run_id", report.Header.RunId);
        writer.WriteString("outcome", OutcomeText.Word(report.Ending?.Outcome));
        Number("exit_code", OutcomeText.ExitCode(report.Ending?.Outcome));
        Number("ccd_ma_per_cm2", report.Ccd?.Verdict is { Relation: CcdRelation.Equal or CcdRelation.AtLeast } v ? report.Density(v.Amperes) : null);
        Short("short", report.Short);
        Number("cumulative_areal_capacity_mah_per_cm2", report.ArealCapacity(report.PlatedAmpHours));
        Levels();
        Cycles();
        Files();
        Run();
        Ccd();
        Short("hard_short", report.HardShort);
        CriticalCapacity();
        Number("cumulative_both_directions_mah_per_cm2", report.ArealCapacity(report.Totals.ChargingAmpHours + report.Totals.DischargingAmpHours));
        Number("voltage_offset_v", report.Offset.Volts);
        HalfCycles();
        Efficiency();
        Retention();
        Rate();
        Gitt();
        Detections();
        Strings("notes", report.Notes);
        writer.WriteEndObject();
    }

    private void Run()
    {
        writer.WriteString("reason", report.Ending?.Reason);
        writer.WriteBoolean("unfinished", report.Unfinished);
        writer.WriteString("measure", JsonNamingPolicy.SnakeCaseLower.ConvertName(report.Measure.ToString()));
        writer.WriteString("protocol", report.Header.ProtocolName);
        writer.WriteString("protocol_sha256", report.Header.ProtocolSha256);
        writer.WriteString("channel", report.Header.ChannelId);
        writer.WriteString("started_utc", report.Header.StartedUtc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        writer.WriteBoolean("simulated", report.Header.Simulated);
        writer.WriteString("software_version", report.Header.SoftwareVersion);
        Number("duration_s", (report.Ending?.EndNanoseconds ?? report.Totals.Last?.TimeNanoseconds) * 1e-9);
        Number("area_cm2", report.AreaSquareCentimetres);
        Number("temperature_c", report.Totals.MeanCelsius ?? report.Header.Cell.TemperatureCelsius);
        Number("stack_pressure_mpa", report.Header.Cell.StackPressureMegapascals);
        writer.WriteNumber("rows", report.Totals.Rows);
    }

    private void Files()
    {
        writer.WriteStartObject("files");
        foreach (var (name, path) in report.Files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            writer.WriteString(name, path);
        }

        writer.WriteEndObject();
    }

    private void Strings(string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    private void Flag(string name, bool? value)
    {
        if (value is { } known)
        {
            writer.WriteBoolean(name, known);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    /// <summary>Twelve digits: more than any reading has, and without the dust of binary fractions.</summary>
    private void Number(string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            writer.WriteNumber(name, double.Parse(number.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
