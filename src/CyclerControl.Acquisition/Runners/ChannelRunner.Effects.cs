using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <content>What follows from a change of state, after it; and the end of a run's records.</content>
internal sealed partial class ChannelRunner
{
    private bool Fire(ChannelTrigger trigger)
    {
        var accepted = _lifecycle.Fire(trigger);
        CarryOutEffects();
        return accepted;
    }

    private void CarryOutEffects()
    {
        foreach (var effect in _lifecycle.TakeEffects())
        {
            _changed = true;
            CarryOut(effect);
        }
    }

    private void CarryOut(ChannelEffect effect)
    {
        switch (effect)
        {
            case ChannelEffect.Prepare:
                Arm();
                break;
            case ChannelEffect.BeginRun:
                Take(RunInputKind.Start, 0, default);
                break;
            case ChannelEffect.ContinueRun:
                ContinueRun(_run!);
                break;
            case ChannelEffect.OutputOff:
                Output.TryOff();
                break;
            case ChannelEffect.CommitRecording:
                _run?.Recording.RequestCommit(_generation);
                break;
            case ChannelEffect.CloseRecording:
                Conclude();
                break;
            case ChannelEffect.Announce:
                _observer.ChannelChanged(Id, State);
                break;
            case ChannelEffect.Alarm:
                _observer.Alarm(Id.ToString(), _snapshot.Message ?? _lifecycle.Failure?.Message ?? State.ToString());
                break;
            case ChannelEffect.Release or ChannelEffect.Reconnect:
                break; // A run releases its channel when its last record is made; the loop reopens its link by itself.
            default:
                throw new InvalidOperationException($"the lifecycle asked for {effect}, which nobody carries out");
        }
    }

    /// <summary>Fail-closed: the start intent is durable already, the output is still off.</summary>
    private void Arm()
    {
        var run = _run!;
        NameOwnTrip();
        var refusal = !Output.IsConnected ? "the link was lost before the start"
            : run.Follower is { } follower ? StartSchedule(run, follower)
            : Output.TryPrepare()?.Message;
        if (refusal is null && Output.Broken is null)
        {
            Fire(ChannelTrigger.Run);
            return;
        }

        refusal ??= "the link broke while the channel was prepared: " + Output.Broken!.Message;
        _snapshot = _snapshot with { Message = refusal };
        run.Ending = new RunEnding(RunOutcome.Faulted, 0, refusal, null);
        Fire(Output.Broken is null ? ChannelTrigger.Refuse : ChannelTrigger.LoseLink);
    }

    /// <summary>The ending is written; readings go on where a burst is being captured and can be read.</summary>
    private void Conclude()
    {
        if (_run is not { } run)
        {
            return;
        }

        var ending = run.Ending ??= new RunEnding(RunOutcome.Faulted, TestTime(), _lifecycle.Failure?.Message ?? "the run was given up", null);
        _snapshot = _snapshot with { Message = ending.Reason };
        if (run.Missed.TakeUnsaid() is > 0 and var missed)
        {
            RecordMissed(run, missed);
        }

        RecordTiming(run, ending.EndNanoseconds);

        run.Recording.Append(_generation, Output.State switch
        {
            OutputState.NotOurs when !Capabilities.IsWatched => new RunEvent(
                ending.EndNanoseconds, "channel_displaced", "the channel runs something that is not ours; nothing was written to it, and nothing is known of its output"),
            OutputState.NotOurs => new RunEvent(
                ending.EndNanoseconds, "output_not_ours", "the channel is watched only: this program cannot switch it off, and does not know whether it is off"),
            OutputState.Off => new RunEvent(ending.EndNanoseconds, "output_off", "output off, confirmed by the instrument"),
            _ => new RunEvent(ending.EndNanoseconds, "output_unconfirmed", "the instrument has not confirmed that the output is off"),
        });
        if (!Output.IsSettled)
        {
            _observer.Alarm(Id.ToString(), "OUTPUT UNCONFIRMED: the link broke before the instrument confirmed that the output is off");
        }

        run.Recording.Append(_generation, new RunEvent(ending.EndNanoseconds, "run_ended", ending.Reason, ending.Short));
        run.Recording.RequestCommit(_generation);
        run.InTail = run.Follower is null && run.Burst.IsCapturing && _options.BurstAfter > TimeSpan.Zero
            && run.Recording.Failure is null && Output is { IsConnected: true, Broken: null };
        if (!run.InTail)
        {
            Complete();
        }
    }

    /// <summary>The last record is made.</summary>
    private void Complete()
    {
        var run = _run!;
        if (run.Burst.Finish())
        {
            AppendBurst(run);
        }

        if (run.Burst.NotCaptured > 0)
        {
            run.Recording.Append(_generation, new RunEvent(run.Ending!.EndNanoseconds, "bursts_left_out", FormattableString.Invariant(
                $"{run.Burst.Begun} bursts of full-rate samples were kept; {run.Burst.NotCaptured} further detections have none of their own")));
        }

        run.Recording.RequestCommit(_generation);
        run.Recording.Look(_generation);
        Output.TryOff();
        if (Output.TryRelease() is { } refusal)
        {
            _observer.Alarm(Id.ToString(), "the instrument refused to release the channel: " + refusal.Message);
        }

        Show(run);
        _changed = true;
        _run = null;
        run.Completion.End(run.Ending!);
    }

    private void AppendBurst(ActiveRun run)
    {
        var (samples, count) = run.Burst.Captured;
        run.Recording.AppendBurst(_generation, run.Burst.Begun, samples, count);
    }

    /// <summary>Lateness in simulated or scaled time says nothing about the machine.</summary>
    private void RecordTiming(ActiveRun run, long testTime)
    {
        if (_clock.Kind == ClockKind.Wall && _timing.Lateness.Since(run.Beat) is { Deadlines: > 0 } beat)
        {
            run.Recording.Append(_generation, new RunEvent(testTime, "link_timing", beat.ToString()));
        }
    }

    private void RecordMissed(ActiveRun run, long missed) => run.Recording.Append(_generation, new RunEvent(
        TestTime(), "missed_deadlines", FormattableString.Invariant($"{missed} sample times passed unseen; {run.Missed.Total} in this run")));
}
