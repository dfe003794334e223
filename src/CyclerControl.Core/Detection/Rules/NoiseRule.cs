using System.Runtime.CompilerServices;

namespace CyclerControl.Core.Detection.Rules;

/// <summary>Parameters of rule 4, noise.</summary>
/// <param name="Ratio">
/// Median absolute difference / that of this cell's own first cycle; white noise passes five times its median in 7 of 10,000 differences.
/// </param>
/// <param name="Seconds">Over windows of this length, s.</param>
/// <param name="Samples">And of at least so many samples.</param>
/// <param name="ProportionalNoise">Noise that grows with the voltage, as a fraction of what V has grown by since the first cycle: 0.05-0.1 % on measured channels.</param>
/// <param name="FirstHalfCycles">So many half-cycles are the first cycle.</param>
/// <param name="IntervalRatio">Judged only while the sample interval is within this factor of the first cycle's: averaging meters are quieter.</param>
public sealed record NoiseSettings(
    double Ratio = 5, double Seconds = 30, int Samples = 20, double ProportionalNoise = 1e-3, int FirstHalfCycles = 2, double IntervalRatio = 3);

/// <summary>
/// Rule 4, noise: the median of the absolute first differences, each less the one before it, so that a slope is no noise and a knock on the cable is three
/// samples. Learning is a stochastic median, judging counts how many of a window are
/// above the bound: more than half of them is a median above it. A comparison and an addition for each sample.
/// </summary>
internal sealed class NoiseRule
{
    private const double LearningStep = 0.02;
    private const int LearningSamples = 8;
    private const double SuddenRatio = 0.25;

    private readonly NoiseSettings _settings;
    private double _medianVolts;
    private double _interval;
    private double _learntVolts;
    private bool _judging;
    private double _boundVolts;
    private double _before;
    private double _differenceBefore;
    private double _bend;
    private int _above;
    private int _count;
    private double _windowSeconds;
    private bool _open;

    /// <param name="firstVolts">Standard deviation assumed at first, V.</param>
    public NoiseRule(NoiseSettings settings, double firstVolts)
    {
        _settings = settings;
        _medianVolts = firstVolts;
        _boundVolts = firstVolts;
    }

    /// <summary>Share of the last window above the bound.</summary>
    public double Share { get; private set; }

    /// <summary>Five times the first cycle's median, V.</summary>
    public double BoundVolts => _boundVolts;

    /// <summary>Median absolute difference of the first cycle, V.</summary>
    public double MedianVolts => _medianVolts;

    /// <summary>Second difference of the last readings, V.</summary>
    public double LastBend => _bend;

    /// <summary>
    /// Whether a reading has fallen all at once: by at least so much, and not on the way of a fall that was there before. Contact that is lost as 1 / (T - t) falls
    /// half as far in the reading before; the first path of metal comes out of nothing.
    /// </summary>
    public bool FallsSuddenly(double volts, double leastVolts) =>
        _before - volts >= leastVolts && -_differenceBefore <= SuddenRatio * (_before - volts);

    /// <summary>When the last window began, s.</summary>
    public double OnsetSeconds { get; private set; }

    public void BeginHalfCycle(int halfCycle) => _judging = halfCycle > _settings.FirstHalfCycles && _interval > 0;

    public void BeginSegment()
    {
        _open = false;
        _count = 0;
        _above = 0;
    }

    /// <summary>One reading, V.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(double volts)
    {
        var difference = volts - _before;
        _bend = difference - _differenceBefore;
        _above += Math.Abs(_bend) > _boundVolts ? 1 : 0;
        _count++;
        _before = volts;
        _differenceBefore = difference;
    }

    /// <summary>Looks at what was counted, now and then.</summary>
    /// <param name="levelVolts">Smoothed |V|, V.</param>
    /// <returns>True when a window was noisy.</returns>
    public bool Look(double timeSeconds, double intervalSeconds, double levelVolts, double floorVolts)
    {
        if (!_open)
        {
            Open(timeSeconds, levelVolts, floorVolts);
            return false;
        }

        if (!_judging)
        {
            if (_count < LearningSamples)
            {
                return false;
            }

            _medianVolts *= Math.Pow(1 + LearningStep, 2 * _above - _count);
            _interval = intervalSeconds;
            _learntVolts = Math.Abs(levelVolts);
            Open(timeSeconds, levelVolts, floorVolts);
            return false;
        }

        if (timeSeconds - _windowSeconds < _settings.Seconds || _count < _settings.Samples)
        {
            return false;
        }

        Share = (double)_above / _count;
        OnsetSeconds = _windowSeconds;
        var comparable = intervalSeconds < _settings.IntervalRatio * _interval && _interval < _settings.IntervalRatio * intervalSeconds;
        Open(timeSeconds, levelVolts, floorVolts);
        return comparable && Share > 0.5;
    }

    public Evidence Report(double levelVolts) => new(
        4, DetectionKind.Noise, OnsetSeconds, levelVolts, Share, 0.5, null,
        Evidence.Say($"The voltage has become noisy: most readings jump by more than {BoundVolts * 1e3:G3} mV, {MedianVolts * 1e3:G2} mV in the first cycle. ")
            + "Contacts, leads or a path that forms and breaks.");

    private void Open(double timeSeconds, double levelVolts, double floorVolts)
    {
        _open = true;
        _windowSeconds = timeSeconds;
        _count = 0;
        _above = 0;
        _boundVolts = _judging
            ? _settings.Ratio * Math.Max(Math.Max(_medianVolts, floorVolts), _settings.ProportionalNoise * Math.Max(0, Math.Abs(levelVolts) - _learntVolts))
            : _medianVolts;
    }
}
