using CyclerControl.Core.Runs;
using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.Land;

/// <summary>
/// One test on one channel: executes a recipe by itself and hands records over. Brought up to the present whenever somebody asks; it owns no timer.
/// </summary>
internal sealed class LandTest
{
    /// <summary>The instrument looks at its cell at least this often.</summary>
    private const double LookEverySeconds = 1;

    /// <summary>The first record of a step shows the cell a moment after the current.</summary>
    private const long FirstRecordNanoseconds = 10_000_000;

    private readonly SimulatedChannel _output;
    private readonly LandRecipe _recipe;
    private readonly long _everyNanoseconds;
    private readonly ILandFileWriter _writer;
    private readonly long _startedAt;
    private readonly Dictionary<int, long> _loops = [];
    private int _index = -1;
    private long _passes;
    private long _stepStart;
    private long _now;
    private long _recordedAt;
    private bool _isFirst;
    private double _volts;
    private double _amperes;
    private double _ampHours;
    private double _wattHours;

    public LandTest(SimulatedChannel output, LandRecipe recipe, double recordSeconds, ILandFileWriter writer, long now)
    {
        _output = output;
        _recipe = recipe;
        _everyNanoseconds = Nanoseconds.FromSeconds(recordSeconds);
        _writer = writer;
        _startedAt = now;
        _now = now;
        output.BringUpTo(now);
        output.Reset();
        Next();
    }

    /// <summary>The recipe came to its end, or the output refused: nothing more is written.</summary>
    public bool IsOver { get; private set; }

    public double TestSeconds => (_now - _startedAt) * 1e-9;

    public void BringUpTo(long now)
    {
        while (!IsOver && _now < now)
        {
            var step = _recipe.Steps[_index];
            var look = NextLook(step);
            if (look > now)
            {
                return; // Records are of moments of the instrument, not of those at which somebody looks.
            }

            PassTo(look);
            if (IsEnded(step))
            {
                Record();
                Next();
            }
            else if (_isFirst || _now >= _recordedAt + _everyNanoseconds)
            {
                Record();
            }
        }

        _output.BringUpTo(now);
    }

    private long NextLook(LandStep step)
    {
        if (_isFirst)
        {
            return _stepStart + FirstRecordNanoseconds;
        }

        var next = Math.Min(_now + Nanoseconds.FromSeconds(LookEverySeconds), _recordedAt + _everyNanoseconds);
        return step.Seconds is { } seconds ? Math.Min(next, _stepStart + Nanoseconds.FromSeconds(seconds)) : next;
    }

    private void PassTo(long to)
    {
        var before = _output.Charge.ThroughputAmpHours;
        _output.BringUpTo(to);
        var moved = _output.Charge.ThroughputAmpHours - before;
        _output.Measure(out _volts, out _amperes);
        _ampHours += moved;
        _wattHours += moved * _output.TrueVolts;
        _now = to;
    }

    private bool IsEnded(LandStep step) =>
        (step.Seconds is { } seconds && _now >= _stepStart + Nanoseconds.FromSeconds(seconds))
        || (step.Volts is { } volts && step.Direction * (_volts - volts) >= 0);

    private void Record()
    {
        // The counts of the first record are those of the step's beginning: it is the beginning that it stands for.
        var at = _isFirst ? _stepStart : _now;
        _recordedAt = at;
        _isFirst = false;
        _writer.Add(new LandRecord((at - _startedAt) * 1e-9, (at - _stepStart) * 1e-9, _volts, _amperes, at == _stepStart ? 0 : _ampHours, at == _stepStart ? 0 : _wattHours));
    }

    private void Next()
    {
        while (++_index < _recipe.Steps.Length)
        {
            var step = _recipe.Steps[_index];
            if (step.Kind != LandStepKind.Loop)
            {
                Begin(step);
                return;
            }

            var passes = _loops.GetValueOrDefault(_index) + 1;
            _loops[_index] = passes >= step.Passes ? 0 : passes;
            if (passes < step.Passes)
            {
                _passes++;
                _index = step.GoesTo - 2;
            }
        }

        End();
    }

    private void Begin(LandStep step)
    {
        _stepStart = _now;
        _ampHours = 0;
        _wattHours = 0;
        _isFirst = true;
        _writer.BeginStep(_index + 1, step, _passes, TestSeconds);
        var amperes = step.Direction * step.Amperes;
        if (step.Kind == LandStepKind.Rest)
        {
            _output.SwitchOff();
        }
        else if (_output.SetCurrent(0) != ChannelError.None || _output.SetRange(amperes) != ChannelError.None || _output.SetCurrent(amperes) != ChannelError.None
            || _output.SwitchOn() != ChannelError.None)
        {
            End();
        }
    }

    private void End()
    {
        _output.SwitchOff();
        IsOver = true;
    }
}
