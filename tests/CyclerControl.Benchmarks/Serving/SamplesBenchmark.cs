using System.Diagnostics;
using System.Net.Http.Headers;
using CyclerControl.Core.Channels;
using CyclerControl.Recording.Catalogue;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Writing;
using CyclerControl.Service.Runs;

namespace CyclerControl.Benchmarks.Serving;

/// <summary>How long a plot of a long run takes: 1,000 pieces of ten million rows over HTTP, from a service that has just started.</summary>
internal static class SamplesBenchmark
{
    private const int Rows = 10_000_000;
    private const int Buckets = 1000;
    private const int Repeats = 5;

    public static Report Run(double scale) => RunAsync(Math.Max(2000, (int)(Rows * scale))).GetAwaiter().GetResult();

    private static async Task<Report> RunAsync(int rows)
    {
        var folder = Directory.CreateTempSubdirectory("cycler-samples-").FullName;
        try
        {
            var run = Record(DataFolder.Open(folder), rows);
            var cold = Stopwatch.GetTimestamp();
            RunOverviews.Save(Path.Combine(folder, "runs", run));
            var overview = Stopwatch.GetElapsedTime(cold).TotalMilliseconds;
            using var service = ServedStation.Start(folder, [new InstrumentAddress("idle", "simulated-8ch", new Uri("sim://?cells=li-lpsc-li"))]);
            using var http = new HttpClient { BaseAddress = service.Url };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", service.Token);
            await http.GetStringAsync(new Uri("api/v1/runs/" + run, UriKind.Relative));
            var whole = new Uri(FormattableString.Invariant($"api/v1/runs/{run}/samples?buckets={Buckets}"), UriKind.Relative);
            var (firstFirst, firstTotal) = await AskAsync(http, whole);
            var first = new double[Repeats];
            var total = new double[Repeats];
            for (var i = 0; i < Repeats; i++)
                (first[i], total[i]) = await AskAsync(http, whole);
            var zoom = new Uri(FormattableString.Invariant($"api/v1/runs/{run}/samples?buckets={Buckets}&from={rows / 2}&to={(rows / 2) + 400_000}"), UriKind.Relative);
            var (_, zoomed) = await AskAsync(http, zoom);
            return new Report()
                .Add("rows", rows)
                .Add("first_byte_ms", Median.Of(first))
                .Add("total_ms", Median.Of(total))
                .Add("first_request_first_byte_ms", firstFirst)
                .Add("first_request_total_ms", firstTotal)
                .Add("zoom_400000_rows_total_ms", zoomed)
                .Add("overview_ms", overview);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Record(DataFolder data, int rows)
    {
        var folder = data.CreateRun(new ChannelId("bench", 1), TimeProvider.System, new Random(1));
        var header = RecordRows.Header(folder.RunId);
        var catalogue = new RunCatalogue(data);
        catalogue.Add(header);
        using var host = new RecorderHost();
        using var recorder = host.Open(folder, header, new RecorderOptions { Clock = ClockKind.Virtual, RowsPerCommit = 10_000 });
        for (var n = 0; n < rows; n++)
            recorder.Append(RecordRows.Row(n));
        var ending = RecordRows.Ending(rows);
        if (!recorder.Finish(ending))
            throw new InvalidOperationException(recorder.Status.Failure);
        catalogue.SetEnding(header, ending);
        return folder.RunId;
    }

    private static async Task<(double FirstByte, double Total)> AskAsync(HttpClient http, Uri path)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[64 << 10];
        await body.ReadExactlyAsync(buffer.AsMemory(0, 1));
        var first = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        while (await body.ReadAsync(buffer) > 0)
        {
        }

        return (first, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }
}
