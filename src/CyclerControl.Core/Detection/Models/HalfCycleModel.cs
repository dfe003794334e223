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

    /// <summary>From so many samples on the level of a slow recorder is a level.</summary>
    private const int EarlySamples = 3;

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
    private readonly RecoveryBound? _recovery;
    private readonly FullCellError? _fullCell;

    /// <summary>A young model that follows a reversal read irregularly shoots beyond every reading.</summary>
    private double _highestVolts;
    private double _boundVolts = double.PositiveInfinity;

    /// <param name="recovery">What the voltage may fall back to; null where it is not the current's own (full cells).</param>
    /// <param name="fullCell">How wrong the model of a full cell may be; null for others, whose error is a fraction of V.</param>
    public HalfCycleModel(HalfCycleModelSettings settings, RecoveryBound? recovery, FullCellError? fullCell)
    {
        _fullCell = fullCell;
        _settings = settings;
        _leastMemory = settings.MemorySeconds;
        _recovery = recovery;
    }

    /// <summary>What is left of the channel's offset, V: a relative error has it in its denominator.</summary>
    public double OffsetVolts { get; private set; }

    /// <summary>Samples taken in; 0 before the start.</summary>
    public int Samples { get; private set; }

    /// <summary>Smoothed |V|, V.</summary>
    public double LevelVolts { get; private set; }

    /// <summary>Lowest level since it settled, V; null before.</summary>
    public double? LowestVolts => !Settled ? null : _recovery is null ? LevelVolts : _recovery.LowestVolts;

    /// <summary>Contact is lost: the level is no standard.</summary>
    public bool Away => _recovery is { Away: true };

    /// <summary>No fall that ends above this is a short, V: contact comes back. Infinite where nothing has risen.</summary>
    public double RecoveryVolts => _boundVolts;

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

    /// <param name="promiseErrorVolts">How far the promise may be off, V: it comes from the other direction, where the channel's offset has the other sign.</param>
    /// <param name="promisedVolts">
    /// What earlier half-cycles at the same current promise, V; null: nothing. One that begins far above it has no contact, and what it falls back to is no short.
    /// </param>
    /// <param name="offsetVolts">What is left of the channel's offset, V.</param>
    public void Reset(double? promisedVolts, double promiseErrorVolts, double offsetVolts)
    {
        OffsetVolts = offsetVolts;
        Samples = 0;
        Settled = false;
        _recovery?.Reset(promisedVolts, promiseErrorVolts, offsetVolts);
        _fullCell?.BeginCurrent();
        _boundVolts = double.PositiveInfinity;
    }

    /// <summary>The level is what it is now: after a change that stayed.</summary>
    public void Restart(double timeSeconds, double volts)
    {
        Start(timeSeconds, volts);
        _recovery?.Accept(volts);
    }

    public void Start(double timeSeconds, double volts)
    {
        Samples = 1;
        LevelVolts = volts;
        _highestVolts = volts;
        _slope = 0;
        _startSeconds = timeSeconds;
        _lastSeconds = timeSeconds;
    }

    /// <summary>Expected |V| at a time, V: a fall goes on, a rise need not; and contact may have come back.</summary>
    public double Expect(double timeSeconds) => Healthy(Math.Min(Extrapolate(timeSeconds), Settled ? LevelVolts : Math.Min(LevelVolts, _highestVolts)));

    /// <summary>The smaller of a predicted level and of what the half-cycle has shown to be healthy, V.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Healthy(double predictedVolts) => double.MinNative(predictedVolts, _boundVolts);

    /// <summary>Standard deviation to be expected of a residual, V, given that of the readings.</summary>
    public double SigmaVolts(double timeSeconds, double noiseVolts)
    {
        var memory = _memory > 0 ? _memory : _leastMemory;
        var youth = memory / Math.Max(timeSeconds - _startSeconds, memory);
        var young = _settings.YouthFloor * youth * youth;
        var relative = Math.Max(_settings.RelativeFloor, _settings.DriftPerSecond * memory) + young;
        var model = _fullCell is null ? relative * (Math.Abs(LevelVolts) + OffsetVolts) : _fullCell.SigmaVolts(_slope, memory, young);
        return Math.Max(Math.Max(noiseVolts, _settings.NoiseFloorVolts), model);
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
        LevelVolts = predictedVolts + _alpha * residualVolts;
        _slope += _beta * residualVolts;
        _lastSeconds = timeSeconds;
    }

    /// <summary>Takes any reading in.</summary>
    /// <param name="noiseVolts">Standard deviation of the readings, V.</param>
    /// <param name="weight">1, or less while a drop is suspected.</param>
    /// <param name="jumpWeight">The same for a reading far above the rest: a knock, or contact lost for a moment.</param>
    /// <returns>The residual before it was taken in, V.</returns>
    public double Update(double timeSeconds, double volts, double noiseVolts, double weight, double jumpWeight)
    {
        var interval = timeSeconds - _lastSeconds;
        if (interval <= 0)
        {
            return 0;
        }

        Samples++;
        _highestVolts = Math.Max(_highestVolts, volts);
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
        var clipped = Math.Clamp(residual, -bound, bound) * (residual > bound && Usable ? jumpWeight : weight);
        LevelVolts = predicted + _alpha * clipped;
        _slope += _beta * clipped;
        _lastSeconds = timeSeconds;
        Follow(timeSeconds);
        return residual;
    }

    private void Follow(double timeSeconds)
    {
        var age = timeSeconds - _startSeconds;
        Settled = Settled || (Samples > _settings.SettleSamples && age >= _settings.SettleSeconds);
        if (Settled)
        {
            _fullCell?.Settle(LevelVolts);
        }

        if (_recovery is not null && (Samples > _settings.SettleSamples || (Samples >= EarlySamples && age >= _settings.SettleSeconds)))
        {
            _recovery.Follow(timeSeconds, age, LevelVolts, _slope, _interval, age >= _settings.SettleSeconds);
            _boundVolts = _recovery.Volts;
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
        var memory = Math.Max(_leastMemory, interval * _settings.MemorySamples);

        // A slope that was learnt within seconds says nothing about the next half hour.
        _slope *= _memory > 0 ? Math.Min(1, _memory / memory) : 1;
        _memory = memory;
        _fading = Math.Exp(-interval / _memory);
    }

    private void Gains()
    {
        double n = Samples;
        var young = n * (n + 1);
        _alpha = Math.Min(1, Math.Max(1 - _fading * _fading, (4 * n - 2) / young));
        _beta = Math.Min(1, Math.Max((1 - _fading) * (1 - _fading), 6 / young)) / _interval;
    }
}
