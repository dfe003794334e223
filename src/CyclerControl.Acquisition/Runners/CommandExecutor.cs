using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <summary>
/// Carries out what the engine asked for, in order and to the end: a broken link or a refusal is remembered in <see cref="OutputSwitch.Broken"/>
/// and <see cref="ActiveRun.Refusal"/>, so that results and checkpoints of the same boundary are never lost.
/// </summary>
internal sealed class CommandExecutor(OutputSwitch output, int generation)
{
    /// <summary>A pulse of 5 s must have readings to speak of, also in a protocol that looks once a minute.</summary>
    private const double ConfirmationSampleSeconds = 0.5;

    public void Execute(ActiveRun run, CommandBuffer commands)
    {
        foreach (ref readonly var command in commands.Commands)
        {
            Execute(run, command, commands);
        }
    }

    private void Execute(ActiveRun run, in RunCommand command, CommandBuffer commands)
    {
        switch (command.Kind)
        {
            case RunCommandKind.Record:
                run.Recording.Append(generation, command.Row);
                run.KeptAtNanoseconds = command.Row.TimeNanoseconds;
                break;
            case RunCommandKind.Apply:
                run.Refusal ??= output.TryApply(command.Setpoint);
                break;
            case RunCommandKind.OutputOff:
                output.TryOff();
                break;
            case RunCommandKind.BeginSegment:
                BeginSegment(run, command.Segment);
                break;
            case RunCommandKind.StepEnded:
                run.Recording.Append(generation, commands.Steps[command.StepIndex]);
                break;
            case RunCommandKind.Event:
                run.Recording.Append(generation, command.Event!);
                break;
            case RunCommandKind.Checkpoint:
                RunCheckpoint.Write(run.State, run.Checkpoint);
                run.Recording.Checkpoint(generation, run.State.LastSampleNanoseconds, run.Checkpoint);
                run.KeptAtNanoseconds = run.State.LastSampleNanoseconds;
                break;
            case RunCommandKind.Paused:
                run.PauseReason = run.PauseWords ?? command.Event!.Message;
                run.PauseWords = null;
                run.Recording.Append(generation, command.Event! with { Message = run.PauseReason });
                break;
            case RunCommandKind.ConfirmationOver:
                run.IsVerdictDue = true;
                break;
            case RunCommandKind.Ended:
                run.Ending = command.Ending;
                break;
            default:
                throw new InvalidOperationException($"the engine asked for {command.Kind}, which nobody carries out");
        }
    }

    private static void BeginSegment(ActiveRun run, in Segment segment)
    {
        if (segment.HalfCycle != run.Leg)
        {
            run.Leg = segment.HalfCycle;
            run.VoltsBeforeLeg = run.State.HasSample ? run.State.LastVolts : null;
        }

        run.Segment = segment;
        var every = segment.Step.SampleEverySeconds;
        run.PeriodNanoseconds = Nanoseconds.FromSeconds(segment.Confirmation == ConfirmationStage.None ? every : Math.Min(every, ConfirmationSampleSeconds));
        if (segment.Confirmation is ConfirmationStage.None or ConfirmationStage.Rest)
        {
            run.Detector.BeginSegment(segment); // the pulses of a confirmation are no part of the half-cycle
        }

        run.Limits.BeginSegment(segment);
        run.Burst.Fit(segment.Step.SampleEverySeconds);
    }
}
