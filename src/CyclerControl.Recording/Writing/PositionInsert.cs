using CyclerControl.Core.Runs;
using CyclerControl.Recording.Schema;
using Microsoft.Data.Sqlite;

namespace CyclerControl.Recording.Writing;

/// <summary>
/// What stays the same from row to row within a step is written once, as a position: step, cycle, the zero of the step's clock (which moves
/// when a pause ends), and the totals at the step's start, from which each row's step charge follows.
/// </summary>
internal sealed class PositionInsert(SqliteConnection connection) : IDisposable
{
    private readonly RawStatement insert = new(connection, "INSERT INTO positions VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    private int stepCount;
    private int stepId;
    private int cycle;
    private int halfCycle;
    private long stepZeroNanoseconds;

    /// <summary>Goes on after the last position of a file that had been begun.</summary>
    public void Resume()
    {
        using var last = new RawStatement(
            connection,
            "SELECT position_id, step_count, step_id, cycle, half_cycle, step_zero_ns, charging_ah_at_start, discharging_ah_at_start FROM positions ORDER BY position_id DESC LIMIT 1");
        if (!last.Next())
            return;
        PositionId = last.Integer(0);
        stepCount = (int)last.Integer(1);
        stepId = (int)last.Integer(2);
        cycle = (int)last.Integer(3);
        halfCycle = (int)last.Integer(4);
        stepZeroNanoseconds = last.Integer(5);
        ChargingAtStart = last.Real(6);
        DischargingAtStart = last.Real(7);
        last.Reset();
    }

    /// <summary>Of the latest row; 0 before the first.</summary>
    public long PositionId { get; private set; }

    /// <summary>Charge with I > 0 when the step started, Ah.</summary>
    public double ChargingAtStart { get; private set; }

    /// <summary>Charge with I &lt; 0 when the step started, Ah.</summary>
    public double DischargingAtStart { get; private set; }

    /// <returns>True when a new position was begun.</returns>
    public bool Advance(in SampleRow row)
    {
        var zero = row.TimeNanoseconds - row.StepTimeNanoseconds;
        if (PositionId != 0 && row.StepCount == stepCount && zero == stepZeroNanoseconds
            && row.StepId == stepId && row.Cycle == cycle && row.HalfCycle == halfCycle)
        {
            return false;
        }

        if (PositionId == 0 || row.StepCount != stepCount)
        {
            ChargingAtStart = row.ChargingAmpHours - row.StepChargingAmpHours;
            DischargingAtStart = row.DischargingAmpHours - row.StepDischargingAmpHours;
        }

        stepCount = row.StepCount;
        stepId = row.StepId;
        cycle = row.Cycle;
        halfCycle = row.HalfCycle;
        stepZeroNanoseconds = zero;
        PositionId++;
        insert.Bind(1, PositionId);
        insert.Bind(2, stepCount);
        insert.Bind(3, stepId);
        insert.Bind(4, cycle);
        insert.Bind(5, halfCycle);
        insert.Bind(6, stepZeroNanoseconds);
        insert.Bind(7, ChargingAtStart);
        insert.Bind(8, DischargingAtStart);
        insert.Run();
        return true;
    }

    public void Dispose() => insert.Dispose();
}
