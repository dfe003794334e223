using System.Text.Json;
using CyclerControl.Benchmarks.Detection.Corpus;
using CyclerControl.Benchmarks.Detection.Scoring;
using CyclerControl.Repository.Tests.Script;

namespace CyclerControl.Repository.Tests.Benchmarks.Detection;

/// <summary>Both benchmarks at a size that says nothing about the detector.</summary>
public sealed class DetectionBenchmarkTests
{
    private static readonly string[] Keys =
    [
        "healthy_samples", "channel_years", "false_aborts", "false_alarms_per_1000_channel_hours", "ci_high", "missed_hard", "unobservable_hard",
        "delay_hard_p99_samples", "delay_5pct_p99_samples", "efficiency_min", "contact_loss_as_short",
    ];

    [Fact]
    public void Detection_Small_HasItsKeysAndTheSameOfEachBaseline()
    {
        var figures = Run("detection", "--json", "--channel-years", "0.003");

        Assert.All(Keys, key => Assert.True(figures.TryGetProperty(key, out _), key));
        var baselines = figures.GetProperty("baselines").EnumerateObject().ToArray();
        Assert.Equal(["voltage_window", "voltage_step", "page_hinkley", "adwin", "moving_mean"], baselines.Select(one => one.Name));
        Assert.All(baselines, baseline => Assert.All(Keys, key => Assert.True(baseline.Value.TryGetProperty(key, out _), $"{baseline.Name}: {key}")));
        Assert.InRange(figures.GetProperty("healthy_samples").GetDouble(), 90_000, 130_000);
        Assert.InRange(figures.GetProperty("channel_years").GetDouble(), 0.003, 0.006);
        Assert.Equal(Streams.FirstScoringSeed, figures.GetProperty("seed").GetInt64());
    }

    [Fact]
    public void Detector_Small_AllocatesNothing()
    {
        var figures = Run("detector", "--json", "--scale", "0.01");

        Assert.True(figures.GetProperty("ns_per_sample").GetDouble() > 0);
        Assert.True(figures.GetProperty("floor_ns_per_sample").GetDouble() > 0);
        Assert.Equal(0, figures.GetProperty("alloc_bytes").GetDouble());
    }

    [Fact]
    public void Scores_OtherThreads_AreTheSame()
    {
        var one = HealthyCorpus.Score(3, 0.002, 0.001, threads: 1);
        var two = HealthyCorpus.Score(3, 0.002, 0.001, threads: 2);

        Assert.Equal(one.All with { Baselines = [] }, two.All with { Baselines = [] });
        Assert.Equal(one.All.Baselines, two.All.Baselines);
        Assert.Equal(one.Findings, two.Findings);
    }

    [Fact]
    public void FaultScore_HardShortsOnClearLevels_AreArmedAndAbortWithinTwoSamples()
    {
        var group = FaultGroup.All.First(one => one.Kind == FaultKind.HardShort);
        var scores = Enumerable.Range(0, 60).Select(index => FaultScore.Of(group, 3, index)).Where(score => score.Armed).ToArray();

        Assert.True(scores.Length > 20);
        Assert.InRange(scores.Count(score => score.Abort is { Samples: 1 or 2 }), 0.95 * scores.Length, scores.Length);
        Assert.All(scores, score => Assert.NotNull(score.CalledShort));
        Assert.All(scores, score => Assert.NotNull(score.Baselines[0]));
    }

    [Fact]
    public void Trace_OfALife_IsCsvThatEndsAfterTheFault()
    {
        var run = Start("trace", "hard_1Hz", "--seed", "3", "--index", "0");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("time_s,voltage_V,current_A", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, Start("trace", "no_such_life").ExitCode);
    }

    private static JsonElement Run(params string[] arguments)
    {
        var run = Start(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Output.TrimEnd().Split('\n')[^1]).RootElement;
    }

    private static ProcessRun Start(params string[] arguments)
    {
        var program = AppContext.BaseDirectory.Replace("CyclerControl.Repository.Tests", "CyclerControl.Benchmarks", StringComparison.Ordinal);
        return ProcessRun.Start("dotnet", [Path.Combine(program, "CyclerControl.Benchmarks.dll"), .. arguments]);
    }
}
