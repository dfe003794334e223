using CyclerControl.Core.Runs;
using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.Neware;

/// <summary>
/// One channel of the box: executes a step file by itself, and keeps its record. Brought up to the present whenever somebody asks; it owns no timer.
/// The box guards it.
/// </summary>
internal sealed class BtsChannel(SimulatedChannel output)
{
    /// <summary>The box looks at its cell at least this often.</summary>
    private const double LookEverySeconds = 1;

    /// <summary>The first row of a step shows the cell a moment after the set-point.</summary>
    private const long FirstRowNanoseconds = 10_000_000;

    private readonly List<BtsRow> _rows = [];
    private readonly Dictionary<int, long> _passes = [];
    private BtsStepFile? _file;
    private int _index;
    private long _cycle;
    private long _stepStart;
    private long _now;
    private double _ampHours;
    private double _wattHours;
    private double _volts;
    private double _amperes;
    private double _recordedVolts;
    private double _recordedAmperes;
    private long _recordedAt;
    private bool _holding;
    private bool _isFirst;
    private long? _breachedSince;
    private string _status = "finish";

    public SimulatedChannel Output => output;

    /// <summary>As <c>getchlstatus</c> says it.</summary>
    public string Status
    {
        get => Says ?? _status;
        private set => (_status, Says) = (value, null);
    }

    /// <summary>A lie about its state, until that changes; null: it says what is true.</summary>
    public string? Says { get; set; }

    public int TestId { get; private set; }

    public string Barcode { get; private set; } = "";

    /// <summary>Of the present or last test.</summary>
    public IReadOnlyList<BtsRow> Rows => _rows;

    public bool IsWorking => _status == "working";

    /// <summary>Holds a test that is not over: a start is refused, and a stop ends it.</summary>
    public bool IsBusy => _status is "working" or "pause";

    /// <summary>Of the present or last test, as it was read.</summary>
    public BtsStepFile? File => _file;

    public BtsStep? Step => _file?.Steps[_index];

    public long Cycle => _cycle;

    public double Volts => _volts;

    public double Amperes => _amperes;

    public double AmpHours => _ampHours;

    public double WattHours => _wattHours;

    public double StepSeconds => (_now - _stepStart) * 1e-9;

    public long StartedAt { get; private set; }

    public void Start(BtsStepFile file, int testId, string barcode, long now)
    {
        BringUpTo(now);
        output.BringUpTo(now);
        output.Reset();
        _rows.Clear();
        _passes.Clear();
        _file = file;
        _cycle = 0;
        _now = now;
        TestId = testId;
        Barcode = barcode;
        StartedAt = now;
        Status = "working";
        _index = -1;
        Next();
    }

    public bool Stop(long now)
    {
        BringUpTo(now);
        if (!IsBusy)
        {
            return false;
        }

        if (IsWorking)
        {
            Record();
        }

        SwitchOff("stop");
        return true;
    }

    /// <summary>Somebody pauses it at the program: the output is off, and the test is not over.</summary>
    public void Pause(long now)
    {
        BringUpTo(now);
        if (IsWorking)
        {
            Record();
            SwitchOff("pause");
        }
    }

    /// <summary>The supply was gone: what ran does not run any more. Its record is the program's, and stays.</summary>
    public void PowerCycle(long now)
    {
        _ = Stop(now);
        output.Reset();
    }

    /// <summary>The program has another database: no test of before is known to it.</summary>
    public void LoseRecord(long now)
    {
        _ = Stop(now);
        _rows.Clear();
        (TestId, Barcode, _file) = (0, "", null);
        Status = "finish";
    }

    public void BringUpTo(long now)
    {
        while (IsWorking && _now < now)
        {
            var step = _file!.Steps[_index];
            PassTo(Math.Min(now, NextLook(step)));
            if (IsEnded(step))
            {
                Record();
                Next();
            }
            else if (MustProtect(step))
            {
                Record();
                SwitchOff("protect");
            }
            else if (IsRowDue(step))
            {
                Record();
            }
        }

        output.BringUpTo(now);
        if (!IsWorking)
        {
            _now = now;
            output.Measure(out _volts, out _amperes);
        }
    }

    private long NextLook(BtsStep step)
    {
        if (_isFirst)
        {
            return _stepStart + FirstRowNanoseconds;
        }

        var next = _now + Nanoseconds.FromSeconds(Math.Min(LookEverySeconds, step.Recording.Seconds is { } every and > 0 ? every : LookEverySeconds));
        if (step.Recording.Seconds is { } period)
        {
            next = Math.Min(next, _recordedAt + Nanoseconds.FromSeconds(period));
        }

        if (step.Seconds is { } seconds)
        {
            next = Math.Min(next, _stepStart + Nanoseconds.FromSeconds(seconds));
        }

        if (step.Sweep is { } sweep)
        {
            next = Math.Min(next, _stepStart + Nanoseconds.FromSeconds(SweepSeconds(sweep)));
        }

        if (step.AmpHours is { } ampHours && _amperes != 0)
        {
            next = Math.Min(next, _now + Nanoseconds.FromSeconds(Math.Max(0, ampHours - _ampHours) * 3600 / Math.Abs(_amperes)));
        }

        return Math.Max(next, _now + 1_000_000);
    }

    private void PassTo(long to)
    {
        var step = _file!.Steps[_index];
        if (step.Sweep is { } sweep)
        {
            Check(output.SetVolts(SweepVolts(sweep, (to - _stepStart) * 1e-9)));
        }

        var before = output.Charge.ThroughputAmpHours;
        output.BringUpTo(to);
        var moved = output.Charge.ThroughputAmpHours - before;
        output.Measure(out _volts, out _amperes);
        _ampHours += moved;
        _wattHours += moved * Math.Abs(output.TrueVolts);
        _now = to;
    }

    private bool IsEnded(BtsStep step)
    {
        if (step.Seconds is { } seconds && _now >= _stepStart + Nanoseconds.FromSeconds(seconds))
        {
            return true;
        }

        if (step.AmpHours is { } ampHours && _ampHours >= ampHours * (1 - 1e-9))
        {
            return true;
        }

        if (step.StopVolts is { } stop && step.Direction * (_volts - stop) >= 0)
        {
            return true;
        }

        if (step.Sweep is { } sweep && _now >= _stepStart + Nanoseconds.FromSeconds(SweepSeconds(sweep)))
        {
            return true;
        }

        var isCurrentVoltage = step.Type is BtsStepType.ChargeCurrentVoltage or BtsStepType.DischargeCurrentVoltage;
        if (isCurrentVoltage && !_holding && step.Direction * (output.TrueVolts - step.Volts!.Value) >= 0)
        {
            _holding = true;
            Hold(step);
            output.Measure(out _volts, out _amperes);
            return false;
        }

        return step.StopAmperes is { } least && (_holding || !isCurrentVoltage) && _now > _stepStart && Math.Abs(_amperes) <= least;
    }

    private bool MustProtect(BtsStep step)
    {
        var p = step.Protection;
        var isBeyond = _volts > p.UpperVolts || _volts < p.LowerVolts || _amperes > p.UpperAmperes || _amperes < p.LowerAmperes || _ampHours > p.AmpHours;
        _breachedSince = isBeyond ? _breachedSince ?? _now : null;
        return _breachedSince is { } since && (_now - since) * 1e-9 >= p.DelaySeconds;
    }

    private bool IsRowDue(BtsStep step) =>
        _isFirst
        || (step.Recording.Seconds is { } every && _now >= _recordedAt + Nanoseconds.FromSeconds(every))
        || Math.Abs(_volts - _recordedVolts) >= step.Recording.Volts
        || Math.Abs(_amperes - _recordedAmperes) >= step.Recording.Amperes;

    private void Record()
    {
        var step = _file!.Steps[_index];
        _recordedVolts = _volts;
        _recordedAmperes = _amperes;
        _recordedAt = _now;
        _isFirst = false;
        _rows.Add(new BtsRow(_rows.Count + 1, step.Id, _cycle, step.Code, StepSeconds, _now, _volts, _amperes, _ampHours, _wattHours));
    }

    private void Next()
    {
        while (true)
        {
            var step = _file!.Steps[++_index];
            if (step.Type == BtsStepType.End)
            {
                SwitchOff("finish");
                return;
            }

            if (step.Type != BtsStepType.Cycle)
            {
                Begin(step);
                return;
            }

            var passes = _passes.GetValueOrDefault(step.Id) + 1;
            _passes[step.Id] = passes >= step.Cycles ? 0 : passes;
            if (passes < step.Cycles)
            {
                _cycle++;
                _index = step.StartStep - 2;
            }
        }
    }

    private void Begin(BtsStep step)
    {
        _stepStart = _now;
        _ampHours = 0;
        _wattHours = 0;
        _holding = false;
        _breachedSince = null;
        switch (step.Type)
        {
            case BtsStepType.Rest:
                output.SwitchOff();
                break;
            case BtsStepType.ChargeVoltage or BtsStepType.DischargeVoltage or BtsStepType.VoltageSweep:
                Hold(step);
                break;
            default:
                var amperes = step.Direction * (step.Amperes ?? 0);
                Check(output.SetCurrent(0));
                Check(output.SetRange(amperes));
                Check(output.SetFunction(OutputFunction.Current));
                Check(output.SetCurrent(amperes));
                SwitchOn();
                break;
        }

        _isFirst = true;
    }

    private void Hold(BtsStep step)
    {
        var ceiling = step.Amperes ?? output.CeilingAmperes;
        Check(output.SetCurrent(0));
        Check(output.SetRange(ceiling));
        Check(output.SetCeiling(ceiling));
        Check(output.SetVolts(step.Sweep?.From ?? step.Volts ?? 0));
        Check(output.SetFunction(OutputFunction.Voltage));
        SwitchOn();
    }

    private static double SweepSeconds((double From, double To, double Slope) sweep) => Math.Abs((sweep.To - sweep.From) / sweep.Slope);

    private static double SweepVolts((double From, double To, double Slope) sweep, double seconds)
    {
        var moved = Math.Min(Math.Abs(sweep.Slope) * seconds, Math.Abs(sweep.To - sweep.From));
        return sweep.From + (Math.Sign(sweep.To - sweep.From) * moved);
    }

    /// <summary>Not where the output has refused what was set before.</summary>
    private void SwitchOn()
    {
        if (IsWorking)
        {
            Check(output.SwitchOn());
        }
    }

    private void SwitchOff(string status)
    {
        output.SwitchOff();
        Status = status;
    }

    /// <summary>What the output refuses ends the test, as a box would.</summary>
    private void Check(ChannelError error)
    {
        if (error != ChannelError.None)
        {
            SwitchOff("protect");
        }
    }
}
