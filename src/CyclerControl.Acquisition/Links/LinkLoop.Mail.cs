using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Links;

/// <content>What others want.</content>
internal sealed partial class LinkLoop
{
    /// <summary>Ticket of the last stop or end per channel: a start that was posted before it does not happen.</summary>
    private readonly long[] _stopTickets;
    private readonly List<TaskCompletionSource<InstrumentIdentity>> _waiting = [];
    private bool _isShuttingDown;
    private long _shutdownBy = long.MaxValue;

    /// <summary>Who answered last; any thread.</summary>
    public InstrumentIdentity? Identity => Volatile.Read(ref _identity);

    /// <summary>Whether the link's thread carries out, or has carried out, this stop or end; any thread.</summary>
    public bool HasServed(int channel, long ticket) => Volatile.Read(ref _stopTickets[channel]) >= ticket;

    private void ReadMail()
    {
        ReadEmergencies();
        while (!IsFinished && _mailbox.TryRead(out var message))
        {
            Serve(message);
            ReadEmergencies();
        }
    }

    private void ReadEmergencies()
    {
        if (!_mailbox.HasEmergency)
        {
            return;
        }

        if (_mailbox.TakeOverflow())
        {
            _setting.Observer.Alarm(_setting.Link.Address.Name, "the emergency lane overflowed: everything is stopped");
            foreach (var runner in _runners)
            {
                Guarded(runner, 0, static (r, _) => r.Stop());
            }
        }

        while (_mailbox.TryReadEmergency(out var message))
        {
            Serve(message);
        }
    }

    private void Serve(LinkMessage message)
    {
        switch (message)
        {
            case WishMessage wish:
                Serve(wish);
                break;
            case NoteMessage note:
                Guarded(_runners[note.Channel], note, static (runner, n) => runner.Note(n.Text, n.Touched));
                break;
            case LatchMessage latch:
                Guarded(_runners[latch.Channel], latch.Latch, static (runner, l) => runner.Latch(l));
                break;
            case StopLeftMessage stop:
                Guarded(_runners[stop.Channel], stop.Left, static (runner, l) => runner.StopLeft(l));
                break;
            case StartMessage start:
                Start(start);
                break;
            case AwaitOpenMessage awaited:
                _waiting.Add(awaited.Answer);
                _isWanted = true;
                AnswerWaiting();
                break;
            case ReadIdleMessage asked:
                ReadIdle(asked);
                break;
            case OpenedMessage opened:
                TakeInstrument(opened);
                break;
            case OpenFailedMessage failed:
                TakeFailure(failed);
                break;
            case ShutdownMessage:
                BeginShutdown();
                break;
            default:
                throw new InvalidOperationException($"nobody serves a {message.GetType().Name}");
        }

        foreach (var runner in _runners)
        {
            if (runner.Output.Broken is { } broken)
            {
                LoseLink(broken);
                break;
            }
        }
    }

    private void Serve(WishMessage wish)
    {
        if (wish.Kind is WishKind.Stop or WishKind.End)
        {
            Volatile.Write(ref _stopTickets[wish.Channel], Math.Max(_stopTickets[wish.Channel], wish.Ticket));
        }

        Guarded(_runners[wish.Channel], wish.Kind, static (runner, kind) =>
        {
            switch (kind)
            {
                case WishKind.Stop:
                    runner.Stop();
                    break;
                case WishKind.End:
                    runner.End();
                    break;
                case WishKind.Pause:
                    runner.Pause();
                    break;
                case WishKind.Resume:
                    runner.Resume();
                    break;
                case WishKind.SkipStep:
                    runner.SkipStep();
                    break;
                case WishKind.EndTail:
                    runner.EndTail();
                    break;
                default:
                    runner.Acknowledge();
                    break;
            }
        });
    }

    private void Start(StartMessage start)
    {
        if (_isShuttingDown)
        {
            start.Completion.Refuse("the link is being shut down");
        }
        else if (start.Request.Restored is not null)
        {
            var held = start.Ticket < _stopTickets[start.Channel];
            Guarded(_runners[start.Channel], (start, held), static (r, s) => r.Recover(s.start.Request, s.start.Completion, s.held));
        }
        else if (start.Ticket < _stopTickets[start.Channel])
        {
            start.Completion.End(new RunEnding(RunOutcome.Stopped, 0, "stopped by the operator before it began", null));
        }
        else
        {
            Guarded(_runners[start.Channel], start, static (r, s) => r.Start(s.Request, s.Recorder, s.Completion));
        }
    }

    private void AnswerWaiting()
    {
        if (_status != LinkStatus.Open)
        {
            return;
        }

        foreach (var answer in _waiting)
        {
            answer.TrySetResult(_identity!);
        }

        _waiting.Clear();
    }

    private void FailWaiting(InstrumentException failure)
    {
        foreach (var answer in _waiting)
        {
            answer.TrySetException(failure);
        }

        _waiting.Clear();
    }

    private void BeginShutdown()
    {
        if (_isShuttingDown)
        {
            return;
        }

        _isShuttingDown = true;
        _shutdownBy = _clock.NowNanoseconds + (_setting.Options.ShutdownPatience.Ticks * 100);
        foreach (var runner in _runners)
        {
            if (runner.HasRun)
            {
                Guarded(runner, 0, static (r, _) => r.ShutDown());
            }
        }
    }

    /// <summary>Ends when every output is confirmed off, or when patience with a lost link is over.</summary>
    private void ShutDown()
    {
        if (_status == LinkStatus.Open)
        {
            try
            {
                _instrument!.SafeState();
            }
            catch (InstrumentException failure)
            {
                LoseLink(failure);
                return;
            }
        }
        else if (Array.Exists(_runners, r => r.HasRun || r.Output.State == OutputState.Unconfirmed) && _identity is not null
            && _clock.NowNanoseconds < _shutdownBy)
        {
            return;
        }

        foreach (var runner in _runners)
        {
            Guarded(runner, 0, static (r, _) => r.GiveUp());
        }

        Leave();
    }

    /// <summary>An error of ours faults one channel, not the link.</summary>
    private static void Guarded<TArgument>(ChannelRunner runner, TArgument argument, Action<ChannelRunner, TArgument> action)
    {
#pragma warning disable CA1031
        try
        {
            action(runner, argument);
        }
        catch (Exception failure) when (failure is not StaleGenerationException)
        {
            Crash(runner, failure);
        }
#pragma warning restore CA1031
    }

    private static void Crash(ChannelRunner runner, Exception failure)
    {
#pragma warning disable CA1031
        try
        {
            runner.Crash(failure);
        }
        catch (Exception again) when (again is not StaleGenerationException)
        {
            runner.Output.TryOff();
            runner.GiveUp();
        }
#pragma warning restore CA1031
    }
}
