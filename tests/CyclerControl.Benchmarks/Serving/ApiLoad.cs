using System.Diagnostics;
using System.Net.Http.Headers;

namespace CyclerControl.Benchmarks.Serving;

/// <summary>People who watch, and programs that ask, for a while.</summary>
internal static class ApiLoad
{
    private static readonly string[] s_questions = ["api/v1/channels", "api/v1/station", "api/v1/channels/c1/1", "api/v1/runs/last"];

    /// <returns>Times of the requests in ms, and how many pieces the viewers got.</returns>
    public static async Task<(double[] Milliseconds, long Pieces)> RunAsync(ServedStation service, int viewers, double requestsPerSecond, TimeSpan time)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1000 }) { BaseAddress = service.Url, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", service.Token);
        using var over = new CancellationTokenSource(time);
        long pieces = 0;
        var watching = Enumerable.Range(0, viewers).Select(_ => WatchAsync(http, () => Interlocked.Increment(ref pieces), over.Token)).ToArray();
        var asked = new List<Task<double>>();
        var started = Stopwatch.GetTimestamp();
        using var ticker = new PeriodicTimer(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        while (!over.IsCancellationRequested)
        {
            var due = (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * requestsPerSecond);
            while (asked.Count < due)
                asked.Add(AskAsync(http, s_questions[asked.Count % s_questions.Length]));
            await ticker.WaitForNextTickAsync(CancellationToken.None);
        }

        await Task.WhenAll(watching);
        return (await Task.WhenAll(asked), pieces);
    }

    private static async Task<double> AskAsync(HttpClient http, string path)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task WatchAsync(HttpClient http, Action piece, CancellationToken over)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("api/v1/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, over);
            answer.EnsureSuccessStatusCode();
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(over));
            while (await reader.ReadLineAsync(over) is { } line)
            {
                if (line.StartsWith("data:", StringComparison.Ordinal))
                    piece();
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
        }
    }
}
