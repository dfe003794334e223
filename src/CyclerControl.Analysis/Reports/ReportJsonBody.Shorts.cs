using System.Text.Json;
using CyclerControl.Analysis.CriticalCurrent;
using CyclerControl.Analysis.Shorts;
using CyclerControl.Core.Detection;

namespace CyclerControl.Analysis.Reports;

/// <content>Critical currents, shorts and levels.</content>
internal sealed partial class ReportJsonBody
{
    private void Ccd()
    {
        if (report.Ccd is not { } ccd)
        {
            writer.WriteNull("ccd");
            return;
        }

        writer.WriteStartObject("ccd");
        Verdict(ccd.Verdict);
        writer.WriteString("mode", ccd.Mode switch { CcdMode.FixedTime => "fixed_time", CcdMode.FixedCapacity => "fixed_capacity", _ => null });
        Number("areal_capacity_per_half_cycle_mah_per_cm2", report.ArealCapacity(ccd.HalfCycleAmpHours));
        Number("half_cycle_time_s", ccd.HalfCycleSeconds);
        Number("step_ma_per_cm2", report.Density(ccd.StepAmperes));
        if (ccd.Hard is { } hard)
        {
            writer.WriteStartObject("by_hard_shorts_alone");
            Verdict(hard);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("by_hard_shorts_alone");
        }

        writer.WriteEndObject();
    }

    private void Verdict(CcdVerdict verdict)
    {
        writer.WriteString("text", CcdText.Worded(report, verdict));
        writer.WriteString("relation", JsonNamingPolicy.SnakeCaseLower.ConvertName(verdict.Relation.ToString()));
        writer.WriteString("cause", JsonNamingPolicy.SnakeCaseLower.ConvertName(verdict.Cause.ToString()));
        Number("held_ma_per_cm2", report.Density(verdict.Amperes));
        Number("ended_at_ma_per_cm2", report.Density(verdict.AtAmperes));
        Number("half_cycle", verdict.HalfCycle);
    }

    private void Short(string name, ShortResult? found)
    {
        if (found is null)
        {
            writer.WriteNull(name);
            return;
        }

        var evidence = found.Evidence;
        writer.WriteStartObject(name);
        Number("time_s", found.TimeSeconds);
        writer.WriteString("kind", OutcomeText.Word(found.Kind));
        Number("current_ma_per_cm2", report.Density(found.SetAmperes));
        Number("areal_capacity_mah_per_cm2", report.ArealCapacity(found.HalfCycleAmpHours));
        writer.WriteNumber("half_cycle", found.HalfCycle);
        Number("onset_s", evidence.OnsetSeconds);
        writer.WriteString("direction", found.SetAmperes >= 0 ? "strip" : "plate");
        writer.WriteNumber("rule", evidence.Rule);
        Number("voltage_v", evidence.Volts);
        Number("current_a", evidence.Amperes);
        Number("expected_voltage_v", evidence.ExpectedVolts);
        Number("statistic", evidence.Statistic);
        Number("threshold", evidence.Threshold);
        Number("short_ohm", evidence.ShortOhms);
        writer.WriteString("explanation", evidence.Explanation);
        writer.WriteEndObject();
    }

    private void CriticalCapacity()
    {
        if (report.CriticalCapacity is not { } critical)
        {
            writer.WriteNull("critical_capacity");
            return;
        }

        writer.WriteStartObject("critical_capacity");
        writer.WriteString("text", CcdText.CriticalCapacity(report, critical));
        Number("areal_capacity_mah_per_cm2", report.ArealCapacity(critical.AmpHours));
        Number("current_ma_per_cm2", report.Density(critical.Amperes));
        writer.WriteBoolean("short", critical.Cause == CcdCause.Short);
        writer.WriteEndObject();
    }

    private void Levels()
    {
        writer.WriteStartArray("levels");
        foreach (var level in report.Levels)
        {
            writer.WriteStartObject();
            Number("current_ma_per_cm2", report.Density(level.Amperes));
            Number("overpotential_v", level.MeanVolts);
            Number("asr_ohm_cm2", report.AsrOhmSquareCentimetres(level));
            Number("current_a", level.Amperes);
            Number("plate_overpotential_v", level.PlateVolts);
            Number("strip_overpotential_v", level.StripVolts);
            Number("end_overpotential_v", level.EndVolts);
            Number("arcing_index", level.ArcingIndex);
            Number("areal_capacity_per_half_cycle_mah_per_cm2", report.ArealCapacity(level.HalfCycleAmpHours));
            Number("half_cycle_time_s", level.HalfCycleSeconds);
            writer.WriteNumber("first_half_cycle", level.FirstHalfCycle);
            writer.WriteNumber("last_half_cycle", level.LastHalfCycle);
            writer.WriteBoolean("finished", level.AllFinished);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void HalfCycles()
    {
        writer.WriteStartArray("half_cycles");
        foreach (var one in report.Levels.Count > 0 ? report.HalfCycles : [])
        {
            writer.WriteStartObject();
            writer.WriteNumber("half_cycle", one.Stretch.HalfCycle);
            Number("current_a", one.Stretch.SetAmperes);
            Number("overpotential_v", one.MeanVolts);
            Number("end_overpotential_v", one.EndVolts);
            Number("arcing_index", one.ArcingIndex);
            Number("capacity_mah", one.Stretch.AmpHours * 1000);
            Number("time_s", one.Stretch.ActiveNanoseconds * 1e-9);
            writer.WriteBoolean("finished", one.Stretch.Finished);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void Detections()
    {
        writer.WriteStartArray("detections");
        foreach (var detection in report.Detections)
        {
            writer.WriteStartObject();
            Number("time_s", detection.TimeSeconds);
            writer.WriteString("kind", DetectionWords.Of(detection.Kind));
            writer.WriteString("severity", DetectionWords.Of(detection.Severity));
            writer.WriteNumber("rule", detection.Rule);
            writer.WriteString("explanation", detection.Explanation);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
