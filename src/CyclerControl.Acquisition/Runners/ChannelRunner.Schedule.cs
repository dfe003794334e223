using CyclerControl.Acquisition.Schedules;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <content>An instrument that runs the schedule by itself: started, followed, adopted; stopped only where a run ends before its time.</content>
internal sealed partial class ChannelRunner
{
    /// <summary>So many steps may have passed without a row before the record and the protocol count as two different things.</summary>
    private const int MostStepsWithoutRows = 2;

    /// <summary>The channel runs uploaded recipes.</summary>
    public bool IsScheduled => Capabilities.Schedule is not null;

    /// <summary>One page of the instrument's record. Nothing is judged here.</summary>
    /// <returns>Whether there are more rows at once.</returns>
    public bool FetchRows(IScheduledChannel channel)
    {
        var follower = _run!.Follower!;
        follower.Fetch(channel);
        return follower.Fetched.More;
    }

    /// <summary>Each row in its order: limits and detector at once, the engine one row later, when it is known whether the step ended with it.</summary>
    public void ObserveRows()
    {
        if (_run is not { Follower: { } follower } run)
        {
            return;
        }

        var fetched = follower.Fetched;
        for (var i = 0; i < fetched.Count && IsFollowing(run); i++)
        {
            Follow(run, follower, follower.Page[i]);
        }

        if (IsFollowing(run) && fetched.Lost > 0)
        {
            TellLost(run, fetched.Lost);
        }

        if (IsFollowing(run) && !fetched.More)
        {
            TellTrouble(run, follower, fetched.Trouble);
        }

        if (IsFollowing(run) && !fetched.More)
        {
            Judge(run, follower, fetched);
        }

        PublishSample();
    }

    private void TellTrouble(ActiveRun run, ScheduleFollower follower, string? trouble)
    {
        if (trouble == follower.Trouble)
        {
            return;
        }

        follower.Trouble = trouble;
        run.Recording.Append(_generation, new RunEvent(TestTime(), "schedule_trouble", trouble ?? "what had to be written to the instrument is written"));
        if (trouble is not null)
        {
            _observer.Alarm(Id.ToString(), trouble);
        }
    }

    private bool IsFollowing(ActiveRun run) => _run == run && run.Ending is null && State == ChannelState.Running;

    private string? StartSchedule(ActiveRun run, ScheduleFollower follower)
    {
        foreach (var remark in follower.Schedule.Remarks)
        {
            run.Recording.Append(_generation, new RunEvent(0, "schedule_remark", remark));
        }

        run.Recording.Append(_generation, new RunEvent(0, "schedule", follower.Schedule.Text));
        var refusal = Output.TryStart(follower.Schedule, follower.RunId, out var ticket);
        if (refusal is not null || ticket is null)
        {
            return refusal?.Message;
        }

        follower.Ticket = ticket;
        run.Recording.Append(_generation, new RunEvent(0, ScheduleEvents.Started, ticket));
        return null;
    }

    private void Follow(ActiveRun run, ScheduleFollower follower, in ScheduleRow row)
    {
        if (row.Step < 0 || row.Step >= follower.Schedule.Steps.Count)
        {
            FaultOutOfStep(FormattableString.Invariant($"the instrument reports step {row.Step}, and the schedule has {follower.Schedule.Steps.Count}"));
            return;
        }

        var begins = follower.Read(row);
        if (follower.Pending is null && run.State.HasSample && follower.TimeNanoseconds <= run.State.LastSampleNanoseconds)
        {
            return; // Known before the restart.
        }

        Align(run, follower, begins);
        if (!CatchUp(run, follower, begins))
        {
            return;
        }

        var time = Math.Max(follower.TimeNanoseconds, run.State.HasSample ? run.State.LastSampleNanoseconds + 1 : 0);
        var sample = new Sample(time, row.Volts, row.Amperes, row.Celsius);
        _figures.Take(new Reading(run.StartNanoseconds + time, row.Volts, row.Amperes, row.Celsius, ReadingQuality.Valid));
        if (!double.IsFinite(row.Volts) || !double.IsFinite(row.Amperes))
        {
            ObserveInvalid(run, Now);
            return;
        }

        run.Invalid.Clear();
        run.Samples++;
        if (run.Burst.Add(sample))
        {
            AppendBurst(run);
        }

        follower.Pending = new RunInput(RunInputKind.Sample, time, sample)
        {
            Counted = row.StepAmpHours is { } ampHours ? new CountedCharge(ampHours, row.StepWattHours) : null,
        };
        if (IsStopped(run, sample))
        {
            return;
        }

        Keep(run, run.State.LastSampleNanoseconds);
        Look(time);
        if (IsFollowing(run))
        {
            CompareRow(run, follower, row, begins);
        }
    }

    /// <summary>Brings the engine to the step that the instrument is in.</summary>
    /// <returns>False when the run did not survive it.</returns>
    private bool CatchUp(ActiveRun run, ScheduleFollower follower, bool begins)
    {
        if (!begins && follower.Pending is { } pending)
        {
            follower.Pending = null;
            Take(pending);
            return IsFollowing(run);
        }

        if (!begins && run.State.Step.Count >= follower.Execution && IsInStep(run, follower))
        {
            return true;
        }

        if (follower.Execution == 1 && run.State.Step.Count > 1)
        {
            follower.Execution = run.State.Step.Count + (IsInStep(run, follower) ? 0 : 1); // The record begins in the middle of the run.
        }

        if (run.State.Step.Count < follower.Execution && !CompareEnd(run, follower))
        {
            return false;
        }

        follower.HasMore = true;
        var without = 0;
        while (IsFollowing(run) && (run.State.Step.Count < follower.Execution || !IsInStep(run, follower)))
        {
            if (run.State.Step.Count >= follower.Execution && (++without > MostStepsWithoutRows || !MayLackRows(run, follower)))
            {
                FaultOutOfStep($"{WhereItIs(run, follower.Step)}, the protocol in {run.Engine.StepOf(in run.State)?.Path}");
                return false;
            }

            if (without > 0)
            {
                run.Recording.Append(_generation, new RunEvent(
                    run.State.LastSampleNanoseconds, "step_without_rows", $"{run.Engine.StepOf(in run.State)?.Path} has no row in the instrument's record"));
            }

            EndStep(run, follower, follower.StepStartNanoseconds);
        }

        follower.HasMore = false;
        follower.Execution = run.State.Step.Count;
        return IsFollowing(run);
    }

    /// <summary>A recipe that was written at the instrument may leave out a rest of ours; everything else in it is then another protocol.</summary>
    private static bool MayLackRows(ActiveRun run, ScheduleFollower follower) =>
        follower.Step.Node is not null || run.Engine.StepOf(in run.State) is { Kind: StepKind.Rest };

    private static bool IsInStep(ActiveRun run, ScheduleFollower follower) => run.Engine.StepOf(in run.State) is { } step && follower.Step.Is(step);

    private static string WhereItIs(ActiveRun run, ScheduleStep step) => step.Node is { } node
        ? "the instrument is in " + run.Program.Nodes[node].Path
        : $"the instrument's record is in a {NameOf(step)}";

    private static string NameOf(ScheduleStep step) => step.Direction > 0 ? "charge" : step.Direction < 0 ? "discharge" : "rest";

    /// <summary>The pending row was the last one of its step.</summary>
    private void EndStep(ActiveRun run, ScheduleFollower follower, long endNanoseconds)
    {
        var last = follower.Pending ?? new RunInput(
            RunInputKind.Sample, run.State.LastSampleNanoseconds, new Sample(run.State.LastSampleNanoseconds, run.State.LastVolts, run.State.LastAmperes, null));
        var end = Math.Max(endNanoseconds, Math.Max(last.TimeNanoseconds, run.State.Step.StartNanoseconds));
        follower.Pending = null;
        var skipped = follower.SkipAsked;
        follower.SkipAsked = false;
        Take(last with { Kind = RunInputKind.InstrumentEndedStep, TimeNanoseconds = end, Skipped = skipped });
    }

    /// <summary>Everything that the instrument has recorded has been read; what does it say of itself?</summary>
    private void Judge(ActiveRun run, ScheduleFollower follower, in ScheduleFetch fetched)
    {
        if (fetched.State != follower.Told)
        {
            follower.Told = fetched.State;
            var words = fetched.Message ?? $"the instrument says: {fetched.State.ToString().ToLowerInvariant()}";
            run.Recording.Append(_generation, new RunEvent(TestTime(), "schedule_state", words));
            _changed = true;
            if (fetched.State is ScheduleState.Unknown or ScheduleState.Paused || (fetched.State == ScheduleState.Silent && !IsAtItsEnd(run, follower)))
            {
                _observer.Alarm(Id.ToString(), words);
            }
        }

        switch (fetched.State)
        {
            case ScheduleState.Finished:
                Complete(run, follower);
                break;
            case ScheduleState.Silent when IsAtItsEnd(run, follower):
                EndStep(run, follower, follower.TimeNanoseconds);
                break;
            case ScheduleState.Stopped:
                TakePending(follower);
                Output.LetGo(OutputState.Off);
                Finish(RunInputKind.End, ChannelTrigger.Stop, default, new EndingWords(null, fetched.Message ?? "stopped at the instrument, not by us", null));
                break;
            case ScheduleState.Protected:
                ActOnProtection(run, follower, fetched.Message);
                break;
            case ScheduleState.Astray:
                TakePending(follower);
                FaultOutOfStep(fetched.Message ?? "it does otherwise than was written to it");
                break;
            case ScheduleState.Displaced:
                TakePending(follower);
                Output.LetGo(OutputState.NotOurs);
                Fault(RunOutcome.Faulted, fetched.Message ?? "another test runs on the channel; nothing was written to it");
                break;
            default:
                break;
        }
    }

    /// <summary>The last step of the protocol has had what it asks for: nothing more is to come.</summary>
    private static bool IsAtItsEnd(ActiveRun run, ScheduleFollower follower) => follower.HasRow && run.Engine.IsAtItsEnd(in run.State, follower.TimeNanoseconds);

    private void Complete(ActiveRun run, ScheduleFollower follower)
    {
        Output.LetGo(OutputState.Off);
        if (follower.HasRow)
        {
            EndStep(run, follower, follower.TimeNanoseconds);
        }

        if (IsFollowing(run))
        {
            Fault(RunOutcome.Faulted, $"the instrument says that the schedule is over in {run.Engine.StepOf(in run.State)?.Path}, and the protocol has more");
        }
    }

    private void TakePending(ScheduleFollower follower)
    {
        if (follower.Pending is { } pending)
        {
            follower.Pending = null;
            Take(pending);
        }
    }

    /// <summary>The box was quicker than the record that we read.</summary>
    private void ActOnProtection(ActiveRun run, ScheduleFollower follower, string? message)
    {
        Output.LetGo(OutputState.Off);
        var last = follower.Pending?.Sample ?? new Sample(run.State.LastSampleNanoseconds, run.State.LastVolts, run.State.LastAmperes, null);
        var words = message ?? "the instrument's own protection switched off";
        if (follower.HasRow && follower.Step.FloorVolts is { } floor && Math.Abs(last.Volts) <= floor)
        {
            var seconds = last.TimeNanoseconds * 1e-9;
            var found = new DetectionEvent(
                1, DetectionKind.HardShort, DetectionSeverity.Abort, seconds, seconds, last.Volts, last.Amperes, null, Math.Abs(last.Volts), floor,
                last.Amperes == 0 ? null : Math.Abs(last.Volts / last.Amperes),
                FormattableString.Invariant(
                    $"The voltage collapsed to {last.Volts * 1000:0.###} mV at {last.Amperes * 1000:0.###} mA, and the instrument's own protection ({floor * 1000:0.###} mV) switched off: a metal path carries the current."));
            follower.Pending = null;
            if (ActOn(run, last, found))
            {
                return;
            }
        }

        TakePending(follower);
        if (IsFollowing(run))
        {
            Finish(RunInputKind.Trip, ChannelTrigger.Trip, last, new EndingWords(RunOutcome.Tripped, FormattableString.Invariant(
                $"{words}; last record {last.Volts:0.####} V, {last.Amperes * 1000:0.####} mA"), null));
        }
    }

    private void FaultOutOfStep(string reason) => Fault(RunOutcome.Faulted, "the instrument and the protocol are out of step: " + reason);

    private void AskToSkip(ScheduleFollower follower)
    {
        if (!Capabilities.Schedule!.CanSkip)
        {
            _observer.Alarm(Id.ToString(), "this instrument cannot end a step before its time; nothing was changed");
            return;
        }

        var refusal = Output.TrySkip();
        if (refusal is null && Output.Broken is null)
        {
            follower.SkipAsked = true;
            _run!.Recording.Append(_generation, new RunEvent(TestTime(), "skip_asked", "the operator skips the step; the instrument was told"));
        }
        else if (refusal is not null)
        {
            _observer.Alarm(Id.ToString(), "the step was not skipped: " + refusal.Message);
        }
    }

    /// <summary>The link stands again. The schedule has gone on without us, or has ended meanwhile: its record says.</summary>
    private void Adopt(ActiveRun run, ScheduleFollower follower)
    {
        var refusal = Output.TryAdopt(follower.Schedule, follower.RunId, follower.Ticket, run.Engine.ProgressOf(in run.State), out var isOurs);
        if (Output.Broken is not null)
        {
            return;
        }

        if (refusal is not null || !isOurs)
        {
            Output.LetGo(OutputState.NotOurs);
            TellGap(run, resumed: false, refusal?.Message ?? "the channel runs something else");
            Fault(RunOutcome.Faulted, refusal?.Message ?? "the channel runs something else than this run; nothing was written to it");
            return;
        }

        run.LostAtNanoseconds = null;
        _snapshot = _snapshot with { Message = null };
        Fire(ChannelTrigger.Resume);
    }

    private void ContinueFollowing(ActiveRun run)
    {
        if (run.State.Phase == RunPhase.Suspended)
        {
            var asOf = run.Restart?.AsOfNanoseconds ?? run.State.LastSampleNanoseconds;
            TellGap(run, resumed: true, "adopted: the instrument has gone on by itself");
            Take(RunInputKind.Restarted, asOf, default);
            return;
        }

        run.Recording.Append(_generation, new RunEvent(
            TestTime(), "adopted", "the link is back; the instrument has gone on by itself, and its record fills the gap"));
    }

    /// <summary>Nothing is written to the instrument: it goes on under its own limits, and the run is adopted by whoever starts next.</summary>
    private void LeaveRunning(ActiveRun run)
    {
        run.Recording.Append(_generation, new RunEvent(
            TestTime(), "service_stopped", "the service was shut down; the instrument goes on by itself, and the run is adopted when the service is back"));
        run.Recording.RequestCommit(_generation);
        _observer.Alarm(Id.ToString(), "goes on without us, under the instrument's own limits");
        Show(run);
        _run = null;
        Output.LetGo(OutputState.On);
        Fire(ChannelTrigger.LoseLink);
        Publish();
        run.Completion.Leave();
    }
}
