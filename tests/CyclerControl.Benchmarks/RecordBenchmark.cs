using System.Diagnostics;
using CyclerControl.Core.Channels;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Writing;

namespace CyclerControl.Benchmarks;

/// <summary>
/// Rows durable per second at 1,000 rows a commit, through the recorder as the product uses it (queue, recorder thread, run file), beside a
/// plain sequential write and fdatasync of the same bytes. Alternating blocks, medians.
/// </summary>
internal static class RecordBenchmark
{
    private const int Blocks = 5;
    private const int AllRowsPerBlock = 1_000_000;
    private const int RowsPerCommit = 1000;

    public static Report Run(double scale)
    {
        var rowsPerBlock = Math.Max(1, (int)(scale * AllRowsPerBlock / RowsPerCommit)) * RowsPerCommit;
        var folder = Directory.CreateTempSubdirectory("cycler-record-").FullName;
        try
        {
            var data = DataFolder.Open(folder);
            Record(data, rowsPerBlock / 10); // warm
            var ours = new double[Blocks];
            var floor = new double[Blocks];
            var ratios = new double[Blocks];
            var allocated = 0L;
            var bytesPerRow = 0.0;
            for (var block = 0; block < Blocks; block++)
            {
                var recorded = Record(data, rowsPerBlock);
                bytesPerRow = recorded.FileBytes / (double)rowsPerBlock;
                allocated = recorded.AllocatedBytes;
                ours[block] = recorded.Seconds;
                floor[block] = PlainWrite.Seconds(Path.Combine(folder, "plain"), (int)(bytesPerRow * RowsPerCommit), rowsPerBlock / RowsPerCommit);
                ratios[block] = ours[block] / floor[block];
            }

            return new Report()
                .Add("rows_per_s", Math.Round(rowsPerBlock / Median.Of(ours)))
                .Add("bytes_per_row", bytesPerRow)
                .Add("floor_ratio", Median.Of(ratios))
                .Add("alloc_bytes_per_row", allocated / (double)rowsPerBlock)
                .Add("floor_rows_per_s", Math.Round(rowsPerBlock / Median.Of(floor)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (double Seconds, long AllocatedBytes, long FileBytes) Record(DataFolder data, int rows)
    {
        using var host = new RecorderHost();
        var folder = data.CreateRun(new ChannelId("bench", 1), TimeProvider.System, new Random(Environment.TickCount));
        var path = folder.Path;
        using var recorder = host.Open(
            folder, RecordRows.Header(folder.RunId), new RecorderOptions { Clock = ClockKind.Virtual, RowsPerCommit = RowsPerCommit });
        recorder.Flush();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        for (var n = 0; n < rows; n++)
            recorder.Append(RecordRows.Row(n));
        if (!recorder.Flush())
            throw new InvalidOperationException(recorder.Status.Failure);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        recorder.Finish(RecordRows.Ending(rows));
        var bytes = new FileInfo(recorder.RunFilePath).Length;
        Directory.Delete(path, recursive: true);
        return (seconds, allocated, bytes);
    }
}
