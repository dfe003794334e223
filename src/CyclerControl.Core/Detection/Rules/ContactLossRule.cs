using CyclerControl.Core.Detection.Models;

namespace CyclerControl.Core.Detection.Rules;

/// <summary>Parameters of rule 10.</summary>
/// <param name="Ratio">R / R at the start of the half-cycle from which it is told; arcing of healthy half-cycles ends at 1.05-1.5.</param>
/// <param name="StepRatio">Growth is timed in steps of this fraction of the start.</param>
/// <param name="Acceleration">A step that takes less than this fraction of the time of the one before is accelerating; steady growth takes the same.</param>
/// <param name="StartSeconds">The start is taken at this age, s: relaxation after the reversal is over.</param>
/// <param name="StartSamples">And after so many samples.</param>
/// <param name="RunawayVolts">Settled |V| of a cell of two lithium electrodes beyond which polarisation runs away, V: no interface of lithium needs a volt.</param>
public sealed record ContactLossSettings(
    double Ratio = 2, double StepRatio = 0.5, double Acceleration = 0.8, double StartSeconds = 60, int StartSamples = 10, double RunawayVolts = 1);

/// <summary>Rule 10, contact loss: |V| grows past twice its start, and faster and faster. The opposite of a short, and never called one.</summary>
internal sealed class ContactLossRule
{
    /// <summary>It must have grown by so much: what starts there has a voltage of its own and is another kind of cell.</summary>
    private const double RunawayRatio = 1.25;

    private readonly ContactLossSettings _settings;
    private double? _startVolts;
    private double _stepVolts;
    private double _stepSeconds;
    private double _stepDuration;
    private int _samples;

    public ContactLossRule(ContactLossSettings settings) => _settings = settings;

    /// <summary>Where the half-cycle began, V; null before it is known.</summary>
    public double? StartVolts => _startVolts;

    /// <summary>When the present step of growth began, s.</summary>
    public double OnsetSeconds { get; private set; }

    public void Reset()
    {
        _startVolts = null;
        _samples = 0;
    }

    /// <summary>The level is beyond what any lithium interface needs.</summary>
    public bool RunsAway(in DirectedSample sample, double levelVolts) =>
        levelVolts > _settings.RunawayVolts && _startVolts * RunawayRatio < _settings.RunawayVolts && sample.AgeSeconds >= _settings.StartSeconds;

    /// <param name="levelVolts">Smoothed |V|, V.</param>
    /// <param name="samples">Samples since the last call.</param>
    /// <returns>True at the sample at which the growth is known to accelerate.</returns>
    public bool Observe(in DirectedSample sample, double levelVolts, int samples)
    {
        _samples += samples;
        if (_startVolts is not { } start)
        {
            if (_samples > _settings.StartSamples && sample.AgeSeconds >= _settings.StartSeconds && levelVolts > 0)
            {
                _startVolts = levelVolts;
                NextStep(sample.TimeSeconds, double.PositiveInfinity, levelVolts * (1 + _settings.StepRatio));
            }

            return false;
        }

        if (levelVolts < _stepVolts)
        {
            return false;
        }

        var duration = sample.TimeSeconds - _stepSeconds;
        var accelerates = levelVolts >= _settings.Ratio * start && duration < _settings.Acceleration * _stepDuration;
        OnsetSeconds = _stepSeconds;
        NextStep(sample.TimeSeconds, duration, _stepVolts + _settings.StepRatio * start);
        return accelerates;
    }

    private void NextStep(double timeSeconds, double durationBefore, double volts)
    {
        _stepSeconds = timeSeconds;
        _stepDuration = durationBefore;
        _stepVolts = volts;
    }
}
