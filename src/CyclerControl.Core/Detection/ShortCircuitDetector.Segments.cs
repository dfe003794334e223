using CyclerControl.Core.Channels;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Detection;

/// <content>Programmed changes, and what is remembered over them.</content>
public sealed partial class ShortCircuitDetector
{
    /// <summary>What the electrolyte alone must show, ohm: measured, else from the pellet's data.</summary>
    private double? BulkOhms => _cell.BulkResistanceOhms
        ?? (_cell is { ThicknessCentimetres: { } thickness, ConductivitySiemensPerCentimetre: > 0 and { } conductivity, AreaSquareCentimetres: > 0 and { } area }
            ? thickness / (conductivity * area)
            : null);

    /// <summary>A programmed change: everything about the present set-point is reset, then blanked.</summary>
    public void BeginSegment(in Segment segment)
    {
        EndSegment();
        _tally.EndSegment(segment.StartNanoseconds * 1e-9, _model.IntervalSeconds);
        var loaded = _direction;
        var comparable = _model.Settled && !_shorted && double.IsPositiveInfinity(_model.RecoveryVolts);
        var loadVolts = _direction != 0 && comparable ? _model.LevelVolts : 0;
        var loadAmperes = _setAmperes;
        _segment = segment;
        _blanking = new Blanking(segment.StartNanoseconds);
        _setAmperes = segment.Setpoint.Mode == OutputMode.Current ? Math.Abs(segment.Setpoint.Amperes) : 0;
        _direction = _setAmperes > 0 ? Math.Sign(segment.Setpoint.Amperes) : 0;
        _started = false;
        _shorted = false;
        _swings = 0;
        var (recovery, error) = Recovery();
        _model.Reset(recovery, error, _offset.UncertaintyVolts);
        _hard.Reset();
        var start = segment.StartNanoseconds * 1e-9;
        if (segment.IsSweep)
        {
            _loaded = 0;
            _offset.Close();
            EndHalfCycle(); // None is open in a sweep: nothing in it is judged, and nothing counts for one.
        }
        else if (_direction != 0 || segment.Setpoint.Mode == OutputMode.Voltage)
        {
            BeginLoad(segment, start);
        }
        else if (loaded != 0)
        {
            _loaded = loaded;
            _boundary.BeginRest(start, loaded, loadVolts, loadAmperes);
        }
    }

    private void BeginLoad(in Segment segment, double start)
    {
        _loaded = 0;
        if (segment.HalfCycle != _tally.Number)
        {
            EndHalfCycle();
            _tally.Begin(segment.HalfCycle, _direction, start, _setAmperes);
            _noiseRule.BeginHalfCycle(segment.HalfCycle);
        }

        _tally.BeginSegment(segment, _setAmperes);
        _noiseRule.BeginSegment();
        _offset.Close();
        if (_direction == 0)
        {
            _boundary.BeginHold(start);
            return;
        }

        if (_findings.Ledger.BeginHalfCycle(segment.HalfCycle))
        {
            _collector.Reset();
            _collectorSign.Reset();
        }

        _boundary.BeginCurrent(_setAmperes);
        _promisedVolts = Promise();
        var healthy = _kind == CellKind.Full ? null : _memory.SameDirection(_direction, _setAmperes);
        _rules.BeginSegment(_direction, healthy);
    }

    /// <summary>What contact that comes back in this half-cycle may fall to, V, and how far that may be off, V.</summary>
    private (double? Volts, double Error) Recovery()
    {
        if (_kind == CellKind.Full || _direction == 0)
        {
            return (null, 0);
        }

        // Less than a change needs to be told was no level: no current flowed, or a recorder's file only says that one did.
        if (_memory.SameCurrent(_direction, _setAmperes) is { } known && known >= FloorVolts - _offset.UncertaintyVolts)
        {
            return (known * _temperatureFactor, 0);
        }

        var same = _memory.AtMost(_direction, _setAmperes, FloorVolts);
        var other = (_memory.SameCurrent(-_direction, _setAmperes) is { } level && level >= FloorVolts ? level : null as double?) ?? _memory.AtMost(-_direction, _setAmperes, FloorVolts);
        return same is null ? (other * _temperatureFactor, 2 * _offset.UncertaintyVolts) : (same * _temperatureFactor, 0);
    }

    private double? Promise() => _kind switch
    {
        CellKind.Half => _memory.SameCurrent(_direction, _setAmperes) * _temperatureFactor,
        CellKind.Full => _lastFullCellVolts,
        _ => (_memory.Lowest(_setAmperes) ?? BulkOhms * _setAmperes) * _temperatureFactor,
    };

    /// <summary>The segment is over: what was healthy in it is what the next one is compared with.</summary>
    private void EndSegment()
    {
        EndCalm();
        if (_direction == 0)
        {
            if (_loaded != 0)
            {
                _boundary.EndRest(LastSample, _noise.SigmaVolts);
                _loaded = 0;
            }

            return;
        }

        if (_model.LowestVolts is not { } lowest)
        {
            return;
        }

        if (_kind == CellKind.Full)
        {
            _lastFullCellVolts = _shorted ? _lastFullCellVolts : _model.LevelVolts;
        }
        else
        {
            _memory.Learn(_direction, lowest / _temperatureFactor, _setAmperes, _shorted || _rules.Doubtful);
        }
    }

    private void EndHalfCycle()
    {
        if (_tally.Number > 0)
        {
            _boundary.EndHalfCycle(_tally.Record, LastSample, _noise.SigmaVolts);
            _tally.Begin(0, 0, 0, 0);
        }
    }
}
