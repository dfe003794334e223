using CyclerControl.Benchmarks.Abort;
using CyclerControl.Benchmarks.Sampling;
using CyclerControl.Core.Runs;

namespace CyclerControl.Benchmarks.Peer;

/// <summary>
/// Eight channels read, judged and switched off: a link of ours on its fastest grid, and the loop that a lab writes with pyvisa, one after the
/// other in five alternating blocks against the same simulator, which plants shorts in both.
/// </summary>
internal static class PeerBenchmark
{
    private const int Blocks = 5;
    private const int Channels = 8;
    private const double Amperes = -0.5e-3 * 0.785; // As our protocol: 0.5 mA/cm2, plating.
    private const double WarmSeconds = 4; // Each channel has had its first short, and the code for it is compiled.
    private const double EarliestSeconds = 1.5;
    private const double LatestSeconds = 2.5;

    public static readonly BenchmarkOption[] Options = [new("--seconds", 60, 1, 86_400), new("--rate", 1000, 1, 1000)];

    public static Report Run(BenchmarkOptions options)
    {
        var seconds = options["--seconds"] * options["--scale"] / Blocks;
        var folder = Directory.CreateTempSubdirectory("cycler-peer-").FullName;
        try
        {
            var span = FormattableString.Invariant($"{EarliestSeconds}-{LatestSeconds}");
            using var forOurs = SimulatorProcess.Start(1, isUndisturbed: false, "--truth", Path.Combine(folder, "ours"), "--short-after", span);
            using var forPeer = SimulatorProcess.Start(1, isUndisturbed: false, "--truth", Path.Combine(folder, "peer"), "--short-after", span);
            var ours = new List<VisaFigures>();
            var peer = new List<VisaFigures>();
            Ours(forOurs, options["--rate"], Math.Min(WarmSeconds, seconds));
            for (var block = 0; block < Blocks; block++)
            {
                ours.Add(Ours(forOurs, options["--rate"], seconds));
                peer.Add(VisaLoop.Run(forPeer.Instruments[0], seconds, Amperes));
            }

            return new Report()
                .Add("ours", Figures(ours, ShortTruth.Latencies([Path.Combine(folder, "ours")])))
                .Add("pyvisa", Figures(peer, ShortTruth.Latencies([Path.Combine(folder, "peer")])));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Each channel runs again as soon as its short has ended it.</summary>
    private static VisaFigures Ours(SimulatorProcess simulator, double rate, double seconds)
    {
        using var station = new SampledStation(simulator.Instruments, Channels, rate);
        var host = station.Hosts[0];
        var begun = station.Clock.NowNanoseconds;
        var cpu = Environment.CpuUsage.TotalTime;
        var until = begun + Nanoseconds.FromSeconds(seconds);
        var samples = Task.WhenAll(station.Channels.Select(async channel =>
        {
            var taken = 0L;
            while (station.Clock.NowNanoseconds < until)
            {
                var run = station.Run(channel);
                await Task.WhenAny(run, Task.Delay(TimeSpan.FromSeconds(Math.Max(0, (until - station.Clock.NowNanoseconds) * 1e-9)), TimeProvider.System));
                host.End(channel);
                await run;
                taken += host.Snapshot(channel).Samples;
                host.Acknowledge(channel);
            }

            return taken;
        })).GetAwaiter().GetResult().Sum();
        return new VisaFigures(samples, (station.Clock.NowNanoseconds - begun) * 1e-9, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }

    private static Report Figures(List<VisaFigures> blocks, List<double> latencies)
    {
        latencies.Sort();
        return new Report()
            .Add("samples_per_s", Median.Of([.. blocks.Select(b => b.Samples / b.Seconds)]))
            .Add("cpu_us_per_sample", Median.Of([.. blocks.Select(b => b.CpuSeconds * 1e6 / b.Samples)]))
            .Add("abort_p50_ms", latencies.Count == 0 ? double.NaN : latencies[latencies.Count / 2] * 1e3)
            .Add("abort_p99_ms", latencies.Count == 0 ? double.NaN : latencies[(int)(latencies.Count * 0.99)] * 1e3)
            .Add("abort_max_ms", latencies.Count == 0 ? double.NaN : latencies[^1] * 1e3)
            .Add("aborts", latencies.Count);
    }
}
