using System.Diagnostics;
using CyclerControl.Benchmarks.Detection.Corpus;
using CyclerControl.Benchmarks.Detection.Scoring;

namespace CyclerControl.Benchmarks.Detection;

/// <summary>
/// Scores the product's detector on cells of our own model: false alarms on healthy lives, delays and misses on lives with a planted fault, nearness of its CUSUMs
/// to the best possible test; beside it, on the same readings, what a lab would have otherwise.
/// </summary>
internal static class DetectionBenchmark
{
    public static readonly BenchmarkOption[] Options =
    [
        new("--channel-years", 3, 1e-5, 10_000),
        new("--seed", Streams.FirstScoringSeed, 0, 1e15),
        new("--threads", 2, 1, 64),
        new("--baseline-years", 3, 0, 10_000),
        new("--list", 0, 0, 1),
    ];

    public static Report Run(BenchmarkOptions options)
    {
        var years = options["--channel-years"] * options["--scale"];
        var seed = (long)options["--seed"];
        var threads = (int)options["--threads"];
        var started = Stopwatch.GetTimestamp();
        var healthy = HealthyCorpus.Score(seed, years, Math.Min(years, options["--baseline-years"]), threads);
        var healthySeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var faults = FaultCorpus.Score(seed, years, threads);
        var efficiency = EfficiencyFigures.Measure(seed, Math.Clamp(years / 3, 1e-3, 1), threads);
        if (options["--list"] > 0)
        {
            foreach (var line in healthy.Findings.Concat(faults.Findings))
                Console.Error.WriteLine(line);
        }

        return DetectionReport.Write(healthy, faults, efficiency)
            .Add("seed", seed)
            .Add("healthy_seconds", healthySeconds)
            .Add("seconds", Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}
