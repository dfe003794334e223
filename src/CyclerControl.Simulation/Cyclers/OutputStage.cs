using CyclerControl.Simulation.Cells;

namespace CyclerControl.Simulation.Cyclers;

/// <summary>
/// Relay, regulator and compliance of one output, with the cell behind it: brought forward by whole spans of time, exact in charge, and never
/// past a compliance voltage between two readings.
/// </summary>
internal sealed class OutputStage
{
    private const double SettledFraction = 1e-6;
    private readonly SimulatedCell _cell;
    private readonly double _slewSeconds;
    private double _amperes;
    private double _coulombs;
    private double _throughput;
    private double _volts;
    private bool _clamped;

    public OutputStage(SimulatedCell cell, double slewSeconds)
    {
        _cell = cell;
        _slewSeconds = slewSeconds;
        _volts = cell.Volts(0);
    }

    /// <summary>True voltage at the terminals, V.</summary>
    public double Volts => _volts;

    /// <summary>True current, A.</summary>
    public double Amperes => _amperes;

    /// <summary>Net charge since it was made, C.</summary>
    public double Coulombs => _coulombs;

    public double ThroughputCoulombs => _throughput;

    /// <summary>True while the compliance, not the set-point, decides the current.</summary>
    public bool IsClamped => _clamped;

    /// <summary>The relay opens.</summary>
    public void Open()
    {
        _amperes = 0;
        _clamped = false;
        _volts = _cell.Volts(0);
    }

    public void Rest(double seconds)
    {
        _cell.Advance(seconds, 0);
        _volts = _cell.Volts(0);
    }

    public void SourceVoltage(double seconds, double volts, double ceilingAmperes)
    {
        Count(_cell.Hold(seconds, volts, -ceilingAmperes, ceilingAmperes, out _amperes));
        _clamped = Math.Abs(_amperes) >= ceilingAmperes;
        _volts = _cell.Volts(_amperes);
    }

    public void SourceCurrent(double seconds, double target, double range, double lowVolts, double highVolts)
    {
        if (_clamped && Math.Sign(_amperes) != Math.Sign(target))
        {
            _clamped = false;
        }

        while (!_clamped && _amperes != target && seconds > 0)
        {
            var step = Math.Min(seconds, _slewSeconds / 2);
            var gap = _amperes - target;
            var left = Math.Exp(-step / _slewSeconds);
            var end = target + (gap * left);
            Level(step, target + (gap * (1 - left) * _slewSeconds / step), lowVolts, highVolts);
            if (!_clamped)
            {
                _amperes = Math.Abs(end - target) < SettledFraction * range ? target : end;
                _volts = _cell.Volts(_amperes);
            }

            seconds -= step;
        }

        if (seconds > 0)
        {
            Level(seconds, target, lowVolts, highVolts);
        }
    }

    private static bool IsBeyond(double volts, double amperes, double lowVolts, double highVolts) =>
        amperes > 0 ? volts > highVolts : amperes < 0 && volts < lowVolts;

    private void Level(double seconds, double amperes, double lowVolts, double highVolts)
    {
        if (_clamped)
        {
            Clamp(seconds, amperes, lowVolts, highVolts);
            return;
        }

        _cell.Mark();
        _cell.Advance(seconds, amperes);
        var volts = _cell.Volts(amperes);
        if (!IsBeyond(volts, amperes, lowVolts, highVolts))
        {
            _amperes = amperes;
            _volts = volts;
            Count(amperes * seconds);
            return;
        }

        var free = Crossing(seconds, amperes, lowVolts, highVolts);
        _cell.Rewind();
        _cell.Advance(free, amperes);
        Count(amperes * free);
        _clamped = true;
        Clamp(seconds - free, amperes, lowVolts, highVolts);
    }

    /// <summary>How long the current may flow before the voltage reaches the compliance, s; leaves the cell somewhere on the way.</summary>
    private double Crossing(double seconds, double amperes, double lowVolts, double highVolts)
    {
        double inside = 0, outside = seconds;
        for (var i = 0; i < 40 && outside - inside > 1e-9; i++)
        {
            var middle = (inside + outside) / 2;
            _cell.Rewind();
            _cell.Advance(middle, amperes);
            if (IsBeyond(_cell.Volts(amperes), amperes, lowVolts, highVolts))
            {
                outside = middle;
            }
            else
            {
                inside = middle;
            }
        }

        return inside;
    }

    private void Clamp(double seconds, double amperes, double lowVolts, double highVolts)
    {
        if (seconds > 0)
        {
            var limit = amperes > 0 ? highVolts : lowVolts;
            Count(_cell.Hold(seconds, limit, Math.Min(0, amperes), Math.Max(0, amperes), out _amperes));
        }

        _volts = _cell.Volts(_amperes);
        _clamped = _amperes != amperes;
    }

    private void Count(double coulombs)
    {
        _coulombs += coulombs;
        _throughput += Math.Abs(coulombs);
    }
}
