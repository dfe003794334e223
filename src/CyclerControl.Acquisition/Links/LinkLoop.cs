using System.Diagnostics.CodeAnalysis;
using CyclerControl.Acquisition.Mailboxes;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Links;

/// <summary>
/// One link as a function: <see cref="Turn"/> does everything that is due and says when it wants to be called next. It never waits for
/// time, locks or awaits; exchanges block for at most their timeouts. This part: the beat; beside it the mail and the connection.
/// </summary>
internal sealed partial class LinkLoop
{
    private readonly LinkSetting _setting;
    private readonly IClock _clock;
    private readonly Mailbox<LinkMessage> _mailbox;
    private readonly ILinkOpener _opener;
    private readonly Heartbeat _heartbeat;
    private readonly int _generation;
    private readonly ChannelRunner[] _runners;
    private readonly IInstrumentChannel?[] _channels;
    private readonly SampleGrid _grid;
    private readonly int[] _due;
    private readonly int[] _dueNumbers;
    private readonly Reading[] _readings;
    private readonly long? _keepAliveEvery;
    private MissedDeadlines _missed;
    private long _lastExchange;
    private bool _readsAll;
    private int _first;

    public LinkLoop(LinkSetting setting, LinkGeneration generation, Mailbox<LinkMessage> mailbox, ILinkOpener opener, SnapshotCell[] cells)
    {
        _setting = setting;
        _clock = setting.Clock;
        _mailbox = mailbox;
        _opener = opener;
        _heartbeat = generation.Heartbeat;
        _generation = generation.Number;
        _orphans = generation.Orphans;
        _runners = [.. cells.Select((cell, i) =>
            new ChannelRunner(cell, setting.Link.Capabilities, setting, generation.Number, generation.Inherited?[i] ?? ChannelState.Offline))];
        _channels = new IInstrumentChannel?[_runners.Length];
        _stopTickets = new long[_runners.Length];
        _grid = new SampleGrid(setting.Options.Index, setting.Options.Count);
        _due = new int[_runners.Length];
        _dueNumbers = new int[_runners.Length];
        _readings = new Reading[_runners.Length];
        _keepAliveEvery = setting.Link.Capabilities.WatchdogTimeout is { } watchdog ? watchdog.Ticks * 100 / 3 : null;
    }

    public IReadOnlyList<ChannelRunner> Runners => _runners;

    /// <summary>The loop has shut down; it wants no more turns.</summary>
    public bool IsFinished { get; private set; }

    /// <returns>Clock time at which the next turn is due, ns; earlier when the mailbox wakes the thread.</returns>
    /// <exception cref="StaleGenerationException">A newer generation has taken over.</exception>
    public long Turn()
    {
        CheckGeneration();
        _heartbeat.Beat();
        ReadMail();
        if (IsFinished)
        {
            return long.MaxValue;
        }

        if (_status == LinkStatus.Open)
        {
            LookForOwnTrips();
            SampleWhatIsDue();
            KeepAlive();
        }

        if (_status != LinkStatus.Open)
        {
            ServeWhileClosed();
        }

        if (_isShuttingDown)
        {
            ShutDown();
        }

        TuneGrid();
        return NextDeadline();
    }

    private void SampleWhatIsDue()
    {
        var count = CollectDue(_clock.NowNanoseconds);
        if (count == 0)
        {
            return;
        }

        // Who is asked first changes from moment to moment: what one channel costs is not always paid by the same others.
        var first = _first = (_first + 1) % _runners.Length;
        var polled = 0;
        for (var i = 0; i < count; i++)
        {
            polled += _runners[_due[i]].WantsBlocks || _runners[_due[i]].IsScheduled || _channels[_due[i]] is IBufferedChannel { IsBuffering: true } ? 0 : 1;
        }

        var together = polled > 1 && polled == count && _readsAll && TryReadTogether(count);
        for (var i = 0; i < count && _status == LinkStatus.Open; i++)
        {
            if (_mailbox.HasEmergency)
            {
                ReadEmergencies();
            }

            var place = (first + i) % count;
            var runner = _runners[_due[place]];
            if (_status != LinkStatus.Open || !runner.WantsSamples)
            {
                continue;
            }

            if (runner.IsScheduled)
            {
                FollowSchedule(_due[place]);
            }
            else if (runner.WantsBlocks)
            {
                FetchBlock(_due[place]);
            }
            else if (together || TryExchange(_due[place], static (loop, i) => loop.Read(i), out _readings[place]))
            {
                Observe(runner, _readings[place]);
            }
        }

        _lastExchange = _clock.NowNanoseconds;
    }

    private int CollectDue(long now)
    {
        var count = 0;
        var missed = 0L;
        var slots = 0L;
        var deadline = _grid.Next;
        var onGrid = _grid.Advance(now, out var step);
        if (onGrid)
        {
            _setting.Timing.Lateness.Add(now - deadline);
        }

        for (var i = 0; i < _runners.Length; i++)
        {
            var runner = _runners[i];
            if (!runner.WantsSamples)
            {
                continue;
            }

            var moments = onGrid ? step.DueFor(_grid.MultipleFor(runner.PeriodNanoseconds)) : 0;
            if (moments > 0)
            {
                if (!runner.WantsBlocks)
                {
                    missed += moments - 1;
                    runner.CountGap(moments - 1);
                }

                slots = Math.Max(slots, moments - 1);
            }

            if (moments > 0 || MustStartBuffer(i) || now >= runner.ExtraDeadline)
            {
                _due[count++] = i;
            }
        }

        _setting.Timing.Lateness.Miss(slots);
        if (missed > 0 && _missed.Add(missed, now, _setting.Options.MissedDeadlineInterval) is > 0 and var unsaid)
        {
            _setting.Observer.DeadlinesMissed(_setting.Link.Address.Name, unsaid);
        }

        return count;
    }

    private bool TryReadTogether(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _dueNumbers[i] = _channels[_due[i]]!.Id.Number;
        }

#pragma warning disable CA1031 // An exchange that broke in any way breaks the link.
        try
        {
            _readsAll = _instrument!.TryReadAll(_dueNumbers.AsSpan(0, count), _readings);
            CheckGeneration();
            _heartbeat.Beat();
            return _readsAll;
        }
        catch (InstrumentErrorException)
        {
            return false; // One by one, so that the channel that is refused is the one that faults.
        }
        catch (Exception failure) when (failure is not StaleGenerationException)
        {
            LoseLink(failure);
            return false;
        }
#pragma warning restore CA1031
    }

    private Reading Read(int index)
    {
        StopBuffer(_channels[index]!);
        return _channels[index]!.Read();
    }

    /// <summary>One exchange for a channel: what is refused faults the channel, what breaks loses the link.</summary>
    /// <param name="exchange">Captures nothing, so that none is allocated.</param>
    /// <returns>False where there is no answer.</returns>
    private bool TryExchange<T>(int index, Func<LinkLoop, int, T> exchange, [MaybeNullWhen(false)] out T answer)
    {
        answer = default;
#pragma warning disable CA1031 // An exchange that broke in any way breaks the link.
        try
        {
            answer = exchange(this, index);
            CheckGeneration();
            _heartbeat.Beat();
            return true;
        }
        catch (InstrumentErrorException refusal)
        {
            CheckGeneration();
            Guarded(_runners[index], refusal, static (r, e) => r.Observe(e));
            return false;
        }
        catch (Exception failure) when (failure is not StaleGenerationException)
        {
            LoseLink(failure);
            return false;
        }
#pragma warning restore CA1031
    }

    private void Observe(ChannelRunner runner, in Reading reading)
    {
#pragma warning disable CA1031 // An error of ours faults one channel, not the link.
        try
        {
            runner.Observe(reading);
        }
        catch (Exception failure) when (failure is not StaleGenerationException)
        {
            Crash(runner, failure);
        }
#pragma warning restore CA1031

        if (runner.Output.Broken is { } broken)
        {
            LoseLink(broken);
        }
    }

    private void KeepAlive()
    {
        if (_status != LinkStatus.Open || !NeedsKeepAlive || _clock.NowNanoseconds - _lastExchange < _keepAliveEvery)
        {
            return;
        }

#pragma warning disable CA1031 // As for a reading.
        try
        {
            _instrument!.KeepAlive();
            CheckGeneration();
            _lastExchange = _clock.NowNanoseconds;
        }
        catch (Exception failure) when (failure is not StaleGenerationException)
        {
            LoseLink(failure);
        }
#pragma warning restore CA1031
    }

    private bool NeedsKeepAlive
    {
        get
        {
            if (_keepAliveEvery is null)
            {
                return false;
            }

            foreach (var runner in _runners)
            {
                if (runner.HasRun && !(runner.IsHeld && _clock.Kind == ClockKind.Virtual))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private void TuneGrid()
    {
        var period = long.MaxValue;
        foreach (var runner in _runners)
        {
            if (runner.WantsSamples)
            {
                period = Math.Min(period, runner.PeriodNanoseconds);
            }
        }

        _grid.Tune(period == long.MaxValue ? 0 : period, _clock.NowNanoseconds);
    }

    private long NextDeadline()
    {
        var next = _isShuttingDown ? _shutdownBy : long.MaxValue;
        if (_status != LinkStatus.Open)
        {
            next = Math.Min(next, _status == LinkStatus.Closed && _isWanted ? _retryAt : long.MaxValue);
            foreach (var runner in _runners)
            {
                next = Math.Min(next, runner.LossDeadline);
            }

            return next;
        }

        next = _grid.Period > 0 ? Math.Min(next, _grid.Next) : next;
        foreach (var runner in _runners)
        {
            next = Math.Min(next, runner.ExtraDeadline);
        }

        return NeedsKeepAlive ? Math.Min(next, _lastExchange + _keepAliveEvery!.Value) : next;
    }

    private void CheckGeneration()
    {
        if (!_setting.Gate.IsPresent(_generation))
        {
            throw new StaleGenerationException();
        }
    }
}
