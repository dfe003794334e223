using CyclerControl.Core.Runs;
using CyclerControl.Recording.Schema;
using Microsoft.Data.Sqlite;

namespace CyclerControl.Recording.Reading;

/// <summary>Sample rows in their order, a page at a time: constant memory, and no read transaction longer than a page takes.</summary>
internal sealed class SampleReader : IDisposable
{
    private const int PageRows = 8192;

    private readonly RawStatement page;
    private readonly RawStatement position;
    private readonly SampleRow[] rows = new SampleRow[PageRows];
    private long positionId;
    private int stepCount;
    private int stepId;
    private int cycle;
    private int halfCycle;
    private long stepZeroNanoseconds;
    private double chargingAtStart;
    private double dischargingAtStart;

    public SampleReader(SqliteConnection connection)
    {
        page = new RawStatement(connection, FormattableString.Invariant(
            $"""
            SELECT sample_id, time_ns, position_id, volts, amperes, celsius, charging_ah, discharging_ah, charging_wh, discharging_wh,
                step_charging_ah, step_discharging_ah, reason
            FROM samples WHERE sample_id > ? ORDER BY sample_id LIMIT {PageRows}
            """));
        position = new RawStatement(
            connection,
            "SELECT step_count, step_id, cycle, half_cycle, step_zero_ns, charging_ah_at_start, discharging_ah_at_start FROM positions WHERE position_id = ?");
    }

    /// <param name="afterSampleId">Rows with a greater id.</param>
    public IEnumerable<SampleRow> Rows(long afterSampleId)
    {
        var last = afterSampleId;
        int count;
        do
        {
            count = ReadPage(ref last);
            for (var i = 0; i < count; i++)
                yield return rows[i];
        }
        while (count == PageRows);
    }

    /// <summary>One row; null when there is none of this id.</summary>
    public SampleRow? Row(long sampleId)
    {
        page.Bind(1, sampleId - 1);
        SampleRow? row = null;
        if (page.Next() && page.Integer(0) == sampleId)
        {
            MoveTo(page.Integer(2));
            row = Read();
        }

        page.Reset();
        return row;
    }

    public void Dispose()
    {
        page.Dispose();
        position.Dispose();
    }

    private int ReadPage(ref long last)
    {
        page.Bind(1, last);
        var count = 0;
        while (page.Next())
        {
            last = page.Integer(0);
            MoveTo(page.Integer(2));
            rows[count++] = Read();
        }

        return count;
    }

    private SampleRow Read()
    {
        var time = page.Integer(1);
        var charging = page.Real(6);
        var discharging = page.Real(7);
        return new SampleRow(
            time, page.Real(3), page.Real(4), page.RealOrNull(5), time - stepZeroNanoseconds, stepCount, stepId, cycle, halfCycle, charging,
            discharging, page.Real(8), page.Real(9), page.RealOrNull(10) ?? (charging - chargingAtStart),
            page.RealOrNull(11) ?? (discharging - dischargingAtStart), (RowReason)page.Integer(12));
    }

    private void MoveTo(long id)
    {
        if (id == positionId)
            return;
        position.Bind(1, id);
        if (!position.Next())
            throw new RecordingException($"run file: sample rows point at position {id}, which is missing; the file is damaged, restore it from a copy");
        stepCount = (int)position.Integer(0);
        stepId = (int)position.Integer(1);
        cycle = (int)position.Integer(2);
        halfCycle = (int)position.Integer(3);
        stepZeroNanoseconds = position.Integer(4);
        chargingAtStart = position.Real(5);
        dischargingAtStart = position.Real(6);
        position.Reset();
        positionId = id;
    }
}
