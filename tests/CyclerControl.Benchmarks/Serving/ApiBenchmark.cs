using CyclerControl.Benchmarks.Sampling;
using CyclerControl.Client.Stations;

namespace CyclerControl.Benchmarks.Serving;

/// <summary>
/// What people who look do to the sampling: 64 channels at 10 Hz in a service of its own process, first alone, then in a fresh service with
/// viewers on the stream and requests; lateness of the links as the service itself counts it, each from the start of its runs.
/// </summary>
internal static class ApiBenchmark
{
    private const int Links = 8;
    private const int Viewers = 50;
    private const double RequestsPerSecond = 200;

    private const string Protocol = """
        protocol: bench
        version: 1
        measure: cycling
        cell: { kind: symmetric, area: ask }
        record: { every: 1 s }
        sample: { every: 100 ms }
        limits: { voltage: { min: -1 V, max: 1 V } }
        steps:
          - plate: 0.1 mA/cm2
            for: 10 h
        """;

    public static readonly BenchmarkOption[] Options = [new("--seconds", 30, 1, 3600)];

    public static Report Run(BenchmarkOptions options) => RunAsync(TimeSpan.FromSeconds(Math.Max(1, options["--seconds"] * options["--scale"]))).GetAwaiter().GetResult();

    private static async Task<Report> RunAsync(TimeSpan time)
    {
        var folder = Directory.CreateTempSubdirectory("cycler-api-").FullName;
        try
        {
            using var simulator = SimulatorProcess.Start(Links, isUndisturbed: false);
            var idle = await PhaseAsync(Path.Combine(folder, "idle"), simulator, time, isLoaded: false);
            var loaded = await PhaseAsync(Path.Combine(folder, "loaded"), simulator, time, isLoaded: true);
            Array.Sort(loaded.Requests);
            return new Report()
                .Add("p99_us_idle", idle.P99)
                .Add("p99_us_loaded", loaded.P99)
                .Add("ratio_p99", loaded.P99 / idle.P99)
                .Add("request_p99_ms", loaded.Requests.Length == 0 ? 0 : loaded.Requests[(int)((loaded.Requests.Length - 1) * 0.99)])
                .Add("rss_mb", loaded.Bytes / 1e6)
                .Add("missed_idle", idle.Missed)
                .Add("missed_loaded", loaded.Missed)
                .Add("requests", loaded.Requests.Length)
                .Add("stream_pieces", loaded.Pieces);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Phase> PhaseAsync(string data, SimulatorProcess simulator, TimeSpan time, bool isLoaded)
    {
        using var service = ServedStation.Start(data, simulator.Instruments);
        await service.StartAllAsync(simulator.Instruments, 8, Protocol);
        var (requests, pieces) = await ApiLoad.RunAsync(service, isLoaded ? Viewers : 0, isLoaded ? RequestsPerSecond : 0, time);
        var beats = (await service.Client.StationAsync()).Instruments.Select(i => i.Lateness).OfType<LatenessStatus>().ToList();
        var phase = new Phase(Median.Of([.. beats.Select(b => b.P99Microseconds)]), beats.Sum(b => b.Missed), requests, pieces, service.WorkingSet);
        foreach (var instrument in simulator.Instruments)
        {
            for (var n = 1; n <= 8; n++)
                await service.Client.WishAsync(FormattableString.Invariant($"{instrument.Name}/{n}"), "stop", new Client.Channels.WishRequest());
        }

        return phase;
    }

    private sealed record Phase(double P99, long Missed, double[] Requests, long Pieces, long Bytes);
}
