using CyclerControl.Core.Channels;

namespace CyclerControl.Core.Runs;

/// <summary>What the engine asks for.</summary>
public enum RunCommandKind : byte
{
    /// <summary>Bring the output to <see cref="RunCommand.Setpoint"/>.</summary>
    Apply,

    /// <summary>Output off and confirmed (end, pause, stop).</summary>
    OutputOff,

    /// <summary>Write <see cref="RunCommand.Row"/>.</summary>
    Record,

    /// <summary>A step (or its CV part) begins under a new set-point: detector, limits and sampling follow <see cref="RunCommand.Segment"/>.</summary>
    BeginSegment,

    /// <summary>Write the step result at <see cref="RunCommand.StepIndex"/> of <see cref="CommandBuffer.Steps"/>.</summary>
    StepEnded,

    /// <summary>Write <see cref="RunCommand.Event"/>.</summary>
    Event,

    /// <summary>Write a checkpoint of the state as it is now, and ask for a commit.</summary>
    Checkpoint,

    /// <summary>The run holds until the operator resumes; <see cref="RunCommand.Event"/> says why.</summary>
    Paused,

    /// <summary>The confirmation has taken its course: judge it, and answer with a trip, a short or <see cref="RunInputKind.NotConfirmed"/>.</summary>
    ConfirmationOver,

    /// <summary>The run is over; <see cref="RunCommand.Ending"/>.</summary>
    Ended,
}

/// <summary>A stretch of time under one set-point, as detector and limits see it.</summary>
/// <param name="Step">The step.</param>
/// <param name="Setpoint">The set-point.</param>
/// <param name="StartNanoseconds">Test time of the programmed change, ns.</param>
/// <param name="HalfCycle">Leg number; 0 before the first leg.</param>
/// <param name="StepCount">Executed step number.</param>
/// <param name="Confirmation">Part of a confirmation that it is; <see cref="ConfirmationStage.None"/>: the step itself.</param>
public readonly record struct Segment(
    StepNode Step,
    Setpoint Setpoint,
    long StartNanoseconds,
    int HalfCycle,
    int StepCount,
    ConfirmationStage Confirmation = ConfirmationStage.None)
{
    /// <summary>The voltage is swept: <see cref="Setpoint"/> is where that began.</summary>
    public bool IsSweep => Setpoint.Mode == OutputMode.Voltage && Step is { Kind: StepKind.Sweep };
}

/// <summary>One command; the fields beside the one that <see cref="Kind"/> names are default.</summary>
public readonly record struct RunCommand(
    RunCommandKind Kind,
    Setpoint Setpoint,
    SampleRow Row,
    Segment Segment,
    int StepIndex,
    RunEvent? Event,
    RunEnding? Ending);

/// <summary>The commands of one <see cref="RunEngine.Advance"/>, in order. Reused; grows never past its capacity in normal work.</summary>
public sealed class CommandBuffer
{
    private RunCommand[] _commands = new RunCommand[32];
    private StepRecord[] _steps = new StepRecord[4];
    private int _stepCount;

    public int Count { get; private set; }

    public ReadOnlySpan<RunCommand> Commands => _commands.AsSpan(0, Count);

    /// <summary>Results of the steps that ended. Beside the commands: they are larger than everything else and a thousand times rarer.</summary>
    public ReadOnlySpan<StepRecord> Steps => _steps.AsSpan(0, _stepCount);

    public void Clear()
    {
        Count = 0;
        _stepCount = 0;
    }

    /// <summary>Adds a <see cref="RunCommandKind.StepEnded"/>.</summary>
    public void AddStepEnded(in StepRecord step)
    {
        if (_stepCount == _steps.Length)
        {
            Array.Resize(ref _steps, _steps.Length * 2);
        }

        _steps[_stepCount] = step;
        Add(new RunCommand { Kind = RunCommandKind.StepEnded, StepIndex = _stepCount++ });
    }

    public void Add(in RunCommand command)
    {
        if (Count == _commands.Length)
        {
            Array.Resize(ref _commands, _commands.Length * 2);
        }

        _commands[Count++] = command;
    }
}
