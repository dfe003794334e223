using CyclerControl.Analysis.Cycles;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Analysis.Reports;

/// <content>Cycles, rates and titration.</content>
internal sealed partial class ReportJsonBody
{
    private void Cycles()
    {
        writer.WriteStartArray("cycles");
        foreach (var cycle in report.Cycles)
        {
            var capacity = RetentionResult.CapacityOf(cycle, report.Header.Cell.Kind);
            writer.WriteStartObject();
            writer.WriteNumber("cycle", cycle.Cycle);
            Number("ce", cycle.Efficiency);
            Number("block", cycle.Block);
            Number("charge_mah", cycle.ChargeAmpHours * 1000);
            Number("discharge_mah", cycle.DischargeAmpHours * 1000);
            Number("specific_capacity_mah_per_g", report.Header.Cell.Kind == CellKind.Full ? report.SpecificCapacity(capacity) : null);
            Number("retention_of_first", cycle.Averages ? capacity / report.Retention?.FirstAmpHours : null);
            Number("retention_of_max", cycle.Averages ? capacity / report.Retention?.MaxAmpHours : null);
            writer.WriteBoolean("finished", cycle.Finished);
            writer.WriteBoolean("gap", cycle.HasGap);
            writer.WriteBoolean("swept", cycle.IsSwept);
            writer.WriteBoolean("cut_off_reached", cycle.CutOffReached);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void Efficiency()
    {
        if (report.Efficiency is not { } efficiency)
        {
            writer.WriteNull("ce_summary");
            return;
        }

        writer.WriteStartObject("ce_summary");
        writer.WriteNumber("cycles", efficiency.Count);
        Number("mean", efficiency.Mean);
        Number("first", efficiency.First);
        Number("last", efficiency.Last);
        Number("min", efficiency.Min);
        Number("max", efficiency.Max);
        writer.WriteEndObject();
    }

    private void Retention()
    {
        if (report.Retention is not { } retention)
        {
            writer.WriteNull("retention");
            return;
        }

        writer.WriteStartObject("retention");
        writer.WriteNumber("first_cycle", retention.FirstCycle);
        Number("first_mah", retention.FirstAmpHours * 1000);
        writer.WriteNumber("max_cycle", retention.MaxCycle);
        Number("max_mah", retention.MaxAmpHours * 1000);
        writer.WriteNumber("last_cycle", retention.LastCycle);
        Number("last_mah", retention.LastAmpHours * 1000);
        Number("last_of_first", retention.LastOfFirst);
        Number("last_of_max", retention.LastOfMax);
        writer.WriteEndObject();
    }

    private void Rate()
    {
        if (report.Rate is not { } rate)
        {
            writer.WriteNull("rate");
            return;
        }

        writer.WriteStartObject("rate");
        writer.WriteStartArray("levels");
        foreach (var level in rate.Levels)
        {
            writer.WriteStartObject();
            Number("current_a", level.Amperes);
            Number("current_ma_per_cm2", report.Density(level.Amperes));
            Number("c_rate", level.CRate);
            Number("mean_capacity_mah", level.MeanAmpHours * 1000);
            Number("mean_areal_capacity_mah_per_cm2", report.ArealCapacity(level.MeanAmpHours));
            Number("mean_specific_capacity_mah_per_g", report.SpecificCapacity(level.MeanAmpHours));
            writer.WriteNumber("first_cycle", level.FirstCycle);
            writer.WriteNumber("last_cycle", level.LastCycle);
            writer.WriteNumber("finished_cycles", level.FinishedCycles);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Number("return_of_level", rate.ReturnOf);
        Number("return_fraction", rate.ReturnFraction);
        writer.WriteEndObject();
    }

    private void Gitt()
    {
        if (report.Gitt is not { } gitt)
        {
            writer.WriteNull("gitt");
            return;
        }

        writer.WriteStartObject("gitt");
        writer.WriteString("geometry", gitt.Length is null ? null : gitt.Length.Spheres ? "spheres" : "slab");
        Number("length_cm", gitt.Length?.FormulaCentimetres);
        Strings("missing", gitt.Missing);
        writer.WriteStartArray("pulses");
        foreach (var pulse in gitt.Pulses)
        {
            writer.WriteStartObject();
            writer.WriteNumber("pulse", pulse.Number);
            Number("current_a", pulse.Amperes);
            Number("capacity_mah", pulse.AmpHours * 1000);
            Number("tau_s", pulse.TauSeconds);
            Number("start_v", pulse.StartVolts);
            Number("de_s_v", pulse.SteadyVolts);
            Number("de_t_v", pulse.TransientVolts);
            Number("ir_step_v", pulse.IrVolts);
            Number("d_cm2_per_s", pulse.DiffusionSquareCentimetresPerSecond);
            Number("d_tau_per_length2", pulse.Ratio);
            Flag("valid", pulse.Valid);
            Number("rest_end_dv_dt_mv_per_h", pulse.RestSlopeVoltsPerSecond * 3.6e6);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
