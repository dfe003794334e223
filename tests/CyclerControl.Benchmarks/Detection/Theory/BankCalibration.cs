using CyclerControl.Benchmarks.Detection.Corpus;
using CyclerControl.Core.Detection.Rules;

namespace CyclerControl.Benchmarks.Detection.Theory;

/// <summary>
/// Thresholds at which the product's bank has a given mean time to a false alarm. Each CUSUM gets the same ARL0 of its own (exact, Markov chain), and that common
/// ARL0 is raised until the four together, which share their noise, have the one that was asked for; measured by simulation.
/// </summary>
/// <param name="Settings">The bank's.</param>
/// <param name="RunLength">Measured ARL0 of the whole bank, samples: of a last simulation that the fitting did not see.</param>
/// <param name="Alarms">False alarms in that simulation; the standard error is RunLength / sqrt(Alarms).</param>
/// <param name="OwnRunLength">ARL0 of each CUSUM by itself, samples.</param>
internal sealed record BankCalibration(CusumBankSettings Settings, double RunLength, int Alarms, double OwnRunLength)
{
    private const int Rounds = 3;
    private const double FirstGuess = 2.6;

    /// <param name="alarms">False alarms to wait for in the last simulation; each round of fitting waits for half as many.</param>
    public static BankCalibration Fit(double runLength, int alarms, long seed)
    {
        var own = FirstGuess * runLength;
        for (var round = 0; round < Rounds; round++)
            own *= runLength / Simulate(WithOwnRunLength(own, CusumChain.CoarseStates), Math.Max(1, alarms / 2), new SeededRandom(seed, round));
        var settings = WithOwnRunLength(own, CusumChain.States);
        return new BankCalibration(settings, Simulate(settings, alarms, new SeededRandom(seed, Rounds)), alarms, own);
    }

    /// <summary>The references of the product, thresholds for this ARL0 of each by itself.</summary>
    public static CusumBankSettings WithOwnRunLength(double runLength, int states)
    {
        var defaults = new CusumBankSettings();
        return defaults with
        {
            Threshold1 = CusumChain.Threshold(defaults.Reference1, runLength, states),
            Threshold2 = CusumChain.Threshold(defaults.Reference2, runLength, states),
            Threshold3 = CusumChain.Threshold(defaults.Reference3, runLength, states),
            Threshold4 = CusumChain.Threshold(defaults.Reference4, runLength, states),
        };
    }

    /// <returns>Mean samples from a fresh bank to its alarm on white noise of known mean and sigma.</returns>
    private static double Simulate(CusumBankSettings settings, int alarms, SeededRandom random)
    {
        var bank = new CusumBank(settings);
        var samples = 0L;
        for (var n = 0; n < alarms; n++)
        {
            bank.Reset();
            do
                samples++;
            while (bank.Step(random.Normal()) == 0);
        }

        return samples / (double)alarms;
    }
}
