using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <content>A link that breaks and comes back.</content>
internal sealed partial class ChannelRunner
{
    /// <summary>Clock time at which a lost link has been lost for longer than the protocol allows, ns.</summary>
    public long LossDeadline => _run?.LostAtNanoseconds is { } lost && State == ChannelState.Recovering
        ? lost + Nanoseconds.FromSeconds(Patience) + 1
        : long.MaxValue;

    private double Patience => Math.Min(_run?.Program.OnLinkLoss.ResumeWithinSeconds ?? 0, 1e9);

    public void LoseLink(string reason)
    {
        Output.Disconnect();
        if (_run is { InTail: true })
        {
            Complete();
        }

        if (_run is { } run)
        {
            run.LostAtNanoseconds = Now;
            run.Recording.Append(_generation, new RunEvent(TestTime(), "link_fault", reason));
            _snapshot = _snapshot with { Message = reason };
            if (run.State.Phase == RunPhase.Running)
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
        if (_run is not { LostAtNanoseconds: { } lost } run || State != ChannelState.Recovering
            || (Patience > 0 && Now - lost <= Nanoseconds.FromSeconds(Patience)))
        {
            return;
        }

        HoldAfterLoss(run, FormattableString.Invariant(
            $"the link was lost for longer than the {Patience} s within which the protocol resumes"));
        Publish();
    }

    /// <summary>A new connection: identified, all outputs off and confirmed.</summary>
    /// <param name="poweredOn">The instrument says that it was switched on meanwhile.</param>
    public void ConnectLink(ISetpointChannel channel, bool poweredOn)
    {
        var wasUnconfirmed = Output.State == OutputState.Unconfirmed;
        Output.Connect(channel);
        if (_run is { } run)
        {
            Tell(run, poweredOn, wasUnconfirmed);
        }

        Fire(ChannelTrigger.Connect);
        if (State == ChannelState.Stopping)
        {
            Fire(ChannelTrigger.ConfirmOff);
        }
        else if (State == ChannelState.Recovering)
        {
            JudgeLoss();
            GoOn();
        }

        if (_run is not null)
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

        if (wasUnconfirmed)
        {
            run.Recording.Append(_generation, new RunEvent(TestTime(), "output_off", "the link is back; output off, confirmed by the instrument"));
        }
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
        if (run.EndOnPause)
        {
            Fault(RunOutcome.Faulted, reason);
            return;
        }

        run.PauseWords = reason;
        Take(RunInputKind.Pause, TestTime(), default);
    }
}
