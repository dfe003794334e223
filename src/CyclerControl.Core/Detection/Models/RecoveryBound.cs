namespace CyclerControl.Core.Detection.Models;

/// <summary>
/// What the voltage of a half-cycle may come back to without being a short. Contact that is lost makes it rise, contact that comes back lets it fall to where it
/// was: at or above the lowest level that was healthy before, in this half-cycle or in earlier ones at this current.
/// </summary>
internal sealed class RecoveryBound
{
    /// <summary>The voltage counts as back from this multiple of the lowest level downwards.</summary>
    private const double BackRatio = 1.25;

    /// <summary>And as back from a moment's rise from this multiple of the slow level downwards.</summary>
    private const double CalmRatio = 1.02;

    private readonly RecoverySettings _settings;
    private double? _promisedVolts;
    private double _offsetVolts;
    private double _promiseErrorVolts;
    private double _risenVolts;
    private double _lowestVolts;
    private double _lastSeconds;
    private double _awaySeconds;
    private bool _known;
    private bool _settled;
    private bool _away;
    private bool _loose;

    public RecoveryBound(RecoverySettings settings) => _settings = settings;

    /// <summary>No fall that ends above this is a short, V; infinite where nothing has risen.</summary>
    public double Volts { get; private set; } = double.PositiveInfinity;

    /// <summary>Contact is lost: the level is no standard.</summary>
    public bool Away => _away;

    /// <summary>Lowest level that is believed to be healthy, V; null before one is known.</summary>
    public double? LowestVolts => _known ? Healthy : null;

    private double Healthy => _away && _promisedVolts is { } promised ? Math.Min(_lowestVolts, promised - _promiseErrorVolts) : _lowestVolts;

    /// <param name="promisedVolts">What earlier half-cycles at this current promise, V; null: nothing.</param>
    /// <param name="promiseErrorVolts">How far that may be off, V.</param>
    /// <param name="offsetVolts">What is left of the channel's offset, V: the cell's own voltage may be so much more.</param>
    public void Reset(double? promisedVolts, double promiseErrorVolts, double offsetVolts)
    {
        _promiseErrorVolts = promiseErrorVolts;
        _offsetVolts = offsetVolts;
        _promisedVolts = promisedVolts;
        _known = false;
        _settled = false;
        _away = false;
        _loose = false;
        Volts = double.PositiveInfinity;
    }

    /// <summary>A change that stayed was accepted.</summary>
    public void Accept(double levelVolts)
    {
        _lowestVolts = Math.Min(_lowestVolts, levelVolts);
        _risenVolts = Math.Min(_risenVolts, levelVolts);
    }

    /// <param name="ageSeconds">Of the half-cycle, s.</param>
    /// <param name="levelVolts">Smoothed |V|, V.</param>
    /// <param name="slope">Of it, V/s.</param>
    /// <param name="intervalSeconds">Between readings, s.</param>
    /// <param name="settled">Old enough for the level to be a standard.</param>
    public void Follow(double timeSeconds, double ageSeconds, double levelVolts, double slope, double intervalSeconds, bool settled)
    {
        if (!_known)
        {
            // A collector that lithiates, a slow reversal: the level is still on its way up to what is healthy.
            var horizon = Math.Max(_settings.ApproachSeconds, _settings.BackSamples * intervalSeconds);
            if (slope * horizon > _settings.ApproachFraction * levelVolts && !(levelVolts > _settings.AwayRatio * (_promisedVolts + _promiseErrorVolts)))
            {
                return;
            }

            _known = true;
            _lowestVolts = levelVolts;
            _risenVolts = levelVolts;
            _lastSeconds = timeSeconds;
        }

        // A young half-cycle may still have been reversing when it began to be watched.
        var memory = Math.Max(Math.Min(_settings.RiseMemorySeconds, ageSeconds), _settings.BackSamples * intervalSeconds);
        _risenVolts = Math.Min(levelVolts, _risenVolts + (levelVolts - _risenVolts) * Math.Min(1, (timeSeconds - _lastSeconds) / memory));
        _lastSeconds = timeSeconds;
        _lowestVolts = _settled ? Math.Min(_lowestVolts, levelVolts) : levelVolts;
        _settled = settled;
        var least = _promisedVolts is { } promised ? Math.Min(promised + _promiseErrorVolts, _lowestVolts) : _lowestVolts;
        Judge(timeSeconds, levelVolts, least, Math.Max(_settings.BackSeconds, _settings.BackSamples * intervalSeconds));
        Volts = _away ? _settings.RecoveredFraction * (Healthy + _offsetVolts) - _offsetVolts : _loose ? _risenVolts : double.PositiveInfinity;
    }

    private void Judge(double timeSeconds, double levelVolts, double leastVolts, double backSeconds)
    {
        if (levelVolts > _settings.AwayRatio * leastVolts)
        {
            _away = true;
            _awaySeconds = timeSeconds;
        }
        else if (_away && levelVolts > BackRatio * _lowestVolts)
        {
            _awaySeconds = timeSeconds;
        }

        _away = _away && timeSeconds - _awaySeconds <= backSeconds;
        _loose = levelVolts > (_loose ? CalmRatio : _settings.LooseRatio) * _risenVolts;
    }
}
