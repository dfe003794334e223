namespace CyclerControl.Core.Detection.Rules;

/// <summary>Parameters of rule 4, two-level switching.</summary>
/// <param name="Fraction">A step counts from this fraction of the healthy voltage on; measured telegraph shorts have 8-60 %.</param>
/// <param name="NoiseSigmas">And from so many standard deviations of the noise on.</param>
/// <param name="Pairs">Down-up pairs.</param>
/// <param name="Seconds">Within this time, s. Measured dwell times are 0.3-0.7 s in the median, seconds in the mean.</param>
public sealed record TelegraphSettings(double Fraction = 0.05, double NoiseSigmas = 6, int Pairs = 3, double Seconds = 60);

/// <summary>Rule 4, telegraph: the voltage switches down from the healthy level and up again, and again.</summary>
internal sealed class TelegraphRule
{
    private const int MostPairs = 16;
    private readonly TelegraphSettings _settings;
    private readonly double[] _downs = new double[MostPairs];
    private int _pairs;
    private double _low;
    private double _high;
    private double _downSeconds;

    public TelegraphRule(TelegraphSettings settings) => _settings = settings;

    /// <summary>The voltage is down: the way up must not be missed.</summary>
    public bool Down { get; private set; }

    /// <summary>Lowest V of the last time down, V.</summary>
    public double LowVolts { get; private set; }

    /// <summary>First way down of the pairs that tell, s.</summary>
    public double OnsetSeconds { get; private set; }

    public void Reset()
    {
        Down = false;
        _pairs = 0;
        _high = double.NegativeInfinity;
    }

    /// <param name="referenceVolts">What a healthy cell would show, V.</param>
    /// <param name="noiseVolts">Standard deviation of the readings, V.</param>
    /// <returns>True at the way up that completes enough pairs.</returns>
    public bool Observe(double timeSeconds, double volts, double referenceVolts, double noiseVolts)
    {
        var step = Math.Max(_settings.Fraction * referenceVolts, _settings.NoiseSigmas * noiseVolts);
        if (!Down)
        {
            _high = Math.Min(Math.Max(_high, volts), referenceVolts);
            if (volts < referenceVolts - step && volts < _high - step)
            {
                Down = true;
                _low = volts;
                _downSeconds = timeSeconds;
            }

            return false;
        }

        _low = Math.Min(_low, volts);
        if (volts < Math.Max(_low + step, (_low + Math.Min(_high, referenceVolts)) / 2))
        {
            return false;
        }

        Down = false;
        LowVolts = _low;
        _high = volts;
        _downs[_pairs++ % MostPairs] = _downSeconds;
        var needed = Math.Min(_settings.Pairs, MostPairs);
        if (_pairs < needed)
        {
            return false;
        }

        OnsetSeconds = _downs[(_pairs - needed) % MostPairs];
        return timeSeconds - OnsetSeconds <= _settings.Seconds;
    }
}
