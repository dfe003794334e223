using CyclerControl.Acquisition.Clocks;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Links;

/// <content>The thread of the present generation, and who watches it.</content>
public sealed partial class LinkHost
{
    /// <summary>A loop that dies again and again is not helped by another one.</summary>
    private const int MaxGenerations = 20;

    /// <summary>A link's thread touches less than 48 KiB, trips included (measured); the system's usual size is 8 MiB.</summary>
    private const int StackBytes = 256 * 1024;

    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(100);

    private Worker? _worker;
    private ITimer? _supervision;
    private bool _isStopping;

    /// <summary>
    /// Whether the loop gives signs of life, for a service manager's watchdog: false while one is silent that the supervisor has not
    /// replaced, and for good when it has given up. One thread asks.
    /// </summary>
    public bool IsAlive => Volatile.Read(ref _worker) is { } worker
        && !worker.Pulse.IsSilent(_time.GetElapsedTime(0), _setting.Clock.Kind == ClockKind.Wall ? _setting.Clock.NowNanoseconds : null);

    /// <summary>One look of the supervisor. Called by a timer; where time is virtual, silence means nothing and nobody looks.</summary>
    internal void Supervise()
    {
        var worker = Volatile.Read(ref _worker);
        if (worker is null || _finished.Task.IsCompleted)
        {
            return;
        }

        long? clock = _setting.Clock.Kind == ClockKind.Wall ? _setting.Clock.NowNanoseconds : null;
        if (worker.Supervisor.IsSilent(_time.GetElapsedTime(0), clock))
        {
            Replace(worker, FormattableString.Invariant(
                $"the sampling loop of {Name} gave no sign of life for {worker.Supervisor.Allowance.TotalSeconds} s and was abandoned"));
        }
    }

    private void StartSupervision()
    {
        if (_setting.Clock.Kind != ClockKind.Virtual)
        {
            _supervision = _time.CreateTimer(static host => ((LinkHost)host!).Supervise(), this, s_lookEvery, s_lookEvery);
        }
    }

    private void StartGeneration(OrphanedRuns orphans, IReadOnlyList<ChannelState>? inherited)
    {
        var number = _setting.Gate.BeginNext();
        var generation = new LinkGeneration(number, new Heartbeat(), orphans, inherited);
        var opener = new LinkOpener(_setting, _mailbox, _time);
        var loop = new LinkLoop(_setting, generation, _mailbox, opener, _cells);
        var participant = _setting.Clock.Join($"{Name} generation {number}");
        var silence = (2 * _setting.Link.ReplyTimeout) + TimeSpan.FromSeconds(1);
        var worker = new Worker(loop, participant, generation.Heartbeat, new Supervisor(generation.Heartbeat, silence), new Supervisor(generation.Heartbeat, silence));
        Volatile.Write(ref _worker, worker);
        _mailbox.Attach(participant);
        new Thread(() => Work(worker), StackBytes) { Name = $"link {Name} {number}", IsBackground = true }.Start();
    }

    private void Work(Worker worker)
    {
        if (_setting.Options.Processor is { } processor)
        {
            ThreadPinning.TryPinCurrentThread(processor);
        }

        if (_setting.Options.RealTime)
        {
            _setting.Timing.RealTime = RealTimeThread.TryRaise();
        }

#pragma warning disable CA1031 // The death of a loop is handled, whatever it died of.
        try
        {
            Keep(worker);
            Drain();
            _finished.TrySetResult();
        }
        catch (StaleGenerationException)
        {
            worker.Loop.Leave();
        }
        catch (Exception failure)
        {
            Replace(worker, $"the sampling loop of {Name} died: {failure.Message}");
            worker.Loop.Leave();
        }
        finally
        {
            worker.Participant.Dispose();
        }
#pragma warning restore CA1031
    }

    private static void Keep(Worker worker)
    {
        var deadline = worker.Loop.Turn();
        while (!worker.Loop.IsFinished)
        {
            worker.Heartbeat.BeginWait(deadline);
            worker.Participant.WaitUntil(deadline);
            worker.Heartbeat.EndWait();
            deadline = worker.Loop.Turn();
        }
    }

    /// <summary>The death of a monitoring loop is itself a trip: its runs are faulted, and the new loop's first act is reopen and safe state.</summary>
    private void Replace(Worker worker, string reason)
    {
        lock (_replacing)
        {
            if (!ReferenceEquals(worker, _worker))
            {
                return;
            }

            _setting.Observer.Alarm(Name, reason);
            if (_setting.Gate.Present >= MaxGenerations)
            {
                _setting.Gate.BeginNext();
                _worker = null;
                worker.Loop.AbandonIdleReading();
                new OrphanedRuns(OpenRuns(worker), reason).End(_setting.Gate.Present, outputsOff: false);
                _finished.TrySetResult();
                return;
            }

            var inherited = worker.Loop.Runners.Select(Inherit).ToArray();
            foreach (var runner in worker.Loop.Runners.Where(r => r.HasRun))
            {
                _setting.Observer.ChannelChanged(runner.Id, ChannelState.Faulted);
                _setting.Observer.Alarm(runner.Id.ToString(), reason);
            }

            StartGeneration(new OrphanedRuns(OpenRuns(worker), reason), inherited);
            if (_isStopping)
            {
                _mailbox.PostEmergency(new ShutdownMessage());
            }
        }

        worker.Loop.AbandonIdleReading();
        worker.Participant.Wake();
    }

    private static ActiveRun[] OpenRuns(Worker worker) => [.. worker.Loop.Runners.Select(r => r.Run).OfType<ActiveRun>()];

    private static ChannelState Inherit(ChannelRunner runner) =>
        runner.HasRun ? ChannelState.Faulted
        : runner.State is ChannelState.Tripped or ChannelState.Faulted ? runner.State
        : ChannelState.Offline;

    /// <summary>Seen before the first turn: a latched channel is never idle for a moment.</summary>
    private static ChannelState Inherit(SnapshotCell cell, Func<ChannelId, ChannelLatch?>? latchOf)
    {
        var snapshot = cell.Read();
        if (latchOf?.Invoke(snapshot.Channel) is not { } latch)
        {
            return ChannelState.Offline;
        }

        cell.Write(snapshot with { State = latch.State, Message = latch.Reason }, default);
        return latch.State;
    }

    /// <summary>Nobody will read the mailbox again.</summary>
    private void Drain()
    {
        while (_mailbox.TryRead(out var message))
        {
            switch (message)
            {
                case StartMessage start:
                    start.Completion.Refuse($"the link to {Name} was shut down");
                    break;
                case AwaitOpenMessage awaited:
                    awaited.Answer.TrySetException(new InstrumentUnreachableException($"the link to {Name} was shut down"));
                    break;
                case ReadIdleMessage asked:
                    asked.Answer.TrySetResult(new IdleReading(null, $"the link to {Name} was shut down"));
                    break;
                case OpenedMessage opened:
                    opened.Instrument.Dispose();
                    break;
                default:
                    break;
            }
        }
    }

    private sealed record Worker(LinkLoop Loop, IClockParticipant Participant, Heartbeat Heartbeat, Supervisor Supervisor, Supervisor Pulse);
}
