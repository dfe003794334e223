using CyclerControl.Core.Detection.Models;

namespace CyclerControl.Core.Detection.Rules;

/// <summary>Parameters of the fast half of rule 3.</summary>
/// <param name="Reference">CUSUM reference k, sigma: half of the smallest drop looked for, 5 % at a relative floor of 1 %.</param>
/// <param name="Threshold">
/// CUSUM threshold h, sigma: above the 5.5 that one winsorised reading can add, so that no single record alarms; the mean time to a false alarm on white noise is
/// exp(2 k h) / 2 k^2, beyond 1e20 samples.
/// </param>
/// <param name="Winsor">Residuals are clipped to this, sigma.</param>
/// <param name="SmallestFraction">Smaller drops are not reported.</param>
/// <param name="AbortFraction">Below this fraction of the model it may end the run.</param>
/// <param name="AbortSeconds">For so long, s.</param>
/// <param name="AbortSamples">And in so many samples.</param>
/// <param name="SuspectedWeight">How much the model still learns while the CUSUM is above zero.</param>
/// <param name="FrozenSeconds">After an alarm the model waits so long for the voltage to come back, s; then it accepts the new level.</param>
/// <param name="FrozenSamples">And so many samples.</param>
public sealed record DropSettings(
    double Reference = 2.5,
    double Threshold = 10,
    double Winsor = 8,
    double SmallestFraction = 0.05,
    double AbortFraction = 0.5,
    double AbortSeconds = 30,
    int AbortSamples = 10,
    double SuspectedWeight = 0.2,
    double FrozenSeconds = 120,
    int FrozenSamples = 40);

/// <summary>Rule 3, fast: a one-sided winsorised CUSUM on the residual of the half-cycle's own model.</summary>
internal sealed class DropRule
{
    private readonly DropSettings _settings;
    private BreachTimer _half;
    private double _sumVolts;
    private int _count;
    private bool _alarmed;
    private double _alarmSeconds;
    private int _alarmSamples;
    private bool _accepts;

    public DropRule(DropSettings settings) => _settings = settings;

    /// <summary>CUSUM, sigma.</summary>
    public double Statistic { get; private set; }

    public double OnsetSeconds { get; private set; }

    /// <summary>What the model expected when it began, V.</summary>
    public double ReferenceVolts { get; private set; }

    /// <summary>Mean fraction lost since the onset.</summary>
    public double Fraction => _count == 0 ? 0 : 1 - _sumVolts / _count / ReferenceVolts;

    /// <summary>How much the model may learn from the last sample, 0 to 1.</summary>
    public double LearningWeight => _alarmed ? 0 : Statistic > 0 ? _settings.SuspectedWeight : 1;


    public void Reset()
    {
        Statistic = 0;
        _half = default;
        _count = 0;
        _alarmed = false;
        _accepts = false;
    }

    /// <summary>True once, when the new level has lasted: the model is to start again from it.</summary>
    public bool TakeAcceptance()
    {
        var accepts = _accepts;
        _accepts = false;
        return accepts;
    }

    /// <param name="expectedVolts">The model's expectation, V, positive.</param>
    /// <param name="sigmaVolts">Its standard deviation, V.</param>
    /// <returns>The severity while a drop lasts; null otherwise.</returns>
    public DetectionSeverity? Observe(in DirectedSample sample, double expectedVolts, double sigmaVolts)
    {
        if (Statistic <= 0)
        {
            ReferenceVolts = expectedVolts;
            OnsetSeconds = sample.TimeSeconds;
            _sumVolts = 0;
            _count = 0;
            _half = default;
            _alarmed = false;
        }

        var reference = _alarmed ? ReferenceVolts : expectedVolts;
        var z = Math.Clamp((reference - sample.Volts) / sigmaVolts, -_settings.Winsor, _settings.Winsor);
        Statistic = Math.Clamp(Statistic + z - _settings.Reference, 0, 2 * _settings.Threshold);
        _sumVolts += sample.Volts;
        _count++;
        var halved = _half.Observe(
            sample.Volts < _settings.AbortFraction * ReferenceVolts, sample.TimeSeconds, _settings.AbortSamples, _settings.AbortSeconds);
        return Verdict(sample.TimeSeconds, halved);
    }

    private DetectionSeverity? Verdict(double timeSeconds, bool halved)
    {
        if (!_alarmed)
        {
            if (Statistic <= _settings.Threshold || Fraction < _settings.SmallestFraction)
            {
                return null;
            }

            _alarmed = true;
            _alarmSeconds = timeSeconds;
            _alarmSamples = 0;
        }

        _alarmSamples++;
        if (_alarmSamples > _settings.FrozenSamples && timeSeconds - _alarmSeconds >= _settings.FrozenSeconds)
        {
            Reset();
            _accepts = true;
            return null;
        }

        return halved ? DetectionSeverity.Abort : DetectionSeverity.Suspect;
    }
}
