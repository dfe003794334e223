using CyclerControl.Benchmarks.Detection.Corpus;
using CyclerControl.Core.Detection.Rules;

namespace CyclerControl.Benchmarks.Detection.Theory;

/// <summary>How near the product's bank comes to the best test there is for one size of step.</summary>
/// <param name="Step">Sigma.</param>
/// <param name="MatchedRunLength">Exact ARL1 of the CUSUM that was made for this step (k = step / 2), from S = 0, at the same ARL0: Lorden's bound in finite form.</param>
/// <param name="KnownDelay">Mean delay of the bank, mean and sigma known, samples; 1 is the first sample of the step.</param>
/// <param name="LearntDelay">The same, mean and sigma estimated from the samples before the step.</param>
/// <param name="LearningSamples">How many those were.</param>
internal sealed record BankEfficiency(double Step, double MatchedRunLength, double KnownDelay, double LearntDelay, int LearningSamples)
{
    /// <summary>Learning goes on over this multiple of the delay.</summary>
    private const double LearningDelays = 20;

    private const int LeastLearning = 100;

    public double Known => MatchedRunLength / KnownDelay;

    public double Learnt => MatchedRunLength / LearntDelay;

    public static BankEfficiency Measure(CusumBankSettings settings, double step, double runLength, int trials, long seed)
    {
        var matched = CusumChain.RunLength(step / 2, CusumChain.Threshold(step / 2, runLength), step);
        var learning = Math.Max(LeastLearning, (int)Math.Ceiling(2 * LearningDelays * matched));
        var random = new SeededRandom(seed, (long)(step * 1000));
        var bank = new CusumBank(settings);
        var known = 0L;
        var learnt = 0L;
        for (var trial = 0; trial < trials; trial++)
        {
            known += Delay(ref bank, random, step, 0, 1);
            var (mean, sigma) = Learn(random, learning);
            learnt += Delay(ref bank, random, step, mean, sigma);
        }

        return new BankEfficiency(step, matched, known / (double)trials, learnt / (double)trials, learning);
    }

    /// <summary>From a bank at zero, the worst moment for a step to come (Lorden).</summary>
    private static long Delay(ref CusumBank bank, SeededRandom random, double step, double mean, double sigma)
    {
        bank.Reset();
        for (var n = 1L; ; n++)
        {
            if (bank.Step((random.Normal() + step - mean) / sigma) != 0)
                return n;
        }
    }

    private static (double Mean, double Sigma) Learn(SeededRandom random, int samples)
    {
        var mean = 0.0;
        var squares = 0.0;
        for (var n = 1; n <= samples; n++)
        {
            var value = random.Normal();
            var deviation = value - mean;
            mean += deviation / n;
            squares += deviation * (value - mean);
        }

        return (mean, Math.Sqrt(squares / (samples - 1)));
    }
}
