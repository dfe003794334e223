using CyclerControl.Core.Detection.Models;

namespace CyclerControl.Core.Detection.Rules;

/// <summary>Parameters of rule 1.</summary>
/// <param name="Fraction">|V| below this fraction of the expected one is a collapse: R_s of 0.5-20 ohm beside cells of 15-300 ohm is far below.</param>
/// <param name="Samples">So many in a row: 2 removes the single bad record and keeps the delay at 2 samples.</param>
/// <param name="FloorVolts">What no channel resolves, V, before its offset and noise are added.</param>
/// <param name="NoiseSigmas">Noise in the floor, standard deviations.</param>
/// <param name="ArmingFloors">Armed while the expected |V| is at least so many floors: then 1/5 of it is still above the floor.</param>
/// <param name="CountedNoiseVolts">
/// In them the noise counts up to this, V: the worst measured channel has 78 uV, and a timing that disturbs the first readings must not make blind.
/// </param>
/// <param name="ClearSigmas">And so many standard deviations, all of them counted, above one floor: no noise takes a healthy cell there twice.</param>
/// <param name="StartSeconds">
/// A short that was there when the half-cycle began is called after this time, s: slow cyclers need 0.1-1 s to reverse, and cross 0 V on the way.
/// </param>
/// <param name="StartedFraction">The reversal counts as done when V has reached this fraction of what the last half-cycle promises.</param>
/// <param name="CollectorSeconds">Li || collector: V must have had the sign of I, above <paramref name="ArmingFloors"/> floors, for so long in this half-cycle, s.</param>
/// <param name="CollapseFraction">
/// Full cells while discharging: the sample before the collapse must have been above this fraction, or it is the end of the discharge.
/// </param>
/// <param name="LargestOffsetVolts">Largest offset of a symmetric cell's first rest that is corrected, V.</param>
public sealed record HardShortSettings(
    double Fraction = 0.2,
    int Samples = 2,
    double FloorVolts = 0.5e-3,
    double NoiseSigmas = 4,
    double ArmingFloors = 5,
    double CountedNoiseVolts = 0.2e-3,
    double ClearSigmas = 8,
    double StartSeconds = 1,
    double StartedFraction = 0.5,
    double CollectorSeconds = 30,
    double CollapseFraction = 0.5,
    double LargestOffsetVolts = 5e-3)
{
    /// <summary>V_floor: |V| below which nothing can be told, V.</summary>
    /// <param name="offsetVolts">Offset uncertainty, V.</param>
    /// <param name="noiseVolts">Standard deviation of the readings, V.</param>
    internal double Floor(double offsetVolts, double noiseVolts) => FloorVolts + offsetVolts + NoiseSigmas * noiseVolts;

    /// <summary>Expected |V| from which the rule is armed, V.</summary>
    /// <param name="offsetVolts">Offset uncertainty, V.</param>
    /// <param name="noiseVolts">Standard deviation of the readings, V.</param>
    internal double ArmingVolts(double offsetVolts, double noiseVolts) => Math.Max(
        ArmingFloors * Floor(offsetVolts, Math.Min(noiseVolts, CountedNoiseVolts)), Floor(offsetVolts, noiseVolts) + ClearSigmas * noiseVolts);
}

/// <summary>Rule 1, hard short: |V| below a fifth of the expected one in two consecutive samples.</summary>
internal sealed class HardShortRule
{
    private readonly HardShortSettings _settings;
    private double _before;
    private int _count;

    public HardShortRule(HardShortSettings settings) => _settings = settings;

    /// <summary>Time of the first low sample, s.</summary>
    public double OnsetSeconds { get; private set; }

    /// <summary>|V| that had to be reached, V.</summary>
    public double ThresholdVolts { get; private set; }

    /// <summary>True while the last sample was low: the model must not learn from it.</summary>
    public bool Suspects => _count > 0;

    public void Reset()
    {
        _count = 0;
        _before = double.PositiveInfinity;
    }

    /// <summary>True while the cell is shorted.</summary>
    /// <param name="expectedVolts">|V| of the healthy cell, V.</param>
    /// <param name="floorVolts">V_floor, V.</param>
    /// <param name="armingVolts">Expected |V| from which it is judged, V.</param>
    /// <param name="mustCollapse">True where a healthy cell too comes down to nothing, only slower.</param>
    public bool Observe(in DirectedSample sample, double expectedVolts, double floorVolts, double armingVolts, bool mustCollapse)
    {
        var size = Math.Abs(sample.Volts);
        ThresholdVolts = Math.Max(floorVolts, _settings.Fraction * expectedVolts);
        if (expectedVolts < armingVolts || size >= ThresholdVolts)
        {
            _before = size;
            _count = 0;
            return false;
        }

        if (_count == 0)
        {
            if (mustCollapse && _before < _settings.CollapseFraction * expectedVolts)
            {
                return false;
            }

            OnsetSeconds = sample.TimeSeconds;
        }

        _count++;
        return _count >= _settings.Samples;
    }
}
