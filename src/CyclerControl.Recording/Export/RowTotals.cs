using CyclerControl.Core.Runs;

namespace CyclerControl.Recording.Export;

/// <summary>Totals of the run, the cycle and the step, and ordinal numbers, as the rows go by.</summary>
internal sealed class RowTotals
{
    private int step;
    private int cycle;
    private ChargeTotals atStep;
    private ChargeTotals atCycle;

    public ChargeTotals Run { get; private set; }

    public ChargeTotals Cycle { get; private set; }

    public ChargeTotals Step { get; private set; }

    /// <summary>From 1.</summary>
    public long RecordIndex { get; private set; }

    /// <summary>From 1 within the step.</summary>
    public long StepRecordIndex { get; private set; }

    public void Advance(in SampleRow row)
    {
        var now = new ChargeTotals
        {
            ChargingAmpHours = row.ChargingAmpHours,
            DischargingAmpHours = row.DischargingAmpHours,
            ChargingWattHours = row.ChargingWattHours,
            DischargingWattHours = row.DischargingWattHours,
        };
        if (row.StepCount != step)
        {
            // Every step's last sample is a row: the energy there is where the next step begins. (Rows carry their step's charge.)
            atStep = Run with
            {
                ChargingAmpHours = row.ChargingAmpHours - row.StepChargingAmpHours,
                DischargingAmpHours = row.DischargingAmpHours - row.StepDischargingAmpHours,
            };
            if (row.Cycle != cycle)
                atCycle = atStep;
            step = row.StepCount;
            cycle = row.Cycle;
            StepRecordIndex = 0;
        }

        RecordIndex++;
        StepRecordIndex++;
        Run = now;
        Cycle = now.Since(in atCycle);
        Step = now.Since(in atStep) with
        {
            ChargingAmpHours = row.StepChargingAmpHours,
            DischargingAmpHours = row.StepDischargingAmpHours,
        };
    }
}
