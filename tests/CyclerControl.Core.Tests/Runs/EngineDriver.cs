using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Runs;

/// <summary>Runs an engine against a cell made of one line of arithmetic, on a grid plus the engine's own deadlines.</summary>
internal sealed class EngineDriver
{
    private readonly RunEngine _engine;
    private readonly Func<Setpoint, long, long, (double Volts, double Amperes)> _cell;
    private readonly long _period;
    private readonly CommandBuffer _commands = new();
    private Setpoint _setpoint = Setpoint.Rest;
    private long _changed;
    private long _deadline;
    private byte[]? _checkpoint;
    private int _rowsAtCheckpoint;

    public RunState State;

    public EngineDriver(RunProgram program, Func<Setpoint, long, long, (double Volts, double Amperes)>? cell = null, double periodSeconds = 1)
    {
        _engine = new RunEngine(program);
        _cell = cell ?? Resistor(100);
        _period = Nanoseconds.FromSeconds(periodSeconds);
    }

    public long Now { get; private set; }

    public List<SampleRow> Rows { get; } = [];

    public List<StepRecord> Steps { get; } = [];

    public List<RunEvent> Events { get; } = [];

    public List<Setpoint> Applied { get; } = [];

    public List<string> Log { get; } = [];

    /// <summary>Every sample, and whether a step ended with it.</summary>
    public List<(Sample Sample, bool EndsStep)> Taken { get; } = [];

    public RunEnding? Ending { get; private set; }

    /// <summary>What a run file would hold if everything so far were durable.</summary>
    public DurableProgress Durable => new(
        _checkpoint,
        Rows.Count > _rowsAtCheckpoint ? Rows[_rowsAtCheckpoint] : null,
        Rows.Count > _rowsAtCheckpoint ? Rows[^1] : null,
        Rows.Count - _rowsAtCheckpoint,
        Steps.Count > 0 ? Steps[^1].StepCount : 0);

    public bool OutputOn { get; private set; }

    public int SamplesTaken { get; private set; }

    /// <summary>V = I R, current exact, voltage set-points give V / R bounded by the ceiling.</summary>
    public static Func<Setpoint, long, long, (double Volts, double Amperes)> Resistor(double ohms) => (setpoint, _, _) => setpoint.Mode switch
    {
        OutputMode.Current => (setpoint.Amperes * ohms, setpoint.Amperes),
        OutputMode.Voltage => (setpoint.Volts, setpoint.Volts / ohms),
        _ => (0, 0),
    };

    public EngineDriver Start()
    {
        Send(RunInputKind.Start);
        return this;
    }

    /// <summary>Samples until the run ends or pauses, or the time is up.</summary>
    public EngineDriver Run(double seconds = 1e7)
    {
        var horizon = Now + Nanoseconds.FromSeconds(seconds);
        while (State.Phase == RunPhase.Running && State.Confirmation.Stage != ConfirmationStage.Over && Now < horizon)
        {
            var grid = ((Now / _period) + 1) * _period;
            var next = Math.Min(grid, Math.Max(_deadline, Now));
            if (next > horizon)
            {
                return this;
            }

            Now = next;
            Sample();
        }

        return this;
    }

    public void Sample()
    {
        SamplesTaken++;
        var (volts, amperes) = _cell(_setpoint, Now, _changed);
        var sample = new Sample(Now, volts, amperes, null);
        var ended = Steps.Count;
        Take(new RunInput(RunInputKind.Sample, Now, sample));
        Taken.Add((sample, Steps.Count > ended));
    }

    public EngineDriver Wait(double seconds)
    {
        Now += Nanoseconds.FromSeconds(seconds);
        return this;
    }

    public EngineDriver Send(RunInputKind kind, Sample sample = default)
    {
        Take(new RunInput(kind, Now, sample));
        return this;
    }

    /// <summary>Another engine of the same program goes on from this one's checkpoint bytes.</summary>
    public EngineDriver Restore(RunProgram program)
    {
        var bytes = new byte[RunCheckpoint.Size];
        RunCheckpoint.Write(State, bytes);
        Assert.True(RunCheckpoint.TryRead(bytes, out var state));
        return new EngineDriver(program, _cell, _period * 1e-9)
        {
            State = state,
            Now = Now,
            _setpoint = _setpoint,
            _changed = _changed,
            _deadline = _deadline,
            OutputOn = OutputOn,
        };
    }

    /// <summary>Another process goes on from what was durable, after a gap.</summary>
    public static EngineDriver Resume(
        RunProgram program, RestoredProgress restored, double atSeconds, Func<Setpoint, long, long, (double Volts, double Amperes)> cell, double periodSeconds) =>
        new(program, cell, periodSeconds) { State = restored.State, Now = Nanoseconds.FromSeconds(atSeconds) };

    private void Take(in RunInput input)
    {
        _deadline = _engine.Advance(ref State, input, _commands);
        foreach (ref readonly var command in _commands.Commands)
        {
            Execute(command);
        }
    }

    private StepRecord? StepOf(in RunCommand command) =>
        command.Kind == RunCommandKind.StepEnded ? _commands.Steps[command.StepIndex] : null;

    private void Execute(in RunCommand command)
    {
        Log.Add(FormattableString.Invariant(
            $"{Now} {command.Kind} {command.Setpoint} {command.Row} {StepOf(command)} {command.Event} {command.Ending}"));
        switch (command.Kind)
        {
            case RunCommandKind.Apply:
                _setpoint = command.Setpoint;
                _changed = Now;
                OutputOn = _setpoint.Mode != OutputMode.Rest;
                Applied.Add(_setpoint);
                break;
            case RunCommandKind.OutputOff:
                _setpoint = Setpoint.Rest;
                OutputOn = false;
                break;
            case RunCommandKind.Checkpoint:
                _checkpoint = new byte[RunCheckpoint.Size];
                RunCheckpoint.Write(State, _checkpoint);
                _rowsAtCheckpoint = Rows.Count;
                break;
            case RunCommandKind.Record:
                Rows.Add(command.Row);
                break;
            case RunCommandKind.StepEnded:
                Steps.Add(_commands.Steps[command.StepIndex]);
                break;
            case RunCommandKind.Event or RunCommandKind.Paused:
                Events.Add(command.Event!);
                break;
            case RunCommandKind.Ended:
                Ending = command.Ending;
                break;
            default:
                break;
        }
    }
}
