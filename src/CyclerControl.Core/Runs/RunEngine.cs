using CyclerControl.Core.Channels;

namespace CyclerControl.Core.Runs;

/// <summary>
/// The pure protocol engine: no clock, no I/O, deterministic, no allocation between step boundaries. One instance serves one program; all
/// progress is in <see cref="RunState"/>, so that a copy of it is a checkpoint from which an equal engine continues identically.
/// </summary>
public sealed class RunEngine
{
    /// <summary>Fraction of its end that a step may lack when the last row before a silence was recorded.</summary>
    private const double AsGoodAsDone = 0.05;

    /// <summary>A sweep stands still until it is read for the first time, ns.</summary>
    private const long SweepBeginsNanoseconds = 50_000_000;

    private readonly StepCursor _cursor;
    private readonly StepTransitions _transitions;
    private readonly Confirmation _confirmation;

    private readonly bool _follows;

    /// <param name="program">What is executed.</param>
    /// <param name="follows">
    /// True for an instrument that runs the schedule by itself: the engine then ends no step of its own, but follows
    /// <see cref="RunInputKind.InstrumentEndedStep"/>; it still pauses a run whose protections say so.
    /// </param>
    public RunEngine(RunProgram program, bool follows = false)
    {
        _follows = follows;
        Program = program;
        _cursor = new StepCursor(program);
        _transitions = new StepTransitions(program, _cursor, follows);
        _confirmation = new Confirmation(program, _cursor, _transitions);
    }

    public RunProgram Program { get; }

    /// <summary>The step that a state is in; null before the start.</summary>
    public StepNode? StepOf(ref readonly RunState state) => state.Phase == RunPhase.NotStarted ? null : _cursor.StepAt(state.Node);

    /// <summary>|I| of the step that a state is in, A; 0 in a rest, hold or sweep.</summary>
    public double AmperesOf(ref readonly RunState state) =>
        StepOf(in state) is { Kind: StepKind.Current } step ? _cursor.AmperesOf(in state, step) : 0;

    /// <summary>The outermost loop around the step that a state is in, and its pass; null where there is none.</summary>
    public ScheduleProgress? ProgressOf(ref readonly RunState state) =>
        StepOf(in state) is { } step && _cursor.OutermostLoopOf(step.Index) is { } loop ? new ScheduleProgress(loop, _cursor.Pass(in state, loop)) : null;

    /// <summary>Takes one input, changes the state, and replaces the content of <paramref name="commands"/> by what has to be done, in order.</summary>
    /// <returns>Test time at which a sample is wanted next whatever the grid says (a time end, a foretold capacity end), ns; <see cref="long.MaxValue"/>: none.</returns>
    /// <exception cref="InvalidOperationException">The input does not fit the phase: a sample before the start, a second start.</exception>
    public long Advance(ref RunState state, in RunInput input, CommandBuffer commands)
    {
        commands.Clear();
        if (state.Phase == RunPhase.NotStarted)
        {
            if (input.Kind != RunInputKind.Start)
            {
                throw new InvalidOperationException($"a run begins with {RunInputKind.Start}, not {input.Kind}");
            }

            _transitions.Start(ref state, input.TimeNanoseconds, commands);
        }
        else if (state.Phase != RunPhase.Ended)
        {
            Dispatch(ref state, input, commands);
        }

        return state.Phase == RunPhase.Running && !_follows ? Deadline(ref state) : long.MaxValue;
    }

    /// <summary>Whether the run would be over if the instrument had ended the present step now: it is the last one, and as good as at one of its ends.</summary>
    public bool IsAtItsEnd(ref readonly RunState state, long nowNanoseconds)
    {
        if (!_follows || state.Phase != RunPhase.Running)
        {
            return false;
        }

        var step = _cursor.StepAt(state.Node);
        var judgement = StepEvaluator.Explain(in state, step, nowNanoseconds, out var nearest);
        if (nearest > AsGoodAsDone)
        {
            return false;
        }

        var trial = state;
        _transitions.Apply(ref trial, step, judgement, nowNanoseconds, new CommandBuffer());
        return trial.Phase == RunPhase.Ended;
    }

    private void Dispatch(ref RunState state, in RunInput input, CommandBuffer commands)
    {
        switch (input.Kind)
        {
            case RunInputKind.Sample:
                TakeSample(ref state, input, commands);
                break;
            case RunInputKind.InstrumentEndedStep when _follows:
                EndStep(ref state, input, commands);
                break;
            case RunInputKind.InstrumentEndedStep:
                throw new InvalidOperationException("this engine decides itself when a step ends");
            case RunInputKind.Pause:
                StepTransitions.Pause(ref state, input.TimeNanoseconds, "paused by the operator", commands);
                break;
            case RunInputKind.Resume when state.Phase == RunPhase.Paused:
                TakeHeldReading(ref state, input.Sample);
                _transitions.Continue(ref state, input.TimeNanoseconds, "resumed", "resumed by the operator", commands);
                break;
            case RunInputKind.LinkLost:
                StepTransitions.Suspend(ref state, input.TimeNanoseconds, commands);
                break;
            case RunInputKind.LinkBack when state.Phase == RunPhase.Suspended:
                _transitions.Continue(ref state, input.TimeNanoseconds, "link_back", "the link is back; the step goes on where it was", commands);
                break;
            case RunInputKind.Restarted when state.Phase == RunPhase.Suspended:
                _transitions.Continue(
                    ref state, input.TimeNanoseconds, "restarted", "this program was restarted; the step goes on where it was", commands);
                break;
            case RunInputKind.SkipStep:
                _transitions.Skip(ref state, input.TimeNanoseconds, commands);
                break;
            case RunInputKind.End:
                _transitions.Finish(ref state, input.TimeNanoseconds, StepEnd.Interrupted, RunOutcome.Stopped, "ended by the operator", commands);
                break;
            case RunInputKind.Trip:
                TakeDecidingSample(ref state, input.Sample);
                _transitions.Finish(ref state, input.TimeNanoseconds, StepEnd.Interrupted, RunOutcome.Tripped, "tripped", commands);
                break;
            case RunInputKind.ShortFound:
                TakeDecidingSample(ref state, input.Sample);
                _transitions.Finish(ref state, input.TimeNanoseconds, StepEnd.ShortCircuit, RunOutcome.ShortFound, "short circuit", commands);
                break;
            case RunInputKind.Confirm when _confirmation.IsAllowed(in state, input.TimeNanoseconds):
                _confirmation.Begin(ref state, input.TimeNanoseconds, commands);
                break;
            case RunInputKind.NotConfirmed when state.Confirmation.Stage == ConfirmationStage.Over:
                _transitions.Continue(ref state, input.TimeNanoseconds, "confirmation_ended", "no short was confirmed; the step goes on where it was", commands);
                break;
            case RunInputKind.Start:
                throw new InvalidOperationException("the run has already started");
            default:
                break; // Resume, LinkBack or Restarted of a run that is not held, a confirmation that is not allowed: nothing to do.
        }
    }

    private void TakeSample(ref RunState state, in RunInput input, CommandBuffer commands)
    {
        if (state.Phase != RunPhase.Running)
        {
            return;
        }

        var sample = input.Sample;
        var step = _cursor.StepAt(state.Node);
        Count(ref state, step, input);
        Observe(ref state, sample);
        if (state.Confirmation.IsUnderWay)
        {
            _confirmation.Advance(ref state, step, sample, commands);
            return;
        }

        var judgement = _follows ? StepEvaluator.Follow(in state, step, sample) : StepEvaluator.Judge(in state, step, sample);
        if (judgement.Verdict == StepVerdict.Continue)
        {
            var first = state.Step.Samples == 1;
            if (RecordDecision.Wants(ref state, step.Record, sample))
            {
                StepTransitions.Record(in state, step, sample, first ? RowReason.StepStart : RowReason.Rule, commands);
            }

            if (step.Sweep is { } path && !_follows)
            {
                StepTransitions.GoOnSweeping(in state, step, path, sample.TimeNanoseconds, commands);
            }

            return;
        }

        RecordDecision.Remember(ref state, step.Record, sample);
        StepTransitions.Record(in state, step, sample, RowReason.StepEnd, commands);
        _transitions.Apply(ref state, step, judgement, sample.TimeNanoseconds, commands);
    }

    /// <summary>The instrument has gone on to its next step.</summary>
    private void EndStep(ref RunState state, in RunInput input, CommandBuffer commands)
    {
        if (state.Phase != RunPhase.Running)
        {
            return;
        }

        var sample = input.Sample;
        var step = _cursor.StepAt(state.Node);
        if (!state.HasSample || sample.TimeNanoseconds > state.LastSampleNanoseconds)
        {
            Count(ref state, step, input);
            Observe(ref state, sample);
            RecordDecision.Remember(ref state, step.Record, sample);
            StepTransitions.Record(in state, step, sample, RowReason.StepEnd, commands);
        }

        var judgement = StepEvaluator.Explain(in state, step, input.TimeNanoseconds);
        _transitions.Apply(ref state, step, input.Skipped ? judgement with { End = StepEnd.Skipped } : judgement, input.TimeNanoseconds, commands);
    }

    private static void Count(ref RunState state, StepNode step, in RunInput input)
    {
        if (step.Kind == StepKind.Rest)
        {
            return;
        }

        ChargeIntegrator.Add(ref state, input.Sample);
        if (input.Counted is { } counted)
        {
            ChargeIntegrator.Replace(ref state, step.Direction, counted);
        }
    }

    /// <summary>What the cell shows with the output off: a sweep that could not begin may begin there.</summary>
    private void TakeHeldReading(ref RunState state, in Sample sample)
    {
        if (StepOf(in state) is { Sweep: { FromVolts: null } } && state.Step.Samples == 0 && sample.TimeNanoseconds > state.LastSampleNanoseconds)
        {
            (state.LastSampleNanoseconds, state.LastVolts, state.LastAmperes, state.HasSample) = (sample.TimeNanoseconds, sample.Volts, sample.Amperes, true);
        }
    }

    /// <summary>The sample that tripped the run counts and is recorded, but judges no step end: the output is off already.</summary>
    private void TakeDecidingSample(ref RunState state, in Sample sample)
    {
        if (state.Phase != RunPhase.Running || sample.TimeNanoseconds <= state.LastSampleNanoseconds)
        {
            return;
        }

        if (_cursor.StepAt(state.Node).Kind != StepKind.Rest)
        {
            ChargeIntegrator.Add(ref state, sample);
        }

        Observe(ref state, sample);
    }

    private static void Observe(ref RunState state, in Sample sample)
    {
        if (state.Step.Samples == 0)
        {
            state.Step.StartVolts = sample.Volts;
        }

        state.Step.Samples++;
        state.Segment.Samples++;
        state.LastSampleNanoseconds = sample.TimeNanoseconds;
        state.LastVolts = sample.Volts;
        state.LastAmperes = sample.Amperes;
        state.HasSample = true;
    }

    /// <summary>The first look at a new set-point does not wait for a slow grid.</summary>
    private long Deadline(ref RunState state)
    {
        if (state.Confirmation.IsUnderWay)
        {
            return state.Confirmation.StageEndNanoseconds;
        }

        var step = _cursor.StepAt(state.Node);
        var deadline = StepEvaluator.NextDeadline(in state, step);
        return state.Segment.Samples == 0
            ? Math.Min(deadline, state.Segment.StartNanoseconds + (step.Sweep is null ? Nanoseconds.PerSecond : SweepBeginsNanoseconds))
            : deadline;
    }
}
