using CyclerControl.Core.Channels;

namespace CyclerControl.Core.Detection.Replay;

/// <summary>What a row means for the present set-point.</summary>
internal enum CurrentState : byte
{
    None,
    Rest,
    Constant,

    /// <summary>The current moves at constant voltage, or follows no set-point that could be told.</summary>
    Moving,
}

/// <summary>
/// Finds the set-points behind measured currents, row by row. A change of sign, or a step to another level that three rows confirm, is a new set-point; noise,
/// single bad records and drift are not. A current that drifts at constant voltage is a hold. Rows wait until it is known to which set-point they belong.
/// </summary>
internal sealed class SetpointFollower
{
    /// <summary>Rows that decide about the level of a new set-point: the first one or two can be mixtures of old and new.</summary>
    private const int OpeningRows = 4;

    /// <summary>Rows that decide whether a level has changed.</summary>
    private const int DeviatingRows = 3;

    /// <summary>Around its set-point a current stays within this fraction of it: instruments are 20 times better.</summary>
    private const double LevelFraction = 0.02;

    private readonly RecordTraits _traits;
    private readonly Measurement[] _waiting = new Measurement[OpeningRows];
    private int _count;
    private bool _opening;
    private bool _resumable;
    private int _sign;
    private int _signBefore;
    private int _step;
    private CurrentState _state;
    private double _setAmperes;
    private double _lastAmperes;
    private double _anchorVolts;
    private bool _held;

    public SetpointFollower(RecordTraits traits) => _traits = traits;

    /// <summary>Set by a call that decided on a new set-point: it begins with the first of the ready rows.</summary>
    public bool IsNew { get; private set; }

    /// <summary>The set-point of the ready rows.</summary>
    public Setpoint Setpoint { get; private set; } = Setpoint.Rest;

    /// <summary>Sign of the current of the ready rows.</summary>
    public int Sign { get; private set; }

    /// <summary>Takes a row. While it returns true, <paramref name="ready"/> are rows of one set-point, to be used before the next call; call again with null.</summary>
    public bool Take(ref Measurement? row, out ReadOnlySpan<Measurement> ready)
    {
        IsNew = false;
        ready = default;
        if (row is not { } next)
        {
            return false;
        }

        var sign = _traits.Scale.SignOf(next.Amperes);
        if (_state == CurrentState.None && _count == 0)
        {
            Open(next, sign, false);
        }
        else if (sign != _sign || next.Step != _step)
        {
            if (_opening && _count == 1 && _resumable && sign == _signBefore && next.Step == _step)
            {
                _opening = false; // one bad record in the middle of a set-point
                _sign = _signBefore;
                ready = Release();
                return true;
            }

            if (_count > 0)
            {
                ready = Settle();
                return true; // the same row comes again
            }

            Open(next, sign, next.Step == _step);
        }

        row = null;
        return Place(next, out ready);
    }

    /// <summary>The record is over: what still waits.</summary>
    public bool Finish(out ReadOnlySpan<Measurement> ready)
    {
        IsNew = false;
        ready = _count == 0 ? default : Settle();
        return !ready.IsEmpty;
    }

    private void Open(in Measurement row, int sign, bool resumable)
    {
        _opening = true;
        _resumable = resumable;
        _signBefore = _sign;
        _sign = sign;
        _step = row.Step;
    }

    private bool Place(scoped in Measurement row, out ReadOnlySpan<Measurement> ready)
    {
        ready = default;
        _waiting[_count++] = row;
        if (_opening)
        {
            if (_count == OpeningRows)
            {
                ready = Settle();
            }
        }
        else if (_state == CurrentState.Rest || (_state == CurrentState.Constant && IsLevel(row.Amperes, _setAmperes)))
        {
            _lastAmperes = row.Amperes;
            _anchorVolts += (row.Volts - _anchorVolts) / 4;
            ready = Release();
        }
        else if (_state == CurrentState.Moving && _held && _count == 1 && !HasReturned(row.Amperes) && IsNear(row.Amperes, _lastAmperes))
        {
            _lastAmperes = row.Amperes;
            ready = Release();
        }
        else if (_count == DeviatingRows)
        {
            ready = Settle();
        }

        return !ready.IsEmpty;
    }

    /// <summary>Decides about the rows that wait.</summary>
    private ReadOnlySpan<Measurement> Settle()
    {
        var rows = _waiting.AsSpan(0, _count);
        var level = Median(rows);
        if (_opening)
        {
            _opening = false;
            _held = false;
            // Fewer rows, or rows that do not agree, are a spectrum, a ramp, a mixture: nothing that a detector could judge.
            var constant = _count == OpeningRows && Spread(rows[1..]) <= 3 * Tolerance(level);
            Begin(_sign == 0 ? CurrentState.Rest : constant ? CurrentState.Constant : CurrentState.Moving, level, rows);
        }
        else if (_count == DeviatingRows)
        {
            var held = IsHeld(rows, level, _state == CurrentState.Moving ? _lastAmperes : _setAmperes);
            var steady = Spread(rows) <= Tolerance(level);
            if (_state != CurrentState.Moving && (held || !steady))
            {
                _held = held;
                Begin(CurrentState.Moving, _setAmperes, rows);
            }
            else if (steady && !(_held && held))
            {
                Begin(CurrentState.Constant, level, rows);
            }
        }

        _lastAmperes = rows[^1].Amperes;
        return Release();
    }

    private void Begin(CurrentState state, double level, ReadOnlySpan<Measurement> rows)
    {
        IsNew = true;
        _state = state;
        _setAmperes = level;
        _anchorVolts = rows[^1].Volts;
        Sign = _sign;
        Setpoint = state switch
        {
            CurrentState.Rest => Setpoint.Rest,
            CurrentState.Constant => new Setpoint(OutputMode.Current, level, 0, null, null, null),
            _ => new Setpoint(OutputMode.Voltage, 0, rows[0].Volts, null, null, null),
        };
    }

    private ReadOnlySpan<Measurement> Release()
    {
        var rows = _waiting.AsSpan(0, _count);
        _count = 0;
        return rows;
    }

    private double Tolerance(double level) =>
        Math.Max(LevelFraction * Math.Abs(level), Math.Max(8 * _traits.CurrentSigma, 1.5 * Quantum(level)));

    /// <summary>A resolution coarser than 20 % of the level is no resolution: two set-points were the nearest neighbours.</summary>
    private double Quantum(double level) => Math.Min(_traits.Scale.QuantumAmperes, 0.2 * Math.Abs(level));

    private bool IsLevel(double amperes, double level) => Math.Abs(amperes - level) <= Tolerance(level);

    /// <summary>Not merely the beginning of a taper.</summary>
    private bool HasReturned(double amperes) => Math.Abs(amperes - _setAmperes) <= 0.25 * Tolerance(_setAmperes);

    private bool IsNear(double amperes, double before) => Math.Abs(amperes - before) <= 0.75 * Tolerance(before);

    /// <summary>The voltage stayed although the current moved: a cell under constant current would have followed by a part of it.</summary>
    private bool IsHeld(ReadOnlySpan<Measurement> rows, double level, double before)
    {
        var moved = Math.Abs(level - before) / Math.Max(Math.Abs(before), 1e-12);
        var allowed = Math.Max(0.2 * moved * Math.Min(Math.Abs(_anchorVolts), 0.1), Math.Max(3 * Math.Min(_traits.VoltSigma, 1e-3), 5e-5));
        return Math.Abs(rows[^1].Volts - _anchorVolts) <= allowed;
    }

    private static double Median(ReadOnlySpan<Measurement> rows)
    {
        Span<double> sorted = stackalloc double[OpeningRows];
        for (var n = 0; n < rows.Length; n++)
        {
            sorted[n] = rows[n].Amperes;
        }

        sorted = sorted[..rows.Length];
        sorted.Sort();
        return sorted[rows.Length / 2];
    }

    private static double Spread(ReadOnlySpan<Measurement> rows)
    {
        var (low, high) = (rows[0].Amperes, rows[0].Amperes);
        foreach (ref readonly var row in rows)
        {
            low = Math.Min(low, row.Amperes);
            high = Math.Max(high, row.Amperes);
        }

        return high - low;
    }
}
