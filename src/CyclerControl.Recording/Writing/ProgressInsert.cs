using CyclerControl.Core.Runs;
using CyclerControl.Recording.Schema;
using Microsoft.Data.Sqlite;

namespace CyclerControl.Recording.Writing;

/// <summary>The one row that says where the run stood at the last durable sample; in the same transaction as the samples.</summary>
internal sealed class ProgressInsert(SqliteConnection connection) : IDisposable
{
    private readonly RawStatement insert = new(
        connection, "INSERT OR REPLACE INTO progress VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

    private SampleRow latest;
    private long celsiusRows;
    private bool changed;

    /// <summary>Goes on counting.</summary>
    public void Resume(long celsiusRowsSoFar) => celsiusRows = celsiusRowsSoFar;

    public void Keep(in SampleRow row)
    {
        latest = row;
        changed = true;
        if (row.Celsius is not null)
            celsiusRows++;
    }

    /// <param name="sampleId">Id of the latest row.</param>
    public void Write(long sampleId)
    {
        if (!changed)
            return;
        insert.Bind(1, sampleId);
        insert.Bind(2, latest.TimeNanoseconds);
        insert.Bind(3, latest.StepCount);
        insert.Bind(4, latest.StepId);
        insert.Bind(5, latest.StepTimeNanoseconds);
        insert.Bind(6, latest.Cycle);
        insert.Bind(7, latest.HalfCycle);
        insert.Bind(8, latest.ChargingAmpHours);
        insert.Bind(9, latest.DischargingAmpHours);
        insert.Bind(10, latest.ChargingWattHours);
        insert.Bind(11, latest.DischargingWattHours);
        insert.Bind(12, latest.StepChargingAmpHours);
        insert.Bind(13, latest.StepDischargingAmpHours);
        insert.Bind(14, celsiusRows);
        insert.Run();
        changed = false;
    }

    public void Dispose() => insert.Dispose();
}
