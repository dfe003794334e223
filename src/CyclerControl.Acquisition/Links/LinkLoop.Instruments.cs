using CyclerControl.Core.Channels;

namespace CyclerControl.Acquisition.Links;

/// <content>Instruments that act by themselves: they sample, and they switch off.</content>
internal sealed partial class LinkLoop
{
    /// <summary>This process stood still (suspended, swapped out) for longer than the instrument waits for a word.</summary>
    private void LookForOwnTrips()
    {
        if (_setting.Link.Capabilities.WatchdogTimeout is not { } watchdog || _clock.NowNanoseconds - _lastExchange < watchdog.Ticks * 100)
        {
            return;
        }

        foreach (var runner in _runners)
        {
            Guarded(runner, 0, static (r, _) => r.LookForOwnTrip());
            if (runner.Output.Broken is { } broken)
            {
                LoseLink(broken);
                return;
            }
        }

        _lastExchange = _clock.NowNanoseconds;
    }

    private bool MustStartBuffer(int index) => _runners[index].WantsBlocks && _channels[index] is IBufferedChannel { IsBuffering: false };

    /// <summary>A channel that is read one by one again does not leave its buffer filling.</summary>
    private static void StopBuffer(IInstrumentChannel channel)
    {
        if (channel is IBufferedChannel { IsBuffering: true } buffered)
        {
            buffered.StopBuffer();
        }
    }

    /// <summary>All that a schedule instrument has recorded, page by page; wishes are served between two pages.</summary>
    private void FollowSchedule(int index)
    {
        var runner = _runners[index];
        for (var more = true; more;)
        {
            if (_mailbox.HasEmergency)
            {
                ReadEmergencies();
            }

            if (_status != LinkStatus.Open || !runner.WantsSamples || !TryExchange(index, static (loop, i) => loop._runners[i].FetchRows((IScheduledChannel)loop._channels[i]!), out more))
            {
                return;
            }

            Guarded(runner, 0, static (r, _) => r.ObserveRows());
            if (runner.Output.Broken is { } broken)
            {
                LoseLink(broken);
                return;
            }
        }
    }

    private void FetchBlock(int index)
    {
        var runner = _runners[index];
        if (!TryExchange(index, static (loop, i) => loop._runners[i].FetchBlock((IBufferedChannel)loop._channels[i]!), out var hasBlock) || !hasBlock)
        {
            return;
        }

        Guarded(runner, 0, static (r, _) => r.ObserveBlock());
        if (runner.Output.Broken is { } broken)
        {
            LoseLink(broken);
        }
    }
}
