using System.Runtime.CompilerServices;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Detection.Models;

/// <summary>Charge and settled resistance of the present half-cycle, from the samples alone: trapezoids of the measured current.</summary>
internal sealed class HalfCycleTally
{
    private const double SecondsPerHour = 3600;
    private const double SameAmperes = 0.01;

    private readonly ThinnedMedian _ohms = new(1);
    private double _doubleCoulombs;
    private double _piece;
    private double _lastSeconds;
    private double _lastAmperes;
    private double _startSeconds;
    private double? _setAmperes;
    private double? _endVolts;
    private double _endAmperes;
    private double? _goalVolts;
    private double? _capAmpHours;

    /// <summary>0 before the first half-cycle.</summary>
    public int Number { get; private set; }

    public int Direction { get; private set; }

    /// <summary>Test time of its first programmed change, s.</summary>
    public double StartSeconds => _startSeconds;

    /// <summary>Charge so far, Ah.</summary>
    public double AmpHours => _doubleCoulombs / 2 / SecondsPerHour;

    public HalfCycleRecord Record => new(
        Number, Direction, _setAmperes, _startSeconds, _lastSeconds, AmpHours, _piece / 2 / SecondsPerHour, _ohms.Median, _endVolts, _endAmperes, _goalVolts, _capAmpHours);

    public void Begin(int number, int direction, double seconds, double setAmperes)
    {
        Number = number;
        Direction = direction;
        _doubleCoulombs = 0;
        _piece = 0;
        _startSeconds = seconds;
        _setAmperes = setAmperes;
        _endVolts = null;
        _goalVolts = null;
        _capAmpHours = null;
        _ohms.Reset();
    }

    /// <summary>A programmed change within the half-cycle.</summary>
    /// <param name="setAmperes">|I|, A; 0 for a hold, which keeps the rate of what came before.</param>
    public void BeginSegment(in Segment segment, double setAmperes)
    {
        _lastSeconds = segment.StartNanoseconds * 1e-9;
        _lastAmperes = double.NaN;
        if (setAmperes > 0 && _setAmperes is { } known && Math.Abs(setAmperes - known) > SameAmperes * known)
        {
            _setAmperes = null;
        }

        foreach (var goal in segment.Step.Goals)
        {
            _goalVolts = goal.Kind == GoalKind.Voltage ? goal.Value : _goalVolts;
            _capAmpHours = goal.Kind == GoalKind.Capacity ? goal.Value : _capAmpHours;
        }
    }

    /// <summary>Adds the charge since the last sample.</summary>
    /// <param name="amperes">Measured |I|, A.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double timeSeconds, double amperes)
    {
        var before = double.IsNaN(_lastAmperes) ? amperes : _lastAmperes;
        _piece = (before + amperes) * (timeSeconds - _lastSeconds);
        _doubleCoulombs += _piece;
        _lastSeconds = timeSeconds;
        _lastAmperes = amperes;
    }

    /// <summary>The current flowed on until the next programmed change, if that came as soon as a sample would have.</summary>
    public void EndSegment(double seconds, double intervalSeconds)
    {
        if (!double.IsNaN(_lastAmperes) && seconds > _lastSeconds && seconds - _lastSeconds <= 2 * intervalSeconds)
        {
            _doubleCoulombs += 2 * _lastAmperes * (seconds - _lastSeconds);
            _lastSeconds = seconds;
        }
    }

    /// <summary>A settled level.</summary>
    public void Settled(double timeSeconds, double levelVolts, double amperes, double temperatureFactor)
    {
        _endVolts = levelVolts;
        _endAmperes = amperes;
        _ohms.Observe(timeSeconds, levelVolts / amperes / temperatureFactor);
    }
}
