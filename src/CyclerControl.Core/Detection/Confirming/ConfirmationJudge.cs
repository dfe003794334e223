using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Detection.Confirming;

/// <summary>
/// Judges the confirmation of a suspected short from its pulses: a metal path conducts alike in both directions at once, and leaves less
/// resistance than temperature and pressure explain. Pure; one thread; allocates only its verdict.
/// </summary>
/// <remarks>
/// The resistance is (V_along - V_reversed) / (I_along - I_reversed), each the mean of the second half of its pulse: free of offset and of what has not
/// relaxed. Expected is V / I of the healthy cell at the full current, which is the least that a cell with interface kinetics shows at a
/// quarter of it (asinh). The rest alone is judged by the detector's own rule for rests.
/// </remarks>
public sealed class ConfirmationJudge
{
    /// <summary>Confirmed below this part of the healthy resistance: +3 K and a re-torqued stack together leave 0.71 (4 %/K, 20 %).</summary>
    public const double LargestFraction = 0.65;

    /// <summary>Largest relative difference of the resistances of the two directions.</summary>
    public const double LargestAsymmetry = 0.1;

    private DetectionEvent? _suspicion;
    private double _expectedOhms;
    private double _offsetVolts;
    private Mean _reversed;
    private Mean _along;

    /// <summary>A confirmation begins.</summary>
    /// <param name="suspicion">What is to be confirmed; without an expected voltage nothing can be.</param>
    public void Begin(DetectionEvent suspicion)
    {
        _suspicion = suspicion;
        _expectedOhms = suspicion is { ExpectedVolts: { } volts, Amperes: not 0 } ? Math.Abs(volts / suspicion.Amperes) : 0;
        _offsetVolts = 0;
        _reversed = default;
        _along = default;
    }

    /// <summary>One sample of the confirmation.</summary>
    /// <param name="ageSeconds">Since the programmed change, s.</param>
    /// <param name="stageSeconds">How long the stage lasts, s: its second half is used.</param>
    public void Observe(ConfirmationStage stage, in Sample sample, double ageSeconds, double stageSeconds)
    {
        if (ageSeconds < stageSeconds / 2)
        {
            return;
        }

        switch (stage)
        {
            case ConfirmationStage.Rest:
                _offsetVolts = sample.Volts;
                break;
            case ConfirmationStage.Reversed:
                _reversed.Add(sample);
                break;
            case ConfirmationStage.Along:
                _along.Add(sample);
                break;
            default:
                break;
        }
    }

    /// <returns>The suspicion as an abort when a short is confirmed; null when it is not.</returns>
    public DetectionEvent? Verdict(double timeSeconds)
    {
        if (_suspicion is not { } suspicion || _expectedOhms == 0 || _reversed.Count < 3 || _along.Count < 3)
        {
            return null;
        }

        var ohms = (_along.Volts - _reversed.Volts) / (_along.Amperes - _reversed.Amperes);
        var along = (_along.Volts - _offsetVolts) / _along.Amperes;
        var against = (_reversed.Volts - _offsetVolts) / _reversed.Amperes;
        var asymmetry = Math.Abs(along - against) / Math.Max(Math.Abs(ohms), double.Epsilon);
        var threshold = LargestFraction * _expectedOhms;
        if (ohms >= threshold || asymmetry > LargestAsymmetry)
        {
            return null;
        }

        double? path = ohms > 0 ? 1 / ((1 / ohms) - (1 / _expectedOhms)) : null;
        return suspicion with
        {
            Severity = DetectionSeverity.Abort,
            TimeSeconds = timeSeconds,
            Statistic = ohms,
            Threshold = threshold,
            ShortOhms = path,
            Explanation = FormattableString.Invariant(
                $"{suspicion.Explanation} Confirmed: small pulses against and along the current both found {ohms:0.##} ohm where the healthy cell has at least {_expectedOhms:0.##} ohm."),
        };
    }

    private struct Mean
    {
        private double _volts;
        private double _amperes;

        public int Count { get; private set; }

        public readonly double Volts => _volts / Count;

        public readonly double Amperes => _amperes / Count;

        public void Add(in Sample sample)
        {
            _volts += sample.Volts;
            _amperes += sample.Amperes;
            Count++;
        }
    }
}
