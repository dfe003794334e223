using CyclerControl.Core.Channels;

namespace CyclerControl.Core.Runs;

/// <summary>Charge and energy by the trapezoid over measured values and their own time stamps.</summary>
internal static class ChargeIntegrator
{
    private const double HoursPerNanosecond = 1e-9 / 3600;

    /// <summary>Adds the stretch from the last sample (or from the programmed change, if that came later) to this one.</summary>
    public static void Add(ref RunState state, in Sample sample)
    {
        if (state.Segment.Samples == 0 && !state.Segment.ContinuesCurrent)
        {
            // The current was switched at the start of the segment: the old one must not enter the trapezoid.
            var hours = (sample.TimeNanoseconds - state.Segment.StartNanoseconds) * HoursPerNanosecond;
            AddStretch(ref state.Totals, hours, sample.Amperes, sample.Volts, sample.Amperes, sample.Volts);
        }
        else
        {
            var hours = (sample.TimeNanoseconds - state.LastSampleNanoseconds) * HoursPerNanosecond;
            AddStretch(ref state.Totals, hours, state.LastAmperes, state.LastVolts, sample.Amperes, sample.Volts);
        }
    }

    /// <summary>What the instrument has counted in the step stands for what was integrated.</summary>
    public static void Replace(ref RunState state, int direction, in CountedCharge counted)
    {
        ref var start = ref state.Step.TotalsAtStart;
        if (direction > 0)
        {
            state.Totals.ChargingAmpHours = start.ChargingAmpHours + counted.AmpHours;
            state.Totals.ChargingWattHours = Energy(start.ChargingWattHours, state.Totals.ChargingWattHours, counted.WattHours);
        }
        else if (direction < 0)
        {
            state.Totals.DischargingAmpHours = start.DischargingAmpHours + counted.AmpHours;
            state.Totals.DischargingWattHours = Energy(start.DischargingWattHours, state.Totals.DischargingWattHours, counted.WattHours);
        }
    }

    /// <summary>Instruments count energy without a sign; on a symmetric cell a discharge takes energy up, and ours says so.</summary>
    private static double Energy(double start, double integrated, double? counted) =>
        counted is { } given ? start + Math.CopySign(given, integrated - start) : integrated;

    private static void AddStretch(ref ChargeTotals totals, double hours, double amperes0, double volts0, double amperes1, double volts1)
    {
        if (hours <= 0)
        {
            return;
        }

        if (amperes0 * amperes1 < 0)
        {
            // The current passed through zero: each side counts for itself.
            var share = amperes0 / (amperes0 - amperes1);
            var volts = volts0 + (share * (volts1 - volts0));
            AddOneSign(ref totals, hours * share, amperes0, volts0, 0, volts);
            AddOneSign(ref totals, hours * (1 - share), 0, volts, amperes1, volts1);
            return;
        }

        AddOneSign(ref totals, hours, amperes0, volts0, amperes1, volts1);
    }

    private static void AddOneSign(ref ChargeTotals totals, double hours, double amperes0, double volts0, double amperes1, double volts1)
    {
        var ampHours = 0.5 * (amperes0 + amperes1) * hours;
        var wattHours = 0.5 * ((amperes0 * volts0) + (amperes1 * volts1)) * hours;
        if (ampHours >= 0)
        {
            totals.ChargingAmpHours += ampHours;
            totals.ChargingWattHours += wattHours;
        }
        else
        {
            totals.DischargingAmpHours -= ampHours;
            totals.DischargingWattHours -= wattHours;
        }
    }
}
