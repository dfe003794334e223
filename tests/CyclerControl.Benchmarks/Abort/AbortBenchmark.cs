using System.Diagnostics;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Benchmarks.Sampling;

namespace CyclerControl.Benchmarks.Abort;

/// <summary>
/// How long a short burns: hard shorts at random phases on all channels of a simulator in another process, which writes on its own clock
/// when each began and when its output was off. Rounds: all channels start, each gets one short, all that tripped are acknowledged.
/// </summary>
internal static class AbortBenchmark
{
    private const int ChannelsPerLink = 8;
    private const double ArmedAfterSeconds = 2;
    private const double ArmedAfterPeriods = 20;
    private const double SpreadSeconds = 2;
    private const double PatienceSeconds = 30; // A busy machine opens 64 run files slowly.

    public static readonly BenchmarkOption[] Options =
    [
        new("--shorts", 1000, 1, 1_000_000),
        new("--channels", 64, 1, 256),
        new("--rate", 10, 1, 1000),
        BenchmarkOption.Flag("--load"),
        BenchmarkOption.Flag("--realtime"),
    ];

    public static Report Run(BenchmarkOptions options)
    {
        var channels = (int)options["--channels"];
        var rate = options["--rate"];
        var wanted = Math.Max(1, (int)(options["--shorts"] * options["--scale"]));
        channels = Math.Min(channels, wanted);
        var folder = Directory.CreateTempSubdirectory("cycler-truth-").FullName;
        using var busy = options["--load"] > 0 ? new BusyMachine() : null;
        try
        {
            var started = Stopwatch.GetTimestamp();
            var links = (channels + ChannelsPerLink - 1) / ChannelsPerLink;
            var truth = Path.Combine(folder, "truth.jsonl");
            var ends = new RoundEnds();
            var earliest = Math.Max(ArmedAfterSeconds, ArmedAfterPeriods / rate);
            var latest = earliest + SpreadSeconds;
            using (var simulator = SimulatorProcess.Start(
                links, busy is not null, "--truth", truth, "--short-after", FormattableString.Invariant($"{earliest}-{latest}")))
            using (var station = new SampledStation(simulator.Instruments, channels, rate, options["--realtime"] > 0))
            {
                for (var shorts = 0; shorts < wanted; shorts += channels)
                    Round(station, busy, latest + PatienceSeconds, ends);
            }

            var latencies = ShortTruth.Latencies(Directory.GetFiles(folder));
            return Figures(latencies, ends, rate)
                .Say("seconds", Stopwatch.GetElapsedTime(started).TotalSeconds)
                .Say("exports_beside_it", busy?.Exports ?? 0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Round(SampledStation station, BusyMachine? busy, double patience, RoundEnds ends)
    {
        var runs = station.Channels.Select(channel => station.Run(channel, busy is null ? null : () => busy.NewRecorder(channel))).ToArray();
        var all = Task.WhenAll(runs);
        if (!all.Wait(TimeSpan.FromSeconds(patience)))
        {
            foreach (var (channel, run) in station.Channels.Zip(runs))
                Explain(station.HostOf(channel).Snapshot(channel), run.IsCompleted);
            station.EndAll();
        }

        foreach (var result in all.GetAwaiter().GetResult())
            ends.Add(result);
        busy?.FinishRuns();
        foreach (var channel in station.Channels)
            station.HostOf(channel).Acknowledge(channel);
    }

    private static void Explain(in ChannelSnapshot snapshot, bool isOver)
    {
        if (!isOver)
            Console.Error.WriteLine($"{snapshot.Channel} is not ended by its short: {snapshot.Volts * 1e3:0.##} mV; {snapshot.Arming.Explanation}");
    }

    private static Report Figures(List<double> latencies, RoundEnds ends, double rate)
    {
        var report = new Report()
            .Add("p50_ms", Percentile.Of(latencies, 0.5) * 1e3)
            .Add("p99_ms", Percentile.Of(latencies, 0.99) * 1e3)
            .Add("max_ms", Percentile.Of(latencies, 1) * 1e3)
            .Add("p99_periods", Percentile.Of(latencies, 0.99) * rate)
            .Add("missed", ends.Missed)
            .Say("shorts", latencies.Count)
            .Say("aim_ms", ((2 / rate) + 0.005) * 1e3);
        if (ends.OtherReason is { } reason)
            Console.Error.WriteLine($"not for a short: {reason}");
        return report;
    }

    private sealed class RoundEnds
    {
        /// <summary>Runs whose short was not what ended them.</summary>
        public int Missed { get; private set; }

        public string? OtherReason { get; private set; }

        public void Add(RunResult result)
        {
            if (result.Ending is { Short: not null })
                return;
            Missed++;
            OtherReason ??= result.Refusal ?? result.Ending?.Reason;
        }
    }
}
