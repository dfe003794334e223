using CyclerControl.Recording.Schema;

namespace CyclerControl.Recording.Reading;

/// <content>Rows by their sequence number, for pages and plots. Sequence numbers are without gaps from 1.</content>
public sealed partial class RunFileReader
{
    /// <summary>Rows of one read transaction: well under a second.</summary>
    private const long RowsAtOnce = 262_144;

    /// <summary>Durable sample rows; the sequence number of the last one.</summary>
    public long SampleRows => connection.List("SELECT COALESCE(MAX(sample_id), 0) FROM samples", r => r.GetInt64(0)).Single();

    /// <summary>Sequence number of the first row at or after a test time; one more than there are rows when there is none.</summary>
    public long SeqAt(long timeNanoseconds)
    {
        using var time = new RawStatement(connection, "SELECT time_ns FROM samples WHERE sample_id = ?");
        long low = 1;
        var high = SampleRows + 1;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            time.Bind(1, middle);
            var isBefore = time.Next() && time.Integer(0) < timeNanoseconds;
            time.Reset();
            (low, high) = isBefore ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Rows <paramref name="first"/> to <paramref name="last"/>, each <paramref name="width"/> of them in one; the last piece may be shorter.</summary>
    internal IEnumerable<SampleBucket> Buckets(long first, long last, long width)
    {
        using var query = new RawStatement(
            connection,
            """
            SELECT MIN(sample_id), COUNT(*), MIN(time_ns), MAX(time_ns), MIN(volts), MAX(volts), MIN(amperes), MAX(amperes)
            FROM samples WHERE sample_id BETWEEN ?1 AND ?2 GROUP BY (sample_id - ?3) / ?4
            """);
        query.Bind(3, first);
        query.Bind(4, width);
        var atOnce = Math.Max(1, RowsAtOnce / width) * width;
        for (var from = first; from <= last; from += atOnce)
        {
            query.Bind(1, from);
            query.Bind(2, Math.Min(from + atOnce - 1, last));
            var page = new List<SampleBucket>();
            while (query.Next())
            {
                page.Add(new SampleBucket(
                    query.Integer(0), query.Integer(1), query.Integer(2), query.Integer(3), query.Real(4), query.Real(5), query.Real(6), query.Real(7)));
            }

            foreach (var bucket in page)
            {
                yield return bucket;
            }
        }
    }
}
