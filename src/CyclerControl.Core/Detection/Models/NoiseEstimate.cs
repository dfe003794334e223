namespace CyclerControl.Core.Detection.Models;

/// <summary>
/// Standard deviation of the channel's voltage noise: 1.4826 x median of the first absolute residuals, then a slow stochastic median. Outliers move it by one
/// small step, whatever their size. One estimate serves the run: noise belongs to the instrument.
/// </summary>
internal sealed class NoiseEstimate
{
    private const int FirstResiduals = 31;
    private const double MedianOfAbsoluteNormal = 0.67449;

    /// <summary>Standard deviation of a second difference of white noise of 1.</summary>
    private const double BendOfNoise = 2.449490;

    /// <summary>Median of the lesser of |residual| and |second difference| / sqrt(6) of white noise of 1, by simulation.</summary>
    private const double MedianOfLesser = 0.384;

    private const double StepFraction = 2e-3;

    private readonly double[] _first = new double[FirstResiduals];
    private readonly double _leastVolts;
    private int _count;

    /// <param name="initialVolts">Assumed until it is measured, V.</param>
    /// <param name="leastVolts">Never below this, V: quantised readings can repeat exactly.</param>
    public NoiseEstimate(double initialVolts, double leastVolts)
    {
        SigmaVolts = initialVolts;
        _leastVolts = leastVolts;
    }

    public double SigmaVolts { get; private set; }

    /// <summary>Measured, no longer assumed.</summary>
    public bool Known => _count == FirstResiduals;

    /// <summary>Half of the absolute residuals should be above this, V.</summary>
    public double MedianVolts => MedianOfAbsoluteNormal * SigmaVolts;

    /// <param name="residualVolts">Of the model.</param>
    /// <param name="bendVolts">
    /// The second difference of the readings. Whatever the model misses makes residuals large, a bent curve makes second differences large: noise makes both.
    /// </param>
    public void Observe(double residualVolts, double bendVolts)
    {
        var size = Math.Min(Math.Abs(residualVolts), Math.Abs(bendVolts) / BendOfNoise);
        if (_count < FirstResiduals)
        {
            _first[_count++] = size;
            if (_count == FirstResiduals)
            {
                Array.Sort(_first);
                SigmaVolts = Math.Max(_leastVolts, _first[FirstResiduals / 2] / MedianOfLesser);
            }

            return;
        }

        Observe(size > MedianOfLesser * SigmaVolts ? 1 : 0, 1);
    }

    /// <summary>Takes several residuals in, once it is known.</summary>
    /// <param name="above">How many were above <see cref="MedianVolts"/>.</param>
    /// <param name="samples">Of so many.</param>
    public void Observe(int above, int samples) =>
        SigmaVolts = Math.Max(_leastVolts, SigmaVolts * (1 + StepFraction * (2 * above - samples)));
}
