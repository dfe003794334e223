using CyclerControl.Core.Channels;

namespace CyclerControl.Core.Runs;

/// <summary>Begins and ends steps, pauses and finishes runs: everything that happens at a boundary, as commands.</summary>
/// <param name="program">What is executed.</param>
/// <param name="cursor">Where it stands.</param>
/// <param name="follows">The instrument begins and ends the steps by itself.</param>
internal sealed class StepTransitions(RunProgram program, StepCursor cursor, bool follows)
{
    private const int AtOnceSamples = StepEvaluator.BlankingSamples;
    private const int AtOnceInRowPauses = 2;
    private const double DeadCycleFraction = 0.01;

    public void Start(ref RunState state, long now, CommandBuffer commands)
    {
        state = new RunState { Phase = RunPhase.Running };
        commands.Add(Event(now, "run_started", $"{program.ProtocolName} started"));
        Follow(ref state, cursor.First(ref state), now, commands);
    }

    /// <summary>Carries out what the evaluator found.</summary>
    public void Apply(ref RunState state, StepNode step, in StepJudgement judgement, long now, CommandBuffer commands)
    {
        switch (judgement.Verdict)
        {
            case StepVerdict.BeginHold:
                BeginHold(ref state, step, judgement.Goal!, now, commands);
                break;
            case StepVerdict.NotInTime:
                NotInTime(ref state, step, now, commands);
                break;
            default:
                EndStep(ref state, step, judgement.End, now, commands);
                Proceed(ref state, judgement, now, commands);
                break;
        }
    }

    public static void Record(ref readonly RunState state, StepNode step, in Sample sample, RowReason reason, CommandBuffer commands) =>
        commands.Add(new RunCommand { Kind = RunCommandKind.Record, Row = RunRows.Row(in state, step, sample, reason) });

    public static void Pause(ref RunState state, long now, string reason, CommandBuffer commands)
    {
        if (state.Phase is RunPhase.Paused)
        {
            return;
        }

        StopStepClock(ref state, now);
        state.Phase = RunPhase.Paused;
        commands.Add(new RunCommand { Kind = RunCommandKind.OutputOff });
        commands.Add(new RunCommand { Kind = RunCommandKind.Paused, Event = new RunEvent(now, "paused", reason) });
        commands.Add(new RunCommand { Kind = RunCommandKind.Checkpoint });
    }

    public static void Suspend(ref RunState state, long now, CommandBuffer commands)
    {
        if (state.Phase != RunPhase.Running)
        {
            return;
        }

        StopStepClock(ref state, now);
        state.Phase = RunPhase.Suspended;
        commands.Add(Event(now, "link_lost", "the link is lost; the step's clock stands still"));
        commands.Add(new RunCommand { Kind = RunCommandKind.Checkpoint });
    }

    /// <summary>The held or suspended step goes on at its exact charge and time.</summary>
    public void Continue(ref RunState state, long now, string kind, string reason, CommandBuffer commands)
    {
        state.Phase = RunPhase.Running;
        state.Confirmation.Stage = ConfirmationStage.None;
        state.Step.RunningSinceNanoseconds = now;
        var step = cursor.StepAt(state.Node);
        commands.Add(Event(now, kind, reason));
        if (step.Sweep is { } path && state.Step.Samples == 0 && BeginSweep(ref state, step, path) is { } pause)
        {
            Pause(ref state, now, pause, commands);
            return;
        }

        BeginSegment(ref state, step, SetpointOf(in state, step, now), now, continuesCurrent: false, commands);
    }

    public void Skip(ref RunState state, long now, CommandBuffer commands)
    {
        if (state.Phase is not (RunPhase.Running or RunPhase.Paused))
        {
            return;
        }

        if (state.Phase == RunPhase.Paused || state.Confirmation.IsUnderWay)
        {
            state.Phase = RunPhase.Running;
            state.Confirmation.Stage = ConfirmationStage.None;
            state.Step.RunningSinceNanoseconds = now;
        }

        commands.Add(Event(now, "skipped", "step skipped by the operator"));
        EndStep(ref state, cursor.StepAt(state.Node), StepEnd.Skipped, now, commands);
        Follow(ref state, cursor.Next(ref state), now, commands);
    }

    /// <summary>The run ends inside its present step.</summary>
    public void Finish(ref RunState state, long now, StepEnd end, RunOutcome outcome, string reason, CommandBuffer commands)
    {
        if (state.Phase != RunPhase.Running || state.Confirmation.IsUnderWay)
        {
            state.Step.RunningSinceNanoseconds = now;
            state.Confirmation.Stage = ConfirmationStage.None;
        }

        var step = cursor.StepAt(state.Node);
        commands.Add(new RunCommand { Kind = RunCommandKind.OutputOff });
        if (state.HasSample && state.Step.Samples > 0)
        {
            var last = new Sample(state.LastSampleNanoseconds, state.LastVolts, state.LastAmperes, null);
            Record(in state, step, last, RowReason.Event, commands);
        }

        EndStep(ref state, step, end, now, commands);
        End(ref state, now, outcome, reason, commands);
    }

    private void Proceed(ref RunState state, in StepJudgement judgement, long now, CommandBuffer commands)
    {
        var because = judgement.Goal?.Because;
        switch (judgement.Then)
        {
            case GoalThen.EndRun:
                commands.Add(new RunCommand { Kind = RunCommandKind.OutputOff });
                End(ref state, now, PlannedOutcome(), because ?? "a goal ended the run", commands);
                break;
            case GoalThen.EndRepeat:
                Follow(ref state, cursor.EndRepeat(ref state), now, commands);
                break;
            case GoalThen.Pause:
                Follow(ref state, cursor.Next(ref state), now, commands, because ?? "a goal asks for a pause");
                break;
            default:
                Follow(ref state, cursor.Next(ref state), now, commands);
                break;
        }
    }

    private void Follow(ref RunState state, CursorMove move, long now, CommandBuffer commands, string? pause = null)
    {
        if (move is CursorMove.EndOfProgram or CursorMove.StopExhausted)
        {
            commands.Add(new RunCommand { Kind = RunCommandKind.OutputOff });
            var reason = move == CursorMove.StopExhausted ? "a repeat was used up, and its else says stop" : "all steps done";
            End(ref state, now, PlannedOutcome(), reason, commands);
            return;
        }

        pause ??= move == CursorMove.PauseExhausted ? "a repeat was used up, and its else says pause" : null;
        pause ??= state.Step.EndedAtOnceInRow >= AtOnceInRowPauses
            ? "two steps in a row ended at once: is the cell connected and alive?"
            : null;
        BeginStep(ref state, now, ref pause, out var setpoint);
        if (pause is not null)
        {
            state.Step.EndedAtOnceInRow = 0;
            Pause(ref state, now, pause, commands);
            return;
        }

        BeginSegment(ref state, cursor.StepAt(state.Node), setpoint, now, continuesCurrent: false, commands);
    }

    private void BeginStep(ref RunState state, long now, ref string? pause, out Setpoint setpoint)
    {
        var step = cursor.StepAt(state.Node);
        state.Step = new StepProgress
        {
            Count = state.Step.Count + 1,
            StartNanoseconds = now,
            RunningSinceNanoseconds = now,
            TotalsAtStart = state.Totals,
            EndedAtOnceInRow = state.Step.EndedAtOnceInRow,
        };
        var direction = step.Direction;
        if (step.Sweep is { } path)
        {
            pause ??= BeginSweep(ref state, step, path);
            direction = Math.Sign(path.ToVolts - state.Step.SourceVolts);
        }

        if (direction != 0 && LegCounter.BeginStep(ref state.Leg, direction, cursor.BlockOf(step.Index)))
        {
            var dead = JudgeCycle(ref state);
            pause ??= step.Sweep is null ? dead : null; // A sweep takes its time, whatever the cell does.
        }

        if (step.Sweep is not null)
        {
            state.Leg.PreviousCycleAmpHours = 0; // What comes after it is no longer to be compared with what came before.
        }

        setpoint = SetpointOf(in state, step, now);
    }

    private Setpoint SetpointOf(ref readonly RunState state, StepNode step, long now) =>
        state.Step.Holding ? SetpointPlanner.Hold(step, state.Step.SourceVolts, cursor.AmperesOf(in state, step))
        : step.Sweep is { } path ? SetpointPlanner.Sweep(step, path, state.Step.SourceVolts, state.Step.TimeAt(now) * 1e-9)
        : SetpointPlanner.For(step, cursor.AmperesOf(in state, step));

    /// <summary>Where the sweep begins.</summary>
    /// <returns>Why it cannot begin there; null: it can.</returns>
    private string? BeginSweep(ref RunState state, StepNode step, SweepPath path)
    {
        state.Step.SourceVolts = path.FromVolts ?? (state.HasSample ? state.LastVolts : path.ToVolts);
        var limits = step.Limits;
        return follows || path.FromVolts is not null ? null
            : !state.HasSample ? $"{step.Path}: the sweep begins at the open-circuit voltage, and none was read"
            : state.LastVolts < limits.MinVolts || state.LastVolts > limits.MaxVolts
                ? FormattableString.Invariant($"{step.Path}: the sweep begins at the open-circuit voltage, and its {state.LastVolts:0.####} V lie outside of limits.voltage")
            : null;
    }

    /// <summary>
    /// The voltage of a sweep goes on, ahead to the next reading: what is read is then read at the voltage that the sweep has at that time. The segment stays: nothing
    /// is blanked, and no row is forced.
    /// </summary>
    public static void GoOnSweeping(ref readonly RunState state, StepNode step, SweepPath path, long now, CommandBuffer commands)
    {
        var seconds = (state.Step.TimeAt(now) * 1e-9) + step.SampleEverySeconds;
        commands.Add(new RunCommand { Kind = RunCommandKind.Apply, Setpoint = SetpointPlanner.Sweep(step, path, state.Step.SourceVolts, seconds) });
    }

    /// <summary>A dead or open cell must not run 900 cycles in a minute.</summary>
    private static string? JudgeCycle(ref RunState state)
    {
        var previous = state.Leg.PreviousCycleAmpHours;
        var moved = state.Totals.Throughput - state.Leg.CycleStartAmpHours;
        state.Leg.PreviousCycleAmpHours = moved;
        state.Leg.CycleStartAmpHours = state.Totals.Throughput;
        return previous > 0 && moved < DeadCycleFraction * previous
            ? FormattableString.Invariant($"cycle {state.Leg.Cycle - 1} moved {moved * 1000:0.####} mAh, less than 1 % of the {previous * 1000:0.####} mAh before it")
            : null;
    }

    /// <summary>A stretch of a confirmation, inside the present step.</summary>
    public void BeginConfirmation(ref RunState state, in Setpoint setpoint, long now, ConfirmationStage stage, CommandBuffer commands) =>
        BeginSegment(ref state, cursor.StepAt(state.Node), setpoint, now, continuesCurrent: false, commands, stage);

    private static void BeginSegment(
        ref RunState state,
        StepNode step,
        in Setpoint setpoint,
        long now,
        bool continuesCurrent,
        CommandBuffer commands,
        ConfirmationStage confirmation = ConfirmationStage.None)
    {
        state.Segment = new SegmentProgress
        {
            StartNanoseconds = now,
            SetAmperes = setpoint.Amperes,
            ContinuesCurrent = continuesCurrent,
        };
        state.Record.DueNanoseconds = now;
        var segment = new Segment(step, setpoint, now, state.Leg.HalfCycle, state.Step.Count, confirmation);
        commands.Add(new RunCommand { Kind = RunCommandKind.Apply, Setpoint = setpoint });
        commands.Add(new RunCommand { Kind = RunCommandKind.BeginSegment, Segment = segment, Setpoint = setpoint });
        commands.Add(new RunCommand { Kind = RunCommandKind.Checkpoint });
    }

    private void BeginHold(ref RunState state, StepNode step, Goal goal, long now, CommandBuffer commands)
    {
        state.Step.Holding = true;
        state.Step.SourceVolts = goal.Value;
        state.Step.HoldThen = goal.Then;
        state.Step.HoldStartNanoseconds = now;
        state.Step.HoldStartStepNanoseconds = state.Step.TimeAt(now);
        var ceiling = cursor.AmperesOf(in state, step);
        BeginSegment(ref state, step, SetpointPlanner.Hold(step, goal.Value, ceiling), now, continuesCurrent: true, commands);
    }

    private static void NotInTime(ref RunState state, StepNode step, long now, CommandBuffer commands)
    {
        state.Step.WithinBaseNanoseconds = state.Step.TimeAt(now);
        Pause(ref state, now, $"{step.Path}: the goal of '{step.Verb}' was not reached in time", commands);
    }

    private void EndStep(ref RunState state, StepNode step, StepEnd end, long now, CommandBuffer commands)
    {
        var goalEnd = end is StepEnd.Voltage or StepEnd.Current or StepEnd.Capacity;
        var atOnce = goalEnd && (state.Step.Samples <= AtOnceSamples || state.Step.TimeAt(now) <= Nanoseconds.PerSecond);
        commands.AddStepEnded(RunRows.Step(in state, step, cursor, end, atOnce, now));
        if (atOnce)
        {
            commands.Add(Event(now, "step_ended_at_once", $"{step.Path}: '{step.Verb}' met its goal within {state.Step.Samples} samples"));
        }

        if (step.Sweep is not null)
        {
            state.Leg.CycleStartAmpHours += state.Totals.Throughput - state.Step.TotalsAtStart.Throughput; // It says nothing about what a cycle moves.
        }

        if (step.Kind != StepKind.Rest)
        {
            state.Step.EndedAtOnceInRow = atOnce ? state.Step.EndedAtOnceInRow + 1 : 0;
        }
    }

    private static void End(ref RunState state, long now, RunOutcome outcome, string reason, CommandBuffer commands)
    {
        state.Phase = RunPhase.Ended;
        commands.Add(new RunCommand { Kind = RunCommandKind.Checkpoint });
        commands.Add(new RunCommand { Kind = RunCommandKind.Ended, Ending = new RunEnding(outcome, now, reason, null) });
    }

    private static void StopStepClock(ref RunState state, long now)
    {
        if (state.Phase == RunPhase.Running)
        {
            // While a short is being confirmed it stands already.
            state.Step.ElapsedNanoseconds = state.Confirmation.IsUnderWay ? state.Step.ElapsedNanoseconds : state.Step.TimeAt(now);
            state.Step.RunningSinceNanoseconds = now;
            state.Confirmation.Stage = ConfirmationStage.None;
        }
    }

    private RunOutcome PlannedOutcome() =>
        program.Measure is Measure.Ccd or Measure.CriticalCapacity ? RunOutcome.NoShort : RunOutcome.Completed;

    private static RunCommand Event(long now, string kind, string message) =>
        new() { Kind = RunCommandKind.Event, Event = new RunEvent(now, kind, message) };
}
