using System.Diagnostics;
using CyclerControl.Benchmarks.Sampling;
using CyclerControl.Client.Channels;

namespace CyclerControl.Benchmarks.Serving;

/// <summary>
/// A service with 16 running channels is killed (SIGKILL) at random moments and started again, over and over. Acknowledged is what its
/// API had last reported as durable before the kill. A kill proves nothing about fsync: what the system had in memory survives it.
/// </summary>
internal static class KillBenchmark
{
    private const int Links = 2;
    private const int ChannelsEach = 8;
    private const double WatchdogSeconds = 30; // of the profile scpi-cycler-8ch
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private const string Protocol = """
        protocol: bench
        version: 1
        measure: cycling
        cell: { kind: symmetric, area: ask }
        record: { every: 100 ms }
        sample: { every: 100 ms }
        limits: { voltage: { min: -1 V, max: 1 V } }
        on_restart: { resume_within: 15 min }
        steps:
          - repeat: 10000
            steps:
              - plate: 0.1 mA/cm2
                for: 3 s
              - strip: 0.1 mA/cm2
                for: 3 s
        """;

    public static readonly BenchmarkOption[] Options = [new("--times", 100, 1, 10_000), new("--seed", 1, 0, 1e9)];

    public static Report Run(BenchmarkOptions options) =>
        RunAsync(Math.Max(1, (int)(options["--times"] * options["--scale"])), (int)options["--seed"]).GetAwaiter().GetResult();

    private static async Task<Report> RunAsync(int times, int seed)
    {
        var folder = Directory.CreateTempSubdirectory("cycler-kill-").FullName;
        var data = Path.Combine(folder, "data");
        var truth = Directory.CreateDirectory(Path.Combine(folder, "truth")).FullName;
        var random = new Random(seed);
        var acknowledged = new AcknowledgedRows(data);
        var backAfter = new List<double>();
        var longestLife = 0.0;
        try
        {
            using (var simulator = SimulatorProcess.Start(Links, isUndisturbed: false, "--truth", Path.Combine(truth, "truth.jsonl")))
            {
                var service = ServedStation.Start(data, simulator.Instruments);
                try
                {
                    await service.StartAllAsync(simulator.Instruments, ChannelsEach, Protocol);
                    var born = Stopwatch.GetTimestamp();
                    for (var i = 0; i < times; i++)
                    {
                        await AllRunAsync(service);
                        await Task.Delay(TimeSpan.FromSeconds(0.3 + (random.NextDouble() * 1.7)), TimeProvider.System);
                        acknowledged.Remember(await service.Client.ChannelsAsync());
                        service.Dispose();
                        longestLife = Math.Max(longestLife, Stopwatch.GetElapsedTime(born).TotalSeconds);
                        acknowledged.CompareAfterKill();
                        born = Stopwatch.GetTimestamp();
                        service = ServedStation.Start(data, simulator.Instruments);
                        await AllRunAsync(service);
                        backAfter.Add(Stopwatch.GetElapsedTime(born).TotalSeconds);
                    }

                    await service.Client.StopAllAsync(new WishRequest());
                    acknowledged.Remember(await service.Client.ChannelsAsync());
                }
                finally
                {
                    service.Dispose();
                }

                acknowledged.CompareAtTheEnd();
            }

            backAfter.Sort();
            return new Report()
                .Add("kills", times)
                .Add("lost", acknowledged.Lost)
                .Add("duplicates", acknowledged.Duplicates)
                .Add("output_on_too_long", OutputTruth.LongerThan(Directory.GetFiles(truth), longestLife + WatchdogSeconds))
                .Add("acknowledged", acknowledged.Acknowledged)
                .Add("rows", acknowledged.Rows)
                .Add("steps", acknowledged.Steps)
                .Add("seconds_to_running_p50", backAfter[backAfter.Count / 2])
                .Add("seconds_to_running_max", backAfter[^1]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task AllRunAsync(ServedStation service)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var channels = await service.Client.ChannelsAsync();
            if (channels.All(c => c.State == "running"))
                return;
            if (Stopwatch.GetElapsedTime(started) > s_patience)
                throw new InvalidOperationException("runs did not go on: " + string.Join("; ", channels.Where(c => c.State != "running").Select(c => $"{c.Channel} {c.State} {c.Message}")));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
