using CyclerControl.Benchmarks.Detection.Corpus;

namespace CyclerControl.Benchmarks.Detection.Scoring;

/// <summary>All healthy lives: the mass at 1 Hz, and beside it some readings at every other sampling.</summary>
internal sealed record HealthyCorpus(IReadOnlyDictionary<SamplingScheme, HealthySum> Sums, IReadOnlyList<string> Findings)
{
    private const double HoursPerYear = 8766;
    private const int FindingsKept = 10_000;

    public HealthySum All => HealthySum.Of(Sums.Values);

    public static HealthyCorpus Score(long seed, double years, double baselineYears, int threads)
    {
        var sums = new Dictionary<SamplingScheme, HealthySum>();
        var findings = new List<string>();
        foreach (var sampling in SamplingScheme.All)
        {
            var seconds = Lengths(sampling, years);
            var watched = Lengths(sampling, baselineYears).Length;
            var scores = new HealthyScore[seconds.Length];
            Parallel.For(0, seconds.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, index =>
            {
                var life = Streams.Healthy(seed, sampling, index, seconds[index]);
                scores[index] = HealthyScore.Of(life, FormattableString.Invariant($"--seed {seed} healthy {sampling.Name} life {index}"), index < watched);
            });
            sums[sampling] = HealthySum.Of(scores);
            findings.AddRange(scores.SelectMany(score => score.Findings).Take(FindingsKept - findings.Count));
        }

        return new HealthyCorpus(sums, findings);
    }

    /// <summary>Lives that fill the time; the last one is cut.</summary>
    private static double[] Lengths(SamplingScheme sampling, double years)
    {
        // Of the readings at 1 Hz: a twentieth at the high rates; of its time a tenth at the slow ones.
        var left = years * HoursPerYear * 3600 * (sampling switch
        {
            { PeriodSeconds: < 1 } => 0.05 * sampling.PeriodSeconds,
            { IsEventBased: true } => 0.02,
            { PeriodSeconds: > 1 } => 0.1,
            _ => 1,
        });
        var lengths = new List<double>();
        for (var index = 0L; left > 0; index++)
        {
            var length = Math.Min(left, Streams.HealthySeconds(sampling, index));
            lengths.Add(length);
            left -= length;
        }

        return [.. lengths];
    }
}
