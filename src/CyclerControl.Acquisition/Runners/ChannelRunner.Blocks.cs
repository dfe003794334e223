using CyclerControl.Acquisition.Blocks;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <content>Samples that the instrument takes by itself and hands over in blocks.</content>
internal sealed partial class ChannelRunner
{
    private BlockSampler? _blocks;

    /// <summary>The present step asks for samples more often than the link can, and the instrument has a buffer.</summary>
    public bool WantsBlocks => _run is { InTail: false } run && State == ChannelState.Running
        && Capabilities.NeedsBuffer(TimeSpan.FromTicks(run.PeriodNanoseconds / 100));

    private long BlockPeriodNanoseconds => Math.Max(_run!.PeriodNanoseconds, Capabilities.Buffered!.Fastest.Ticks * 100);

    /// <summary>One step of the buffer's life on the wire: start it, or fetch it. Nothing is judged here.</summary>
    /// <returns>Whether there are readings to look at.</returns>
    public bool FetchBlock(IBufferedChannel channel)
    {
        _blocks ??= new BlockSampler(Capabilities.Buffered!);
        if (!channel.IsBuffering || _blocks.PeriodNanoseconds != BlockPeriodNanoseconds)
        {
            _blocks.Start(channel, BlockPeriodNanoseconds, Now);
            return false;
        }

        _blocks.Fetch(channel);
        return _blocks.Count > 0 || _blocks.Lost > 0;
    }

    /// <summary>Each reading in its order: limits and detector, then the engine; what ends the run in the middle leaves the rest to the burst.</summary>
    public void ObserveBlock()
    {
        var blocks = _blocks!;
        var began = _run;
        for (var i = 0; i < blocks.Count && _run is { } run && run == began; i++)
        {
            var reading = blocks.Date(i);
            var earliest = run.StartNanoseconds + (run.State.HasSample ? run.State.LastSampleNanoseconds + 1 : 0);
            Take(run, reading.AtNanoseconds < earliest ? reading with { AtNanoseconds = earliest } : reading);
        }

        if (_run is { InTail: false } still && still == began)
        {
            TellLost(still, blocks.Lost);
        }

        PublishSample();
    }

    /// <summary>The instrument overwrote readings before they were fetched: short events may have passed unseen.</summary>
    private void TellLost(ActiveRun run, long lost)
    {
        if (run.LostReadings.AddToGap(lost, Now, _options.MissedDeadlineInterval) is > 0 and var unsaid)
        {
            run.Recording.Append(_generation, new RunEvent(TestTime(), "instrument_buffer_overflow", FormattableString.Invariant(
                $"the instrument's buffer lost {unsaid} or more readings before they were fetched; {run.LostReadings.Total} in this run")));
            _observer.Alarm(Id.ToString(), "the instrument's buffer overflowed: readings were lost");
        }
    }
}
