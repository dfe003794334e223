using CyclerControl.Core.Channels;

namespace CyclerControl.Core.Runs;

/// <summary>What a sample means for the present step.</summary>
internal enum StepVerdict : byte
{
    Continue,

    /// <summary>The step is over; how, and what follows, is in <see cref="StepJudgement"/>.</summary>
    Ended,

    /// <summary>The CV part begins.</summary>
    BeginHold,

    /// <summary>Protection: a goal was not reached in time.</summary>
    NotInTime,
}

/// <param name="Goal">The goal that was reached; null for a time end.</param>
internal readonly record struct StepJudgement(StepVerdict Verdict, StepEnd End, GoalThen Then, Goal? Goal);

/// <summary>Judges the ends of a step, and foretells those that can fall between two samples.</summary>
internal static class StepEvaluator
{
    /// <summary>Voltage and current goals are judged after this many samples of the set-point ...</summary>
    public const int BlankingSamples = 3;

    /// <summary>... and this long after the programmed change, ns.</summary>
    public const long BlankingNanoseconds = 50_000_000;

    /// <summary>A capacity goal counts as met this close to it (relative): rounding must not cost another exchange.</summary>
    private const double CapacityTolerance = 2e-6;

    private static readonly StepJudgement s_continue = new(StepVerdict.Continue, StepEnd.Time, GoalThen.NextStep, null);

    public static StepJudgement Judge(ref readonly RunState state, StepNode step, in Sample sample)
    {
        var stepTime = state.Step.TimeAt(sample.TimeNanoseconds);
        if (JudgeGoals(in state, step, sample) is { Verdict: not StepVerdict.Continue } reached)
        {
            return reached;
        }

        if (PlannedSeconds(in state, step) is { } planned && stepTime >= Nanoseconds.FromSeconds(planned))
        {
            return new(StepVerdict.Ended, StepEnd.Time, GoalThen.NextStep, null);
        }

        return stepTime >= WithinStepNanoseconds(in state, step)
            ? new(StepVerdict.NotInTime, StepEnd.Within, GoalThen.Pause, null)
            : s_continue;
    }

    /// <summary>A voltage that an instrument has reached, and whose record is rounded, V.</summary>
    private const double FollowedVoltageTolerance = 1e-3;

    /// <summary>
    /// For an instrument that ends its steps by itself: only what it does inside a step (the CV part begins), and what it does not know (a goal that
    /// was not reached in time).
    /// </summary>
    public static StepJudgement Follow(ref readonly RunState state, StepNode step, in Sample sample)
    {
        if (!state.Step.Holding && step.HoldUntil is not null)
        {
            foreach (var goal in step.Goals)
            {
                var beyond = step.Direction * (sample.Volts - goal.Value);
                if (goal.Kind == GoalKind.Voltage && beyond >= -FollowedVoltageTolerance && state.Segment.Samples >= BlankingSamples)
                {
                    return new(StepVerdict.BeginHold, StepEnd.Voltage, goal.Then, goal);
                }
            }
        }

        return state.Step.TimeAt(sample.TimeNanoseconds) > WithinStepNanoseconds(in state, step)
            ? new(StepVerdict.NotInTime, StepEnd.Within, GoalThen.Pause, null)
            : s_continue;
    }

    /// <summary>Why an instrument has ended a step: the end that its last sample came nearest to.</summary>
    public static StepJudgement Explain(ref readonly RunState state, StepNode step, long nowNanoseconds) => Explain(in state, step, nowNanoseconds, out _);

    /// <param name="nearest">How far the step is from that end, as a fraction of it; infinite where the step has none.</param>
    /// <inheritdoc cref="Explain(ref readonly RunState, StepNode, long)"/>
    public static StepJudgement Explain(ref readonly RunState state, StepNode step, long nowNanoseconds, out double nearest)
    {
        var best = new StepJudgement(StepVerdict.Ended, StepEnd.Time, state.Step.Holding ? state.Step.HoldThen : GoalThen.NextStep, null);
        nearest = double.PositiveInfinity;
        var seconds = state.Step.TimeAt(nowNanoseconds) * 1e-9;
        Consider(PlannedSeconds(in state, step) is { } planned ? Shortfall(seconds, planned) : null, StepEnd.Time, best.Then, null, ref best, ref nearest);
        if (state.Step.Holding && step.HoldUntil is { } hold)
        {
            var held = seconds - (state.Step.HoldStartStepNanoseconds * 1e-9);
            Consider(hold.Seconds is { } most ? Shortfall(held, most) : null, StepEnd.Time, state.Step.HoldThen, null, ref best, ref nearest);
            Consider(hold.Amperes is { } least ? Excess(state.LastAmperes, least) : null, StepEnd.Current, state.Step.HoldThen, null, ref best, ref nearest);
        }

        foreach (var goal in step.Goals)
        {
            double? distance = goal.Kind switch
            {
                GoalKind.Capacity => Shortfall(StepAmpHours(in state), goal.Value),
                GoalKind.Current => Excess(state.LastAmperes, goal.Value),
                _ when state.Step.Holding => null,
                _ => Math.Max(0, (step.Direction >= 0 ? goal.Value - state.LastVolts : state.LastVolts - goal.Value) / Math.Max(0.1, Math.Abs(goal.Value))),
            };
            Consider(distance, EndOf(goal.Kind), goal.Then, goal, ref best, ref nearest);
        }

        return best;
    }

    private static void Consider(double? distance, StepEnd end, GoalThen then, Goal? goal, ref StepJudgement best, ref double nearest)
    {
        if (distance < nearest)
        {
            nearest = distance.Value;
            best = new(StepVerdict.Ended, end, then, goal);
        }
    }

    private static double Shortfall(double reached, double wanted) => Math.Max(0, (wanted - reached) / Math.Max(wanted, double.Epsilon));

    private static double Excess(double amperes, double most) => Math.Max(0, (Math.Abs(amperes) - most) / Math.Max(most, double.Epsilon));

    /// <summary>Test time of the next end that does not wait for the grid: time ends, and a capacity end at the present current.</summary>
    public static long NextDeadline(ref readonly RunState state, StepNode step)
    {
        var next = long.MaxValue;
        if (PlannedSeconds(in state, step) is { } planned)
        {
            next = Math.Min(next, AtStepTime(in state, Nanoseconds.FromSeconds(planned)));
        }

        if (state.Step.Holding && step.HoldUntil?.Seconds is { } hold)
        {
            next = Math.Min(next, AtStepTime(in state, state.Step.HoldStartStepNanoseconds + Nanoseconds.FromSeconds(hold)));
        }

        next = Math.Min(next, AtStepTime(in state, WithinStepNanoseconds(in state, step)));
        return Math.Min(next, CapacityDeadline(in state, step));
    }

    private static StepJudgement JudgeGoals(ref readonly RunState state, StepNode step, in Sample sample)
    {
        var settled = state.Segment.Samples >= BlankingSamples
            && sample.TimeNanoseconds - state.Segment.StartNanoseconds >= BlankingNanoseconds;
        if (state.Step.Holding)
        {
            return JudgeHold(in state, step, sample, settled);
        }

        foreach (var goal in step.Goals)
        {
            if (!IsReached(in state, step, goal, sample, settled))
            {
                continue;
            }

            return goal.Kind == GoalKind.Voltage && step.HoldUntil is not null
                ? new(StepVerdict.BeginHold, StepEnd.Voltage, goal.Then, goal)
                : new(StepVerdict.Ended, EndOf(goal.Kind), goal.Then, goal);
        }

        return s_continue;
    }

    private static StepJudgement JudgeHold(ref readonly RunState state, StepNode step, in Sample sample, bool settled)
    {
        if (settled && step.HoldUntil!.Amperes is { } amperes && Math.Abs(sample.Amperes) <= amperes)
        {
            return new(StepVerdict.Ended, StepEnd.Current, state.Step.HoldThen, null);
        }

        if (step.HoldUntil!.Seconds is { } seconds
            && state.Step.TimeAt(sample.TimeNanoseconds) - state.Step.HoldStartStepNanoseconds >= Nanoseconds.FromSeconds(seconds))
        {
            return new(StepVerdict.Ended, StepEnd.Time, state.Step.HoldThen, null);
        }

        foreach (var goal in step.Goals)
        {
            if (goal.Kind == GoalKind.Capacity && IsReached(in state, step, goal, sample, settled))
            {
                return new(StepVerdict.Ended, StepEnd.Capacity, goal.Then, goal);
            }
        }

        return s_continue;
    }

    private static bool IsReached(ref readonly RunState state, StepNode step, Goal goal, in Sample sample, bool settled) => goal.Kind switch
    {
        GoalKind.Capacity => StepAmpHours(in state) >= goal.Value * (1 - CapacityTolerance),
        GoalKind.Current => settled && Math.Abs(sample.Amperes) <= goal.Value,
        _ => settled && (step.Direction >= 0 ? sample.Volts >= goal.Value : sample.Volts <= goal.Value),
    };

    /// <summary>A sweep takes as long as its path from where it began.</summary>
    private static double? PlannedSeconds(ref readonly RunState state, StepNode step) =>
        step.Sweep is { } path ? path.SecondsFrom(state.Step.SourceVolts) : step.ForSeconds;

    private static double StepAmpHours(ref readonly RunState state) => state.Totals.Throughput - state.Step.TotalsAtStart.Throughput;

    private static StepEnd EndOf(GoalKind kind) => kind switch
    {
        GoalKind.Voltage => StepEnd.Voltage,
        GoalKind.Current => StepEnd.Current,
        _ => StepEnd.Capacity,
    };

    /// <summary>Step time at which protection ends the step; <see cref="long.MaxValue"/> where there is none.</summary>
    private static long WithinStepNanoseconds(ref readonly RunState state, StepNode step)
    {
        var seconds = step.WithinSeconds;
        if (seconds is null && step.WithinAmpHours is { } ampHours && state.Segment.SetAmperes != 0)
        {
            seconds = ampHours * 3600 / Math.Abs(state.Segment.SetAmperes);
        }

        if (seconds is null || state.Step.Holding)
        {
            return long.MaxValue;
        }

        var nanoseconds = Nanoseconds.FromSeconds(seconds.Value);
        return nanoseconds == long.MaxValue ? nanoseconds : state.Step.WithinBaseNanoseconds + nanoseconds;
    }

    private static long AtStepTime(ref readonly RunState state, long stepNanoseconds) =>
        stepNanoseconds == long.MaxValue
            ? long.MaxValue
            : state.Step.RunningSinceNanoseconds + stepNanoseconds - state.Step.ElapsedNanoseconds;

    private static long CapacityDeadline(ref readonly RunState state, StepNode step)
    {
        if (!state.HasSample || state.Segment.Samples == 0 || state.LastAmperes == 0)
        {
            return long.MaxValue;
        }

        var next = long.MaxValue;
        foreach (var goal in step.Goals)
        {
            if (goal.Kind != GoalKind.Capacity)
            {
                continue;
            }

            var seconds = (goal.Value - StepAmpHours(in state)) * 3600 / Math.Abs(state.LastAmperes);
            var nanoseconds = Nanoseconds.FromSeconds(Math.Max(seconds, 0));
            if (nanoseconds < long.MaxValue - state.LastSampleNanoseconds)
            {
                next = Math.Min(next, state.LastSampleNanoseconds + nanoseconds + 1);
            }
        }

        return next;
    }
}
