using System.Runtime.InteropServices;

namespace CyclerControl.Recording.Reading;

/// <summary>
/// Blocks of <see cref="BlockRows"/> sample rows with their extremes: from them a long run is drawn without reading its rows. Grows with
/// the run; kept beside the run file when the run has ended. One thread at a time.
/// </summary>
public sealed class RunOverview
{
    /// <summary>Rows of one block.</summary>
    public const int BlockRows = 64;

    public const string FileName = "overview.bin";

    private const ulong Magic = 0x3230_564F_4C43_5943; // "CYCLOV02", little-endian

    private readonly List<SampleBucket> _blocks = [];

    /// <summary>Rows that the blocks cover.</summary>
    public long Rows => (long)_blocks.Count * BlockRows;

    /// <summary>The overview that is kept in a run's folder, or an empty one.</summary>
    public static RunOverview Load(string folder)
    {
        var overview = new RunOverview();
        var path = Path.Combine(folder, FileName);
        if (File.Exists(path))
        {
            overview.Take(File.ReadAllBytes(path));
        }

        return overview;
    }

    /// <summary>Adds the full blocks that have become durable since the last call.</summary>
    public void Extend(RunFileReader reader)
    {
        var rows = reader.SampleRows;
        if (rows - Rows >= BlockRows)
        {
            _blocks.AddRange(reader.Buckets(Rows + 1, rows / BlockRows * BlockRows, BlockRows));
        }
    }

    /// <summary>Writes it into the run's folder, whole or not at all.</summary>
    public void Save(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var fresh = path + ".new";
        using (var stream = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(MemoryMarshal.AsBytes([Magic, (ulong)_blocks.Count]));
            stream.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_blocks)));
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Rows <paramref name="first"/> to <paramref name="last"/> in at most <paramref name="buckets"/> pieces of about equal size.</summary>
    public IReadOnlyList<SampleBucket> Decimate(RunFileReader reader, long first, long last, int buckets)
    {
        var count = last - first + 1;
        if (count <= 0)
        {
            return [];
        }

        var width = ((count - 1) / buckets) + 1;
        if (width < 2 * BlockRows)
        {
            return [.. reader.Buckets(first, last, width)];
        }

        Extend(reader);
        var found = new List<SampleBucket>(buckets + 2);
        var from = first;
        for (var even = first + width - 1; from <= last; even += width)
        {
            var to = even >= last ? last : Math.Max(from, even / BlockRows * BlockRows);
            found.Add(Join(reader, from, to));
            from = to + 1;
        }

        return found;
    }

    /// <summary>Whole blocks where there are some; the rows before and after from the file.</summary>
    private SampleBucket Join(RunFileReader reader, long from, long to)
    {
        var firstBlock = (int)((from + BlockRows - 2) / BlockRows);
        var endBlock = (int)Math.Min(to / BlockRows, _blocks.Count);
        if (endBlock <= firstBlock)
        {
            return reader.Buckets(from, to, to - from + 1).Single();
        }

        SampleBucket? joined = from <= (long)firstBlock * BlockRows ? reader.Buckets(from, (long)firstBlock * BlockRows, BlockRows).Single() : null;
        for (var i = firstBlock; i < endBlock; i++)
        {
            joined = joined is { } before ? before.With(_blocks[i]) : _blocks[i];
        }

        var covered = (long)endBlock * BlockRows;
        return covered < to ? joined!.Value.With(reader.Buckets(covered + 1, to, to - covered).Single()) : joined!.Value;
    }

    /// <summary>A file that is not what was written is left aside: it is only a shortcut.</summary>
    private void Take(byte[] bytes)
    {
        if (bytes.Length < 16 || MemoryMarshal.Read<ulong>(bytes) != Magic)
        {
            return;
        }

        var blocks = MemoryMarshal.Cast<byte, SampleBucket>(bytes.AsSpan(16));
        if ((ulong)blocks.Length == MemoryMarshal.Read<ulong>(bytes.AsSpan(8)))
        {
            _blocks.AddRange(blocks);
        }
    }
}
