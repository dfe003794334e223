using CyclerControl.Core.Runs;
using CyclerControl.Recording.Schema;
using Microsoft.Data.Sqlite;

namespace CyclerControl.Recording.Writing;

/// <summary>Writes sample rows: no allocation, and only what changed since the row before is bound again.</summary>
internal sealed class SampleInsert(SqliteConnection connection) : IDisposable
{
    private const int Columns = 12;

    private readonly RawStatement insert = new(connection, "INSERT INTO samples VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    private readonly PositionInsert positions = new(connection);

    // Bits of the bound values; unbound parameters are NULL, written here as not-a-number.
    private readonly long[] bound = Enumerable.Repeat(BitConverter.DoubleToInt64Bits(double.NaN), Columns + 1).ToArray();
    private int boundReason = -1;

    /// <summary>Goes on after the last row of a file that had been begun.</summary>
    public void Resume()
    {
        positions.Resume();
        if (positions.PositionId != 0)
            insert.Bind(2, positions.PositionId);
    }

    public void Write(in SampleRow row)
    {
        if (positions.Advance(in row))
            insert.Bind(2, positions.PositionId);
        insert.Bind(1, row.TimeNanoseconds);
        Bind(3, row.Volts);
        Bind(4, row.Amperes);
        Bind(5, row.Celsius ?? double.NaN);
        Bind(6, row.ChargingAmpHours);
        Bind(7, row.DischargingAmpHours);
        Bind(8, row.ChargingWattHours);
        Bind(9, row.DischargingWattHours);
        Bind(10, UnlessSame(row.ChargingAmpHours - positions.ChargingAtStart, row.StepChargingAmpHours));
        Bind(11, UnlessSame(row.DischargingAmpHours - positions.DischargingAtStart, row.StepDischargingAmpHours));
        if ((int)row.Reason != boundReason)
        {
            boundReason = (int)row.Reason;
            insert.Bind(12, boundReason);
        }

        insert.Run();
    }

    public void Dispose()
    {
        insert.Dispose();
        positions.Dispose();
    }

    /// <summary>NULL where the reader's own subtraction gives the very same number.</summary>
    private static double UnlessSame(double derived, double actual) => derived.Equals(actual) ? double.NaN : actual;

    private void Bind(int index, double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        if (bits == bound[index])
            return;
        bound[index] = bits;
        insert.Bind(index, value);
    }
}
