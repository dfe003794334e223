using System.Runtime.CompilerServices;

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

    /// <summary>Gains are computed anew when the interval differs by more than this: a gain that is 5 % off costs nothing.</summary>
    private const double GridTolerance = 0.05;

    private readonly HalfCycleModelSettings _settings;
    private readonly double _leastMemory;
    private double _lastSeconds;
    private double _startSeconds;
    private double _slope;
    private double _interval;
    private double _tolerance;
    private double _memory;
    private double _fading;
    private double _alpha;
    private double _beta;
    private double _riseGain;
    private double _risen;
    private double _lowest;
    private bool _polarised;

    public HalfCycleModel(HalfCycleModelSettings settings)
    {
        _settings = settings;
        _leastMemory = settings.MemorySeconds;
    }

    /// <summary>
    /// What the half-cycle before at the same current promises, V; null: nothing. A half-cycle that begins far above it has no contact, and what it falls back to is no short.
    /// </summary>
    public double? PromisedVolts { get; set; }

    /// <summary>Samples taken in; 0 before the start.</summary>
    public int Samples { get; private set; }

    /// <summary>Smoothed |V|, V.</summary>
    public double LevelVolts { get; private set; }

    /// <summary>Lowest level since it settled, V; null before.</summary>
    public double? LowestVolts => Settled ? _lowest : null;

    public bool Started => Samples > 0;

    /// <summary>Enough samples to be judged by itself.</summary>
    public bool Usable => Samples >= YoungSamples;

    public bool Settled { get; private set; }

    /// <summary>Old enough for <see cref="Take"/>.</summary>
    public bool Steady => Settled && Samples > _settings.SettleSamples;

    /// <summary>Time between the last readings, s.</summary>
    public double IntervalSeconds => _interval;

    /// <summary>Age in memories.</summary>
    public double Memories => _memory > 0 ? (_lastSeconds - _startSeconds) / _memory : 0;

    public void Reset()
    {
        Samples = 0;
        Settled = false;
        _polarised = false;
    }

    /// <summary>The level is what it is now: after a change that stayed.</summary>
    public void Restart(double timeSeconds, double volts)
    {
        Start(timeSeconds, volts);
        _lowest = Settled ? Math.Min(_lowest, volts) : volts;
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
    public double Expect(double timeSeconds) => Healthy(Extrapolate(timeSeconds));

    /// <summary>The smaller of a predicted level and of what the half-cycle has shown to be healthy, V.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Healthy(double predictedVolts) => double.MinNative(predictedVolts, _polarised ? _lowest : _risen);

    /// <summary>Standard deviation to be expected of a residual, V, given that of the readings.</summary>
    public double SigmaVolts(double timeSeconds, double noiseVolts)
    {
        var memory = _memory > 0 ? _memory : _leastMemory;
        var youth = memory / Math.Max(timeSeconds - _startSeconds, memory);
        var relative = _settings.RelativeFloor + _settings.YouthFloor * youth * youth;
        return Math.Max(Math.Max(noiseVolts, _settings.NoiseFloorVolts), relative * Math.Abs(LevelVolts));
    }

    /// <summary>Whether a reading at this time fits the grid of the last ones; then <see cref="Predict"/> and <see cref="Take"/> may be used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool OnGrid(double timeSeconds) => Math.Abs(timeSeconds - _lastSeconds - _interval) <= _tolerance;

    /// <summary>The level that a reading on the grid should have, V.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Predict(double timeSeconds) => LevelVolts + _slope * (timeSeconds - _lastSeconds);

    /// <summary>Takes a reading on the grid in, by its clipped and weighted residual, V.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(double timeSeconds, double predictedVolts, double residualVolts)
    {
        Samples++;
        var level = predictedVolts + _alpha * residualVolts;
        LevelVolts = level;
        _slope += _beta * residualVolts;
        _lastSeconds = timeSeconds;
        _risen = double.MinNative(level, _risen + (level - _risen) * _riseGain);
    }

    /// <summary>Takes any reading in.</summary>
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
        var predicted = Extrapolate(timeSeconds);
        if (!OnGrid(timeSeconds) || _memory <= 0)
        {
            Regrid(interval);
        }

        Gains();
        var residual = volts - predicted;
        var bound = Samples <= YoungSamples
            ? YoungClipFraction * Math.Abs(predicted) + Winsor * noiseVolts
            : Winsor * SigmaVolts(timeSeconds, noiseVolts);
        var clipped = Math.Clamp(residual, -bound, bound) * weight;
        LevelVolts = predicted + _alpha * clipped;
        _slope += _beta * clipped;
        _lastSeconds = timeSeconds;
        Follow(timeSeconds);
        return residual;
    }

    private void Follow(double timeSeconds)
    {
        _risen = LevelVolts < _risen || Samples <= _settings.SettleSamples
            ? LevelVolts
            : _risen + (LevelVolts - _risen) * _riseGain;
        if (Settled)
        {
            _lowest = Math.Min(_lowest, LevelVolts);
            _polarised |= LevelVolts > _settings.PolarisedRatio * _lowest;
        }
        else if (Samples > _settings.SettleSamples && timeSeconds - _startSeconds >= _settings.SettleSeconds)
        {
            Settled = true;
            _polarised = LevelVolts > _settings.PolarisedRatio * PromisedVolts;
            _lowest = _polarised ? PromisedVolts!.Value : LevelVolts;
        }
    }

    private double Extrapolate(double timeSeconds)
    {
        var horizon = timeSeconds - _lastSeconds;
        return LevelVolts + _slope * (_memory > 0 ? Math.Min(horizon, _memory) : horizon);
    }

    private void Regrid(double interval)
    {
        _interval = interval;
        _tolerance = GridTolerance * interval;
        _memory = Math.Max(_leastMemory, interval * _settings.MemorySamples);
        _fading = Math.Exp(-interval / _memory);
        _riseGain = Math.Min(1, interval / Math.Max(_settings.RiseMemorySeconds, interval * _settings.MemorySamples));
    }

    private void Gains()
    {
        double n = Samples;
        var young = n * (n + 1);
        _alpha = Math.Min(1, Math.Max(1 - _fading * _fading, (4 * n - 2) / young));
        _beta = Math.Min(1, Math.Max((1 - _fading) * (1 - _fading), 6 / young)) / _interval;
    }
}
