namespace CyclerControl.Core.Detection.Rules;

/// <summary>Parameters of rule 7.</summary>
/// <param name="Fraction">V at rest / V under load below this fraction of its first value: charge that should relax slowly has leaked away.</param>
/// <param name="Seconds">The rest is read at this age, s.</param>
/// <param name="LatestSeconds">And not later than this, s.</param>
/// <param name="DecayFromSeconds">Full cells: the decay of the open circuit is measured from this age on, s; the fast relaxation is over.</param>
/// <param name="DecayLeastSeconds">Over so long at least, s.</param>
/// <param name="DecayRatio">A decay so many times as fast as in the first such rest is a path beside the cell.</param>
/// <param name="DecayVoltsPerHour">And faster than this by itself, V/h: relaxation differs from cycle to cycle.</param>
/// <param name="RestCurrentFraction">More than this fraction of the current before it is no rest but a sweep: 1 % of the voltage is nothing beside half of it.</param>
public sealed record RestSettings(
    double Fraction = 0.5,
    double Seconds = 10,
    double LatestSeconds = 20,
    double DecayFromSeconds = 600,
    double DecayLeastSeconds = 600,
    double DecayRatio = 3,
    double DecayVoltsPerHour = 0.01,
    double RestCurrentFraction = 0.01);

/// <summary>Rule 7: what the voltage does once the current is off.</summary>
internal sealed class RestRule
{
    private readonly RestSettings _settings;
    private double? _firstPositive;
    private double? _firstNegative;
    private double? _firstDecay;
    private int _direction;
    private double _loadVolts;
    private double _loadAmperes;
    private double _firstAmperes;
    private double _startSeconds;
    private bool _read;
    private double? _decayVolts;
    private double _decaySeconds;
    private double _lastVolts;
    private double _lastSeconds;

    public RestRule(RestSettings settings) => _settings = settings;

    /// <param name="direction">Of the current before; 0: there was none.</param>
    /// <param name="loadVolts">Settled V under it, mirrored, V.</param>
    public void Begin(double startSeconds, int direction, double loadVolts, double loadAmperes)
    {
        _startSeconds = startSeconds;
        _direction = loadVolts > 0 ? direction : 0;
        _loadVolts = loadVolts;
        _loadAmperes = loadAmperes;
        _read = false;
        _decayVolts = null;
        _lastSeconds = startSeconds;
    }

    /// <param name="volts">V mirrored as under the load, V.</param>
    /// <param name="amperes">Measured |I|, A: an impedance sweep is no rest.</param>
    /// <param name="clearVolts">Less than this is noise and offset, V.</param>
    /// <param name="full">A full cell: its ratio does not depend on the current.</param>
    public Evidence? Observe(double timeSeconds, double volts, double amperes, double clearVolts, bool full)
    {
        var age = timeSeconds - _startSeconds;
        if (_direction == 0 || age < _settings.Seconds || amperes > _settings.RestCurrentFraction * _loadAmperes)
        {
            return null;
        }

        if (age >= _settings.DecayFromSeconds && _decayVolts is null)
        {
            _decayVolts = volts;
            _decaySeconds = timeSeconds;
        }

        _lastVolts = volts;
        _lastSeconds = timeSeconds;
        if (_read)
        {
            return null;
        }

        _read = true;
        return age <= _settings.LatestSeconds ? Judge(timeSeconds, volts, clearVolts, full) : null;
    }

    /// <summary>The rest of a full cell after a charge is over.</summary>
    /// <param name="noiseVolts">Standard deviation of the readings, V.</param>
    public Evidence? End(double noiseVolts)
    {
        var hours = (_lastSeconds - _decaySeconds) / 3600;
        if (_direction <= 0 || _decayVolts is not { } from || hours * 3600 < _settings.DecayLeastSeconds)
        {
            return null;
        }

        _direction = 0;
        var decay = (from - _lastVolts) / hours;
        if (_firstDecay is not { } first)
        {
            _firstDecay = decay;
            return null;
        }

        var threshold = Math.Max(_settings.DecayRatio * first, _settings.DecayVoltsPerHour) + 10 * noiseVolts / hours;
        return decay > threshold
            ? new Evidence(
                7, DetectionKind.FullCellShort, _startSeconds, null, decay, threshold, null,
                Evidence.Say($"Possible short: at rest the voltage falls by {decay * 1e3:G3} mV/h, by {first * 1e3:G3} mV/h in the first such rest; the cell discharges itself."))
            : null;
    }

    private Evidence? Judge(double timeSeconds, double volts, double clearVolts, bool full)
    {
        var ratio = volts / _loadVolts;
        ref var first = ref _direction > 0 ? ref _firstPositive : ref _firstNegative;
        if (first is not { } healthy || (!full && Math.Abs(_loadAmperes - _firstAmperes) > 0.01 * _firstAmperes))
        {
            if (volts >= clearVolts)
            {
                first = ratio;
                _firstAmperes = _loadAmperes;
            }

            return null;
        }

        var threshold = _settings.Fraction * healthy;
        return ratio < threshold && healthy * _loadVolts >= clearVolts
            ? new Evidence(
                7, full ? DetectionKind.FullCellShort : DetectionKind.SoftShort, _startSeconds, healthy * _loadVolts, ratio, threshold, null,
                Evidence.Say($"Possible short: {timeSeconds - _startSeconds:G3} s after the current went off {100 * ratio:G3} % of the voltage are left, {100 * healthy:G3} % in the first such rest; ")
                    + "what should relax slowly has found a metal path.")
            : null;
    }
}
