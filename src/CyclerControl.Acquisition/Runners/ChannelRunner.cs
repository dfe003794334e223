using CyclerControl.Acquisition.Links;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <summary>
/// One channel on its link's thread: its lifecycle, its present run, and the hand on its output. Broken links are not thrown but left in
/// <see cref="OutputSwitch.Broken"/>: the loop looks after each call. This part: the operator's wishes and the ways out; the parts beside
/// it: samples, and the link.
/// </summary>
internal sealed partial class ChannelRunner
{
    private readonly LinkOptions _options;
    private readonly IClock _clock;
    private readonly ILinkObserver _observer;
    private readonly GenerationGate _gate;
    private readonly int _generation;
    private readonly LinkTiming _timing;
    private readonly SnapshotCell _cell;
    private readonly ChannelLifecycle _lifecycle;
    private readonly CommandExecutor _executor;
    private readonly CommandBuffer _commands = new();
    private ChannelSnapshot _snapshot;
    private ActiveRun? _run;

    public ChannelRunner(
        SnapshotCell cell, ChannelCapabilities capabilities, LinkSetting setting, int generation, ChannelState initial = ChannelState.Offline)
    {
        _cell = cell;
        Capabilities = capabilities;
        _options = setting.Options;
        _clock = setting.Clock;
        _observer = setting.Observer;
        _gate = setting.Gate;
        _timing = setting.Timing;
        _generation = generation;
        _lifecycle = new ChannelLifecycle(initial);
        Output = new OutputSwitch(setting.Gate, generation, capabilities.IsWatched);
        Output.IsOffWanted = IsScheduled && _lifecycle.IsLatched; // Its run ended with the loop before this one; the instrument goes on.
        _executor = new CommandExecutor(Output, generation);
        _snapshot = cell.Read();
    }

    public ChannelId Id => _snapshot.Channel;

    public ChannelCapabilities Capabilities { get; }

    public OutputSwitch Output { get; }

    public ChannelState State => _lifecycle.State;

    public bool HasRun => _run is not null;

    /// <summary>The present run, for the generation that takes over from an abandoned one.</summary>
    public ActiveRun? Run => _run;

    private long Now => _clock.NowNanoseconds;

    public void Start(StartRunRequest request, IRunRecorder recorder, RunCompletion completion)
    {
        if (_run is { InTail: true })
        {
            Complete();
        }

        if (!_lifecycle.CanFire(ChannelTrigger.Start))
        {
            completion.Refuse($"channel {Id} is {State}: " + (_lifecycle.IsLatched ? "acknowledge it first" : "it takes no new run now"));
            return;
        }

        if (request.Program.SampleRequired && Capabilities.ShortestPeriod.TotalSeconds > request.Program.SampleEverySeconds)
        {
            completion.Refuse(FormattableString.Invariant(
                $"channel {Id} samples every {Capabilities.ShortestPeriod.TotalSeconds} s at best, the protocol requires {request.Program.SampleEverySeconds} s"));
            return;
        }

        _run = new ActiveRun(request, new RunRecording(recorder, _generation), completion, Capabilities, _options, Now - (request.RecordAge.Ticks * 100));
        _run.Beat = _timing.Lateness.Mark();
        if (_timing.RealTime is { } asked)
        {
            _run.Recording.Append(_generation, new RunEvent(0, "real_time", asked.Words));
        }

        RecordSafeguards(_run);
        _snapshot = new ChannelSnapshot { Channel = Id, Link = _snapshot.Link };
        _figures = default;
        Fire(ChannelTrigger.Start);
        Publish();
    }

    /// <summary>Output off at once, and hold: resumable at the exact charge; where the instrument runs by itself, the run is over.</summary>
    public void Stop()
    {
        if (Capabilities.IsWatched)
        {
            TellThatItGoesOn("a stop was asked for" + (HasRun ? ", and the watch goes on" : ""));
            return;
        }

        Output.TryOff();
        if (_run is { InTail: true })
        {
            Complete();
        }
        else
        {
            Hold();
        }

        Publish();
    }

    public void Pause()
    {
        if (Capabilities.IsWatched)
        {
            TellThatItGoesOn("a pause was asked for, and the watch goes on");
            return;
        }

        Hold();
        Publish();
    }

    public void Resume()
    {
        if (_run is null || State != ChannelState.Paused || !Output.IsConnected)
        {
            return;
        }

        NameOwnTrip();
        _run.Refusal = Output.TryPrepare();
        if (_run.Refusal is { } refusal)
        {
            _run.Refusal = null;
            Fault(RunOutcome.Faulted, refusal.Message);
        }
        else if (Output.Broken is null)
        {
            Fire(ChannelTrigger.Resume);
        }

        Publish();
    }

    public void SkipStep()
    {
        if (_run is { Follower: { } follower } && State == ChannelState.Running)
        {
            AskToSkip(follower);
        }
        else if (_run is not null && State == ChannelState.Running)
        {
            Take(RunInputKind.SkipStep, TestTime(), default);
        }

        Publish();
    }

    public void End(string? reason = null)
    {
        Output.TryOff();
        if (_run is { InTail: true })
        {
            Complete();
        }
        else if (_run is not null)
        {
            Finish(RunInputKind.End, ChannelTrigger.Stop, default, new EndingWords(null, reason, null));
        }

        Publish();
    }

    /// <summary>The run is over, and somebody wants its channel: the last burst ends here.</summary>
    public void EndTail()
    {
        if (_run is { InTail: true })
        {
            Complete();
            Publish();
        }
    }

    public void Acknowledge()
    {
        if (!Fire(ChannelTrigger.Acknowledge))
        {
            return;
        }

        if (State == ChannelState.Offline && Output.IsConnected && Output.TryOff())
        {
            Fire(ChannelTrigger.Connect);
        }
        else if (State == ChannelState.Idle && !Output.IsConnected)
        {
            Fire(ChannelTrigger.LoseLink);
        }

        _snapshot = _snapshot with { Message = null };
        Publish();
    }

    /// <summary>A trip or fault that a process before this one did not live to keep.</summary>
    public void Latch(ChannelLatch latch)
    {
        if (_run is null && !_lifecycle.IsLatched)
        {
            _snapshot = _snapshot with { Message = latch.Reason };
            Fire(latch.State == ChannelState.Tripped ? ChannelTrigger.Trip : ChannelTrigger.Fault);
            Publish();
        }
    }

    /// <summary>An error of this program while it served the channel: output off, run faulted.</summary>
    public void Crash(Exception failure)
    {
        Output.TryOff();
        _observer.Alarm(Id.ToString(), "internal error: " + failure);
        if (_run is { InTail: false })
        {
            Fault(RunOutcome.Faulted, "internal error: " + failure.Message);
            Publish();
            return;
        }

        if (_run is not null)
        {
            Complete();
        }

        Fire(ChannelTrigger.Fault);

        Publish();
    }

    /// <summary>Nobody can wait any longer for the output to be confirmed.</summary>
    public void GiveUp()
    {
        if (_run is { } run)
        {
            run.Ending ??= new RunEnding(RunOutcome.Faulted, TestTime(), "given up while the link was lost", null);
            Conclude();
            if (_run is not null)
            {
                Complete();
            }
        }

        Publish();
    }

    private void Hold()
    {
        if (_run is not { InTail: false } run || State is not (ChannelState.Running or ChannelState.Recovering))
        {
            return;
        }

        if (run.EndOnPause)
        {
            Finish(RunInputKind.End, ChannelTrigger.Stop, default, new EndingWords(null, "stopped by the operator", null));
            return;
        }

        TellGap(run, resumed: false, "held by the operator");

        Take(RunInputKind.Pause, TestTime(), default);
    }

    private void Fault(RunOutcome outcome, string reason)
    {
        Output.TryOff();
        _run!.Recording.Append(_generation, new RunEvent(TestTime(), "fault", reason));
        Finish(RunInputKind.End, ChannelTrigger.Fault, default, new EndingWords(outcome, reason, null));
    }

    /// <summary>The one way to the end of a run that is not its planned one: output off, state, engine, records, everybody else.</summary>
    private void Finish(RunInputKind kind, ChannelTrigger trigger, in Sample deciding, EndingWords words)
    {
        var run = _run!;
        Output.TryOff();
        TellGap(run, resumed: false, words.Reason ?? "ended by the operator");
        _lifecycle.Fire(trigger);
        var time = deciding.TimeNanoseconds > 0 ? deciding.TimeNanoseconds : TestTime();
        if (run.State.Phase is not (RunPhase.NotStarted or RunPhase.Ended))
        {
            run.Deadline = run.Engine.Advance(ref run.State, new RunInput(kind, time, deciding), _commands);
            _executor.Execute(run, _commands);
        }

        run.Refusal = null;
        run.Ending = words.Applied(run.Ending ?? new RunEnding(RunOutcome.Faulted, time, "the run did not begin", null));
        CarryOutEffects();
        if (State == ChannelState.Stopping && Output.IsSettled)
        {
            Fire(ChannelTrigger.ConfirmOff);
        }
    }

    private void Take(RunInputKind kind, long time, in Sample sample) => Take(new RunInput(kind, time, sample));

    private void Take(in RunInput input)
    {
        var run = _run!;
        run.Deadline = run.Engine.Advance(ref run.State, input, _commands);
        if (_commands.Count > 0)
        {
            var segment = run.Segment.StartNanoseconds;
            _executor.Execute(run, _commands);
            if (segment != run.Segment.StartNanoseconds)
            {
                _changed = true;
                run.AppliedAtNanoseconds = run.Follower is null ? Now : run.StartNanoseconds + run.Segment.StartNanoseconds;
            }

            Settle(run);
        }
    }

    /// <summary>What the commands have led to.</summary>
    private void Settle(ActiveRun run)
    {
        if (run.Refusal is { } refusal)
        {
            run.Refusal = null;
            Fault(RunOutcome.Faulted, refusal.Message);
        }
        else if (run.State.Phase == RunPhase.Paused && State is ChannelState.Running or ChannelState.Recovering)
        {
            _snapshot = _snapshot with { Message = run.PauseReason };
            if (run.EndOnPause)
            {
                Finish(RunInputKind.End, ChannelTrigger.Stop, default, new EndingWords(RunOutcome.Protected, run.PauseReason, null));
                return;
            }

            Fire(ChannelTrigger.Pause);
        }
        else if (run.Ending is not null && State == ChannelState.Running)
        {
            TellThatTheRecordGoesOn(run);
            Fire(ChannelTrigger.Complete);
        }
    }

    private long TestTime() => _run is { } run ? Math.Max(Now - run.StartNanoseconds, run.State.LastSampleNanoseconds) : 0;
}
