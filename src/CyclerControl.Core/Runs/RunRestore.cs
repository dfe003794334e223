namespace CyclerControl.Core.Runs;

/// <summary>
/// The state of an interrupted run: its last checkpoint, brought forward to the last sample recorded after it. Between two checkpoints
/// nothing but clocks, charges and counters of samples changes: each step boundary and each change of the set-point writes one.
/// </summary>
public static class RunRestore
{
    /// <summary>
    /// A run that was executing is <see cref="RunPhase.Suspended"/> (it goes on with <see cref="RunInputKind.Restarted"/>), one that was held is
    /// <see cref="RunPhase.Paused"/>, one that had ended is <see cref="RunPhase.Ended"/>.
    /// </summary>
    /// <param name="program">The program that the run executed.</param>
    /// <param name="durable">What its file holds.</param>
    public static RestoredProgress Restore(RunProgram program, DurableProgress durable)
    {
        if (durable.Checkpoint is null)
        {
            return RestoredProgress.Refused("the run was interrupted before its first step");
        }

        if (!RunCheckpoint.TryRead(durable.Checkpoint, out var state))
        {
            return RestoredProgress.Refused("its checkpoint was written by another version of this program");
        }

        if (ProblemOf(program, in state, durable) is { } problem)
        {
            return RestoredProgress.Refused(problem);
        }

        if (state.Phase != RunPhase.Ended)
        {
            if (durable is { FirstAfter: { } first, Last: { } last })
            {
                BringForward(ref state, (StepNode)program.Nodes[state.Node], first, last, durable.RowsAfter);
            }

            Hold(ref state);
        }

        return new RestoredProgress(state, Math.Max(state.HasSample ? state.LastSampleNanoseconds : 0, state.Step.StartNanoseconds), null);
    }

    private static string? ProblemOf(RunProgram program, in RunState state, DurableProgress durable)
    {
        if (state.Phase == RunPhase.NotStarted || state.Node < 0 || state.Node >= program.Nodes.Length
            || program.Nodes[state.Node] is not StepNode step)
        {
            return "its checkpoint does not fit its protocol";
        }

        if (state.Phase == RunPhase.Ended)
        {
            return null;
        }

        if (durable.LastEndedStep >= state.Step.Count)
        {
            return FormattableString.Invariant(
                $"step {durable.LastEndedStep} has ended, and the checkpoint is from step {state.Step.Count}: no step is executed twice");
        }

        return durable.Last is { } last && (last.StepCount != state.Step.Count || last.StepId != step.StepId || last.HalfCycle != state.Leg.HalfCycle)
            ? "its checkpoint and its last sample are not from the same step"
            : null;
    }

    /// <summary>Every row carries the totals and the step's clock; what is not in a row has not changed, or is a count of samples.</summary>
    private static void BringForward(ref RunState state, StepNode step, in SampleRow first, in SampleRow last, long rows)
    {
        if (state.Step.Samples == 0)
        {
            state.Step.StartVolts = first.Volts; // the first sample under a set-point is always recorded
        }

        var seen = Count(state.Step.Samples + rows, last.StepTimeNanoseconds, step);
        state.Step.Samples = Math.Max(state.Step.Samples, seen);
        state.Segment.Samples = Math.Max(state.Segment.Samples, Count(rows, last.TimeNanoseconds - state.Segment.StartNanoseconds, step));
        state.Totals = new ChargeTotals
        {
            ChargingAmpHours = last.ChargingAmpHours,
            DischargingAmpHours = last.DischargingAmpHours,
            ChargingWattHours = last.ChargingWattHours,
            DischargingWattHours = last.DischargingWattHours,
        };
        state.Step.ElapsedNanoseconds = last.StepTimeNanoseconds;
        state.Step.RunningSinceNanoseconds = last.TimeNanoseconds;
        state.LastSampleNanoseconds = last.TimeNanoseconds;
        state.LastVolts = last.Volts;
        state.LastAmperes = last.Amperes;
        state.HasSample = true;
        state.Record.LastVolts = last.Volts;
        state.Record.LastAmperes = last.Amperes;
    }

    /// <summary>Not every sample is recorded, but the grid is known: only "hardly any" and "many" are told apart by this number.</summary>
    private static int Count(long rows, long nanoseconds, StepNode step)
    {
        var onGrid = nanoseconds * 1e-9 / step.SampleEverySeconds;
        return (int)Math.Min(Math.Max(rows, onGrid), int.MaxValue);
    }

    private static void Hold(ref RunState state)
    {
        if (state.Phase != RunPhase.Running)
        {
            return;
        }

        var asOf = Math.Max(state.HasSample ? state.LastSampleNanoseconds : 0, state.Step.RunningSinceNanoseconds);
        state.Step.ElapsedNanoseconds = state.Confirmation.IsUnderWay ? state.Step.ElapsedNanoseconds : state.Step.TimeAt(asOf);
        state.Step.RunningSinceNanoseconds = asOf;
        state.Confirmation.Stage = ConfirmationStage.None;
        state.Phase = RunPhase.Suspended;
    }
}
