using CyclerControl.Core.Channels;

namespace CyclerControl.Acquisition.Clocks;

/// <summary>
/// Time that advances only inside <see cref="IClockParticipant.WaitUntil"/>, when every participant waits: to the earliest deadline, never
/// past <see cref="Horizon"/>. Participants with equal deadlines go on one after the other, in the order in which they joined, so that
/// a run is a function of its inputs. A single participant advances without any call of the operating system.
/// </summary>
public sealed class VirtualClock : IClock
{
    private readonly object _gate = new();
    private readonly List<VirtualParticipant> _participants = [];
    private long _now;
    private long _horizon = long.MaxValue;
    private int _holds;
    private volatile VirtualParticipant? _solo;

    public ClockKind Kind => ClockKind.Virtual;

    public long NowNanoseconds => Volatile.Read(ref _now);

    public DateTimeOffset Origin { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Time stops here, ns. Any thread may move it.</summary>
    public long Horizon
    {
        get => Volatile.Read(ref _horizon);
        set
        {
            lock (_gate)
            {
                Volatile.Write(ref _horizon, value);
                ReleaseNext(caller: null);
            }
        }
    }

    public IClockParticipant Join(string name)
    {
        lock (_gate)
        {
            var participant = new VirtualParticipant(this, name);
            _participants.Add(participant);
            ChooseSolo();
            return participant;
        }
    }

    /// <summary>Time stands still until the returned object is disposed: somebody outside (a task that reopens a link) is at work.</summary>
    public IDisposable HoldTime()
    {
        lock (_gate)
        {
            _holds++;
            ChooseSolo();
            return new TimeHold(this);
        }
    }

    /// <summary>Moves the horizon and returns when all participants wait and none can go on before it. Not for a participant's own thread.</summary>
    public void RunTo(long horizonNanoseconds)
    {
        lock (_gate)
        {
            Volatile.Write(ref _horizon, horizonNanoseconds);
            ReleaseNext(caller: null);
            while (!IsQuiet())
            {
                Monitor.Wait(_gate);
            }

            MoveTo(horizonNanoseconds);
        }
    }

    internal void Wait(VirtualParticipant participant, long deadline)
    {
        if (ReferenceEquals(_solo, participant) && !participant.HasWake && deadline <= Volatile.Read(ref _horizon)
            && deadline != long.MaxValue)
        {
            MoveTo(deadline);
            return;
        }

        lock (_gate)
        {
            if (participant.TakeWake())
            {
                return;
            }

            participant.BeginWait(deadline);
            ReleaseNext(participant);
            if (!participant.IsWaiting)
            {
                return;
            }

            Monitor.PulseAll(_gate); // RunTo looks again.
        }

        participant.Block();
    }

    internal void Wake(VirtualParticipant participant)
    {
        lock (_gate)
        {
            if (participant.IsWaiting)
            {
                participant.Release();
            }
            else
            {
                participant.LeaveWake();
            }
        }
    }

    internal void Leave(VirtualParticipant participant)
    {
        lock (_gate)
        {
            _participants.Remove(participant);
            ChooseSolo();
            ReleaseNext(caller: null);
            Monitor.PulseAll(_gate);
        }
    }

    private void EndHold()
    {
        lock (_gate)
        {
            _holds--;
            ChooseSolo();
            ReleaseNext(caller: null);
            Monitor.PulseAll(_gate);
        }
    }

    private void ChooseSolo() => _solo = _participants.Count == 1 && _holds == 0 ? _participants[0] : null;

    private void ReleaseNext(VirtualParticipant? caller)
    {
        if (_holds > 0 || _participants.Count == 0)
        {
            return;
        }

        VirtualParticipant? next = null;
        foreach (var participant in _participants)
        {
            if (!participant.IsWaiting)
            {
                return;
            }

            if (next is null || participant.Deadline < next.Deadline)
            {
                next = participant;
            }
        }

        if (next!.Deadline == long.MaxValue || next.Deadline > _horizon)
        {
            return;
        }

        MoveTo(next.Deadline);
        if (ReferenceEquals(next, caller))
        {
            next.EndWait();
        }
        else
        {
            next.Release();
        }
    }

    private bool IsQuiet()
    {
        foreach (var participant in _participants)
        {
            if (!participant.IsWaiting)
            {
                return false;
            }
        }

        return _holds == 0;
    }

    private void MoveTo(long time)
    {
        if (time > _now && time != long.MaxValue)
        {
            Volatile.Write(ref _now, time);
        }
    }

    private sealed class TimeHold(VirtualClock clock) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                clock.EndHold();
            }
        }
    }
}
