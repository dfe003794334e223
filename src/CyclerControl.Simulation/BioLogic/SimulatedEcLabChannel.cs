using CyclerControl.Simulation.Cells;
using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.BioLogic;

/// <summary>
/// One potentiostat with a cell: executes linked techniques by itself, whether anybody listens or not, and is brought up to the present whenever
/// somebody asks. Tests act at the moment at which they come true.
/// </summary>
public sealed class SimulatedEcLabChannel
{
    private const double LongestChunkSeconds = 1;
    private const double TestSeconds = 1e-4;
    private readonly List<LoadedTechnique> _techniques = [];
    private readonly Dictionary<int, int> _jumps = [];
    private readonly EcLabMemory _memory;
    private readonly ReadingNoise _noise;
    private readonly bool _isSp300;
    private readonly double _madeAt;
    private double _now;
    private double _startedAt;
    private double _techniqueStart;
    private double _stepStart;
    private double _recordDue;
    private int _at;
    private int _step;
    private int _loop;
    private double _volts;
    private double _amperes;

    internal SimulatedEcLabChannel(SimulatedCell cell, bool isSp300, NoiseParameters noise, int memoryRows, double now)
    {
        Cell = cell;
        _isSp300 = isSp300;
        _memory = new EcLabMemory(isSp300, memoryRows);
        _noise = new ReadingNoise(noise, cell.Seed);
        (_now, _madeAt) = (now, now);
        _volts = cell.Volts(0);
    }

    public SimulatedCell Cell { get; }

    public bool IsRunning { get; private set; }

    /// <summary>Somebody has paused it at the instrument: no current flows, and the techniques are not over.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Runs the techniques, or has run them.</summary>
    public int TechniqueCount => _techniques.Count;

    /// <summary>True current, A.</summary>
    public double TrueAmperes => _amperes;

    /// <summary>Charge that has passed, regardless of its sign, C.</summary>
    public double ThroughputCoulombs { get; private set; }

    /// <summary>When the techniques began to run last, s on the instrument's clock.</summary>
    public double StartedAtSeconds => _startedAt;

    /// <summary>When they were ended or paused last, s on the instrument's clock.</summary>
    public double OffAtSeconds { get; private set; }

    internal bool HasKernel { get; set; }

    internal Queue<string> Messages { get; } = new();

    internal EcLabMemory Memory => _memory;

    /// <summary>Called with each row as it is recorded; null: nobody looks.</summary>
    internal Action<EcLabMemory.Row>? Recorded { get; set; }

    /// <summary>Firmware and state that it says it has; null: the true ones.</summary>
    internal (int? Firmware, int? State) Says { get; set; }

    internal int State => Says.State ?? (IsPaused ? 2 : IsRunning ? 1 : 0);

    internal IReadOnlyList<LoadedTechnique> Techniques => _techniques;

    internal int Load(string file, IReadOnlyList<EcLabParameter> parameters, bool first)
    {
        if (IsRunning || IsPaused)
        {
            return -13;
        }

        if (LoadedTechnique.Read(file, _isSp300, parameters, out var technique) is { } error)
        {
            return error;
        }

        if (first)
        {
            _techniques.Clear();
        }

        _techniques.Add(technique);
        return 0;
    }

    internal int Update(int index, IReadOnlyList<EcLabParameter> parameters) =>
        index >= 0 && index < _techniques.Count && _techniques[index].Update(parameters) ? 0 : -15;

    internal int Start()
    {
        if (IsRunning || IsPaused || _techniques.Count == 0)
        {
            return IsRunning || IsPaused ? -13 : -6;
        }

        _memory.Clear();
        _jumps.Clear();
        _loop = 0;
        _startedAt = _now;
        IsRunning = true;
        Messages.Enqueue("experiment started");
        Begin(0);
        return 0;
    }

    internal void Stop(string why)
    {
        if (IsRunning || IsPaused)
        {
            SwitchOff();
            IsPaused = false;
            Messages.Enqueue(why);
        }
    }

    internal void Pause()
    {
        if (IsRunning)
        {
            SwitchOff();
            IsPaused = true;
            Messages.Enqueue("paused");
        }
    }

    /// <summary>Nothing that a supply keeps alive is left: techniques, rows, firmware.</summary>
    internal void LosePower()
    {
        Stop("power on");
        _techniques.Clear();
        _memory.Clear();
        HasKernel = false;
    }

    internal EcLabReading Read() => new(
        State, _memory.TimeBase, (float)Measured(), (float)_amperes, (float)(_now - _startedAt));

    internal void BringUpTo(double now)
    {
        while (IsRunning && _now < now)
        {
            Chunk(now);
        }

        if (_now < now)
        {
            Cell.Advance(now - _now, 0);
            _now = now;
            _volts = Cell.Volts(0);
        }
    }

    private void Chunk(double until)
    {
        var technique = _techniques[_at];
        var end = _stepStart + technique.Seconds(_step);
        var target = Math.Min(Math.Min(until, end), Math.Min(_recordDue, _now + LongestChunkSeconds));
        var isOver = Pass(technique, Math.Max(0, target - _now));
        var isDone = _now >= end - 1e-9;
        if (isOver || isDone || _now >= _recordDue - 1e-9)
        {
            Record(technique);
        }

        if (isOver)
        {
            Exit(technique.Exit(_step));
        }
        else if (isDone)
        {
            NextStep(technique);
        }
    }

    /// <summary>Lets time pass, up to the moment at which a test comes true.</summary>
    private bool Pass(LoadedTechnique technique, double seconds)
    {
        Cell.Mark();
        Apply(technique, seconds);
        if (!technique.IsOver(_step, _volts, _amperes))
        {
            Count(seconds);
            return false;
        }

        double inside = 0, outside = seconds;
        while (outside - inside > TestSeconds)
        {
            var middle = (inside + outside) / 2;
            Cell.Rewind();
            Apply(technique, middle);
            (inside, outside) = technique.IsOver(_step, _volts, _amperes) ? (inside, middle) : (middle, outside);
        }

        Cell.Rewind();
        Apply(technique, outside);
        Count(outside);
        return true;
    }

    private void SwitchOff()
    {
        IsRunning = false;
        OffAtSeconds = _now;
        _amperes = 0;
        _volts = Cell.Volts(0);
    }

    private void Count(double seconds)
    {
        _now += seconds;
        ThroughputCoulombs += Math.Abs(_amperes) * seconds;
    }

    private void Apply(LoadedTechnique technique, double seconds)
    {
        if (technique.IsRest || technique.IsCurrent)
        {
            _amperes = technique.IsRest ? 0 : technique.Level(_step);
            Cell.Advance(seconds, _amperes);
        }
        else if (seconds > 0)
        {
            _ = Cell.Hold(seconds, technique.Level(_step), -technique.RangeAmperes, technique.RangeAmperes, out _amperes);
        }

        _volts = Cell.Volts(_amperes);
    }

    private void Begin(int index)
    {
        _at = index;
        while (_at < _techniques.Count && _techniques[_at].IsLoop)
        {
            var jumps = _jumps.GetValueOrDefault(_at);
            var goesBack = jumps < _techniques[_at].LoopTimes;
            _jumps[_at] = goesBack ? jumps + 1 : 0;
            _loop += goesBack ? 1 : 0;
            _at = goesBack ? _techniques[_at].LoopTo : _at + 1;
        }

        if (_at >= _techniques.Count)
        {
            Stop("experiment ended");
            return;
        }

        _techniqueStart = _now;
        _stepStart = _now;
        _step = 0;
        Apply(_techniques[_at], 0);
        Record(_techniques[_at]);
    }

    private void NextStep(LoadedTechnique technique)
    {
        if (_step + 1 < technique.Steps)
        {
            _step++;
            _stepStart = _now;
        }
        else
        {
            Begin(_at + 1);
        }
    }

    private void Exit(int condition)
    {
        switch (condition)
        {
            case 0:
                NextStep(_techniques[_at]);
                break;
            case 1:
                Begin(_at + 1);
                break;
            default:
                Stop("stopped by a test");
                break;
        }
    }

    private void Record(LoadedTechnique technique)
    {
        _recordDue = _now + technique.RecordSeconds;
        var amperes = _noise.Amperes(_amperes, technique.RangeAmperes, idle: false);
        var row = new EcLabMemory.Row(
            _at, technique.Number, _loop, _techniqueStart - _startedAt, _now - _startedAt, Measured(), technique.IsRest ? 0 : amperes);
        _memory.Add(row);
        Recorded?.Invoke(row);
    }

    private double Measured()
    {
        var polarisation = Cell.Chemistry is SymmetricChemistry ? _volts : _volts - Cell.Volts(0);
        return _noise.Volts(_volts, polarisation, _now - _madeAt, idle: !IsRunning);
    }
}
