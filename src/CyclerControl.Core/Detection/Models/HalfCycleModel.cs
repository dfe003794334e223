namespace CyclerControl.Core.Detection.Models;

/// <summary>
/// What the voltage of the present segment should be: level and slope by an alpha-beta filter with fading memory, gains from the real time stamps
/// (expanding memory, that is a straight line through all samples, while it is young). Residuals are winsorised, so that no single reading moves it far.
/// </summary>
internal sealed class HalfCycleModel
{
    private const double Winsor = 8;
    private const double YoungClipFraction = 0.5;
    private const int YoungSamples = 5;

    private readonly HalfCycleModelSettings _settings;
    private double _lastSeconds;
    private double _startSeconds;
    private double _slope;
    private double _cachedInterval;
    private double _cachedMemory;
    private double _cachedTheta;
    private double _risen;
    private bool _polarised;

    public HalfCycleModel(HalfCycleModelSettings settings) => _settings = settings;

    /// <summary>Samples taken in; 0 before the start.</summary>
    public int Samples { get; private set; }

    /// <summary>Smoothed |V|, V.</summary>
    public double LevelVolts { get; private set; }

    /// <summary>Lowest level since it settled, V; null before.</summary>
    public double? LowestVolts { get; private set; }

    public bool Started => Samples > 0;

    /// <summary>Enough samples to be judged by itself.</summary>
    public bool Usable => Samples >= YoungSamples;

    public bool Settled => LowestVolts is not null;

    public void Reset()
    {
        Samples = 0;
        LowestVolts = null;
        _polarised = false;
    }

    /// <summary>The level is what it is now: after a change that stayed.</summary>
    public void Restart(double timeSeconds, double volts)
    {
        var lowest = LowestVolts;
        Start(timeSeconds, volts);
        LowestVolts = lowest is { } old ? Math.Min(old, volts) : null;
    }

    public void Start(double timeSeconds, double volts)
    {
        Samples = 1;
        LevelVolts = volts;
        _risen = volts;
        _slope = 0;
        _startSeconds = timeSeconds;
        _lastSeconds = timeSeconds;
    }

    /// <summary>Expected |V| at a time, V: the smaller of the extrapolated level and of what the half-cycle has shown to be healthy.</summary>
    public double Expect(double timeSeconds)
    {
        var level = Extrapolate(timeSeconds);
        return _polarised && LowestVolts is { } lowest ? Math.Min(level, lowest) : Math.Min(level, _risen);
    }

    /// <summary>Standard deviation to be expected of a residual, V, given that of the readings.</summary>
    public double SigmaVolts(double timeSeconds, double noiseVolts)
    {
        var memory = _cachedMemory > 0 ? _cachedMemory : _settings.MemorySeconds;
        var youth = memory / Math.Max(timeSeconds - _startSeconds, memory);
        var relative = _settings.RelativeFloor + _settings.YouthFloor * youth * youth;
        return Math.Max(Math.Max(noiseVolts, _settings.NoiseFloorVolts), relative * Math.Abs(LevelVolts));
    }

    /// <summary>Takes a reading in.</summary>
    /// <param name="noiseVolts">Standard deviation of the readings, V.</param>
    /// <param name="weight">1, or less while a drop is suspected.</param>
    /// <returns>The residual before it was taken in, V.</returns>
    public double Update(double timeSeconds, double volts, double noiseVolts, double weight)
    {
        var interval = timeSeconds - _lastSeconds;
        if (interval <= 0)
        {
            return 0;
        }

        Samples++;
        var theta = Theta(interval);
        double n = Samples;
        var alpha = Math.Max(1 - theta * theta, (4 * n - 2) / (n * (n + 1)));
        var beta = Math.Max((1 - theta) * (1 - theta), 6 / (n * (n + 1)));
        var predicted = Extrapolate(timeSeconds);
        var residual = volts - predicted;
        var bound = Samples <= YoungSamples
            ? YoungClipFraction * Math.Abs(predicted) + Winsor * noiseVolts
            : Winsor * SigmaVolts(timeSeconds, noiseVolts);
        var clipped = Math.Clamp(residual, -bound, bound) * weight;
        LevelVolts = predicted + Math.Min(alpha, 1) * clipped;
        _slope += Math.Min(beta, 1) * clipped / interval;
        _lastSeconds = timeSeconds;
        Follow(timeSeconds, interval);
        return residual;
    }

    private void Follow(double timeSeconds, double interval)
    {
        var memory = Math.Max(_settings.RiseMemorySeconds, interval * _settings.MemorySamples);
        _risen = LevelVolts < _risen || Samples <= _settings.SettleSamples
            ? LevelVolts
            : _risen + (LevelVolts - _risen) * Math.Min(1, interval / memory);
        if (LowestVolts is { } lowest)
        {
            LowestVolts = Math.Min(lowest, LevelVolts);
            _polarised |= LevelVolts > _settings.PolarisedRatio * lowest;
        }
        else if (Samples > _settings.SettleSamples && timeSeconds - _startSeconds >= _settings.SettleSeconds)
        {
            LowestVolts = LevelVolts;
        }
    }

    private double Extrapolate(double timeSeconds)
    {
        var horizon = timeSeconds - _lastSeconds;
        var memory = _cachedMemory > 0 ? _cachedMemory : horizon;
        return LevelVolts + _slope * Math.Min(horizon, memory);
    }

    /// <summary>Regular grids repeat their interval: the exponential is computed when it changes by more than rounding.</summary>
    private double Theta(double interval)
    {
        if (Math.Abs(interval - _cachedInterval) > 1e-6 * interval)
        {
            _cachedInterval = interval;
            _cachedMemory = Math.Max(_settings.MemorySeconds, interval * _settings.MemorySamples);
            _cachedTheta = Math.Exp(-interval / _cachedMemory);
        }

        return _cachedTheta;
    }
}
