using CyclerControl.Benchmarks.Detection.Corpus;
using CyclerControl.Benchmarks.Detection.Theory;

namespace CyclerControl.Benchmarks.Detection.Baselines;

/// <summary>The same comparison for a baseline, at the ARL0 that its own defaults have on white noise.</summary>
/// <param name="RunLength">Mean time to a false alarm, samples; if none came, the samples that were tried.</param>
/// <param name="Least">Worst ratio of the matched CUSUM's ARL1 to the measured mean delay.</param>
internal sealed record BaselineEfficiency(double RunLength, double Least)
{
    private const int HealthyBefore = 300;
    private const int MostDelay = 100_000;
    private const double LeastRunLength = 50;

    public static BaselineEfficiency Measure(IBaseline baseline, double[] steps, int trials, long seed)
    {
        var random = new SeededRandom(seed, 77);
        var runLength = Math.Max(LeastRunLength, FalseAlarms(baseline, random, trials));
        return new BaselineEfficiency(runLength, steps.Min(step =>
            CusumChain.RunLength(step / 2, CusumChain.Threshold(step / 2, runLength, CusumChain.CoarseStates), step, CusumChain.CoarseStates) / Delay(baseline, random, step, trials)));
    }

    private static double FalseAlarms(IBaseline baseline, SeededRandom random, int trials)
    {
        var alarms = 0;
        var samples = 0L;
        baseline.Reset();
        for (; samples < 10_000L * trials && alarms < trials; samples++)
        {
            if (!baseline.Observe(Reading(random.Normal())))
                continue;
            alarms++;
            baseline.Reset();
        }

        return samples / (double)Math.Max(1, alarms);
    }

    /// <summary>Trials that alarm before the step are thrown away.</summary>
    private static double Delay(IBaseline baseline, SeededRandom random, double step, int trials)
    {
        var total = 0.0;
        for (var trial = 0; trial < trials;)
        {
            baseline.Reset();
            var early = false;
            for (var n = 0; n < HealthyBefore && !early; n++)
                early = baseline.Observe(Reading(random.Normal()));
            if (early)
                continue;
            var delay = 1;
            while (delay < MostDelay && !baseline.Observe(Reading(random.Normal() - step)))
                delay++;
            total += delay;
            trial++;
        }

        return total / trials;
    }

    private static BaselineReading Reading(double z) => new(z, 1, z, true, IsFull: false);
}
