using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <content>A link that breaks and comes back.</content>
internal sealed partial class ChannelRunner
{
    /// <summary>Clock time at which a lost link has been lost for longer than the protocol allows, ns.</summary>
    public long LossDeadline => _run is { Follower: null, LostAtNanoseconds: { } lost } && State == ChannelState.Recovering
        ? lost + Nanoseconds.FromSeconds(Patience) + 1
        : long.MaxValue;

    private double Patience => Math.Min((_run?.Restart is null ? _run?.Program.OnLinkLoss : _run.Program.OnRestart)?.ResumeWithinSeconds ?? 0, 1e9);

    public void LoseLink(string reason)
    {
        Output.Disconnect();
        if (_run is { InTail: true })
        {
            Complete();
        }

        if (_run is { } run)
        {
            run.LostAtNanoseconds ??= Now;
            run.Recording.Append(_generation, new RunEvent(TestTime(), "link_fault", reason));
            if (run.Follower is null && Output.State == OutputState.Unconfirmed)
            {
                run.Recording.Append(_generation, new RunEvent(
                    TestTime(), "output_unconfirmed", "nobody knows whether the output is on, until the link is back: switching it off is the first thing then"));
            }

            if (State != ChannelState.Paused)
            {
                _snapshot = _snapshot with { Message = reason }; // Of one that is held the reason stays.
            }

            if (run is { Follower: null, State.Phase: RunPhase.Running })
            {
                Take(RunInputKind.LinkLost, TestTime(), default);
            }
        }

        Fire(ChannelTrigger.LoseLink);
        if (Patience == 0)
        {
            JudgeLoss();
        }

        Publish();
    }

    /// <summary>It is not worth trying on: whoever put the cell in has to look.</summary>
    public void GiveUpOnLink(string reason)
    {
        if (_run is { Follower: null } run && State == ChannelState.Recovering)
        {
            HoldAfterLoss(run, reason);
            Publish();
        }
    }

    /// <summary>Another device answers where the instrument was: nothing was written to it.</summary>
    public void LoseInstrument(string reason)
    {
        if (_run is not null)
        {
            Finish(RunInputKind.End, ChannelTrigger.Fault, default, new EndingWords(RunOutcome.Unreachable, reason, null));
        }

        Publish();
    }

    /// <summary>Time has passed while the link is lost.</summary>
    public void JudgeLoss()
    {
        if (_run is not { Follower: null, LostAtNanoseconds: { } lost } run || State != ChannelState.Recovering
            || (Patience > 0 && Now - lost <= Nanoseconds.FromSeconds(Patience)))
        {
            return;
        }

        var what = run.Restart is null ? "the link was lost" : "the run was interrupted";
        HoldAfterLoss(run, FormattableString.Invariant($"{what} for longer than the {Patience} s within which the protocol resumes"));
        Publish();
    }

    /// <summary>The link stands and the output is off: the run goes on, or is held and an operator asked.</summary>
    private void Return()
    {
        JudgeLoss();
        if (_run is not { } run || State != ChannelState.Recovering)
        {
            return;
        }

        if (run.Follower is { } follower)
        {
            Adopt(run, follower);
        }
        else if (run.Restart is { Instrument: { } began } && _identity is { } now && now.ToString() != began)
        {
            HoldAfterLoss(run, $"another instrument answers than the one that the run began on: {now}, not {began}");
        }
        else if (Doubt(run) is { } doubt)
        {
            HoldAfterLoss(run, doubt);
        }
        else
        {
            GoOn();
        }
    }

    /// <summary>Reads the cell with the output off.</summary>
    /// <returns>Why somebody should look at it first; null: it is what it was, or cannot be told.</returns>
    private string? Doubt(ActiveRun run)
    {
        var reading = Output.TryRead();
        if (Output.Broken is not null)
        {
            return null;
        }

        var verdict = OpenCircuitAfterGap.Judge(run.Program, in run.State, run.VoltsBeforeLeg, reading?.Volts);
        run.Recording.Append(_generation, new RunEvent(TestTime(), "open_circuit", verdict.Words));
        return verdict.Asks ? verdict.Words : null;
    }

    /// <summary>A new connection: identified, all outputs off and confirmed.</summary>
    /// <param name="poweredOn">The instrument says that it was switched on meanwhile.</param>
    /// <param name="identity">Who answers.</param>
    public void ConnectLink(IInstrumentChannel channel, bool poweredOn, InstrumentIdentity identity)
    {
        _identity = identity;
        var wasUnconfirmed = Output.State == OutputState.Unconfirmed;
        Output.Connect(channel, isOn: IsScheduled && Output.IsOffWanted && State != ChannelState.Recovering);
        if (_run is { } run)
        {
            Tell(run, poweredOn, wasUnconfirmed);
        }

        SettleLeft();
        Fire(ChannelTrigger.Connect);
        if (State == ChannelState.Stopping)
        {
            Fire(ChannelTrigger.ConfirmOff);
        }
        else if (State == ChannelState.Recovering)
        {
            Return();
        }

        if (_run is not null && State != ChannelState.Recovering)
        {
            _run.LostAtNanoseconds = null;
        }

        Publish();
    }

    private void Tell(ActiveRun run, bool poweredOn, bool wasUnconfirmed)
    {
        if (poweredOn)
        {
            run.Recording.Append(_generation, new RunEvent(TestTime(), "power_cycled", "the instrument was switched off and on while the link was lost"));
        }

        if (wasUnconfirmed && run.Follower is null)
        {
            run.Recording.Append(_generation, new RunEvent(
                TestTime(), "output_off", "the link is back; output off, confirmed by the instrument" + Uncounted(run)));
        }
    }

    /// <summary>What may have passed through the cell and is in no count: the output may have stayed on.</summary>
    private string Uncounted(ActiveRun run)
    {
        if (run is not { Follower: null, LostAtNanoseconds: { } lost, State.LastAmperes: not 0 })
        {
            return "";
        }

        var seconds = (Now - lost) * 1e-9;
        var on = Capabilities.WatchdogTimeout is { } watchdog ? Math.Min(seconds, watchdog.TotalSeconds) : seconds;
        return FormattableString.Invariant(
            $", {seconds:0.#} s after it was lost. If the output stayed on, up to {Math.Abs(run.State.LastAmperes) * on / 3.6:G3} mAh passed that are in no count");
    }

    private void GoOn()
    {
        if (_run is null || State != ChannelState.Recovering)
        {
            return;
        }

        NameOwnTrip();
        if (Output.TryPrepare() is { } refusal)
        {
            Fault(RunOutcome.Faulted, refusal.Message);
        }
        else if (Output.Broken is null)
        {
            _snapshot = _snapshot with { Message = null };
            Fire(ChannelTrigger.Resume);
        }
    }

    private void HoldAfterLoss(ActiveRun run, string reason)
    {
        TellGap(run, resumed: false, reason);
        if (run.EndOnPause)
        {
            Fault(RunOutcome.Faulted, reason);
            return;
        }

        run.PauseWords = reason;
        Take(RunInputKind.Pause, TestTime(), default);
    }
}
