using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <content>A run that was found unfinished after a restart of this program.</content>
internal sealed partial class ChannelRunner
{
    /// <summary>How long a step with current may go on unrecorded before its state is kept all the same.</summary>
    private const long KeepEveryNanoseconds = Nanoseconds.PerSecond;

    /// <summary>The same in a rest, where only its clock is at stake.</summary>
    private const long KeepRestEveryNanoseconds = 10 * Nanoseconds.PerSecond;

    private InstrumentIdentity? _identity;

    /// <summary>Takes the run up in <see cref="ChannelState.Recovering"/>; it goes on when the link stands, the gap was short enough and the cell is what it was.</summary>
    /// <param name="held">A stop was asked for since.</param>
    public void Recover(StartRunRequest request, RunCompletion completion, bool held)
    {
        var restored = request.Restored!;
        if (!_lifecycle.CanFire(ChannelTrigger.Recover))
        {
            completion.Refuse($"channel {Id} is {State}: it takes no run up now");
            return;
        }

        var start = Now - RestartGap.TestTime(restored, _clock, out var doubt);
        var run = new ActiveRun(request, new RunRecording(restored.Recorder, _generation), completion, Capabilities, _options, start)
        {
            State = restored.State,
            Restart = restored,
            VoltsBeforeLeg = restored.VoltsBeforeLeg,
            Leg = restored.State.Leg.HalfCycle,
            LostAtNanoseconds = start + restored.AsOfNanoseconds,
            Beat = _timing.Lateness.Mark(),
        };
        run.Segment = new Segment(
            run.Engine.StepOf(in run.State)!, Setpoint.Rest, restored.AsOfNanoseconds, restored.State.Leg.HalfCycle, restored.State.Step.Count);
        _run = run;
        RecordSafeguards(run);
        _snapshot = new ChannelSnapshot { Channel = Id, Link = _snapshot.Link, Message = "found unfinished after a restart" };
        _figures = default;
        Fire(ChannelTrigger.Recover);
        Judge(run, held ? "stopped by the operator before it went on" : run.Follower is null ? doubt : null);
        Publish();
    }

    private void Judge(ActiveRun run, string? doubt)
    {
        if (run.State.Phase == RunPhase.Paused)
        {
            var reason = run.Restart!.PauseReason ?? "paused before the restart";
            TellGap(run, resumed: false, reason);
            run.LostAtNanoseconds = null;
            run.PauseReason = reason;
            _snapshot = _snapshot with { Message = reason };
            Fire(ChannelTrigger.Pause);
        }
        else if (doubt is not null)
        {
            HoldAfterLoss(run, doubt);
        }
        else if (Output.IsConnected)
        {
            Return();
        }
        else
        {
            JudgeLoss();
        }

        if (_run is not null && State != ChannelState.Recovering)
        {
            _run.LostAtNanoseconds = null;
        }
    }

    private void ContinueRun(ActiveRun run)
    {
        if (run.Follower is not null)
        {
            ContinueFollowing(run);
            return;
        }

        var kind = run.State.Phase != RunPhase.Suspended ? RunInputKind.Resume
            : run.Restart is null ? RunInputKind.LinkBack
            : RunInputKind.Restarted;
        TellGap(run, resumed: true, "resumed by the protocol's on_restart");
        _snapshot = _snapshot with { Message = null }; // Why it was held is in the file; it is not held any more.
        Take(kind, TestTime(), kind == RunInputKind.Resume ? run.Held : default);
        run.Held = default;
    }

    /// <summary>Once, when it is decided what becomes of a run that was interrupted by a restart.</summary>
    private void TellGap(ActiveRun run, bool resumed, string reason)
    {
        if (run.Restart is not { } restored)
        {
            return;
        }

        run.Restart = null;
        var now = TestTime();
        run.Recording.Append(_generation, new RunEvent(
            restored.AsOfNanoseconds, "restart_gap", RestartGap.Sentence(restored, now, Capabilities), null, now));
        restored.Decision.TrySetResult(new RestartDecision(resumed, reason));
    }

    /// <summary>
    /// Where the record rule leaves samples out, the state is kept all the same: what a crash costs is bounded by the commit interval, not by
    /// what the protocol wants in its file. Nobody resumes a run in simulated time.
    /// </summary>
    private void Keep(ActiveRun run, long testTime)
    {
        var every = run.Segment.Step?.Kind == StepKind.Rest ? KeepRestEveryNanoseconds : KeepEveryNanoseconds;
        if (testTime - run.KeptAtNanoseconds < every || _clock.Kind != ClockKind.Wall || State != ChannelState.Running || run is { EndOnPause: true, Follower: null })
        {
            return;
        }

        run.KeptAtNanoseconds = testTime;
        RunCheckpoint.Write(run.State, run.Checkpoint);
        run.Recording.Keep(_generation, testTime, run.Checkpoint);
    }
}
