using CyclerControl.Benchmarks.Detection.Baselines;
using CyclerControl.Benchmarks.Detection.Theory;

namespace CyclerControl.Benchmarks.Detection;

/// <summary>Efficiency of the product's bank and of the baselines that can be compared with a CUSUM.</summary>
internal sealed record EfficiencyFigures(BankCalibration Calibration, IReadOnlyList<BankEfficiency> Bank, IReadOnlyDictionary<string, BaselineEfficiency> Baselines)
{
    /// <summary>Mean time to a false alarm at which bank and matched CUSUM are compared, samples.</summary>
    public const double RunLength = 1e6;

    private const int Trials = 20_000;
    private const int Alarms = 1000;
    private const int LeastAlarms = 4;

    public static readonly double[] Steps = [0.5, 1, 2, 3, 5];

    public double LeastLearnt => Bank.Min(one => one.Learnt);

    public double LeastKnown => Bank.Min(one => one.Known);

    public static EfficiencyFigures Measure(long seed, double scale, int threads)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        var calibration = BankCalibration.Fit(RunLength, Math.Max(LeastAlarms, (int)(scale * Alarms)), seed);
        var trials = Math.Max(50, (int)(scale * Trials));
        var bank = new BankEfficiency[Steps.Length];
        Parallel.For(0, Steps.Length, options, i => bank[i] = BankEfficiency.Measure(calibration.Settings, Steps[i], RunLength, trials, seed));
        var baselines = new Dictionary<string, BaselineEfficiency>(StringComparer.Ordinal);
        foreach (var baseline in new IBaseline[] { new PageHinkley(), new Adwin(), new MovingMean() })
            baselines[baseline.Name] = BaselineEfficiency.Measure(baseline, Steps, Math.Max(50, trials / 20), seed);
        return new EfficiencyFigures(calibration, bank, baselines);
    }
}
