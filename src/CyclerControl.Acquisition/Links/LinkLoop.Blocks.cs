using CyclerControl.Core.Channels;

namespace CyclerControl.Acquisition.Links;

/// <content>Channels whose instrument samples by itself.</content>
internal sealed partial class LinkLoop
{
    private bool MustStartBuffer(int index) => _runners[index].WantsBlocks && _channels[index] is IBufferedChannel { IsBuffering: false };

    /// <summary>A channel that is read one by one again does not leave its buffer filling.</summary>
    private static void StopBuffer(ISetpointChannel channel)
    {
        if (channel is IBufferedChannel { IsBuffering: true } buffered)
        {
            buffered.StopBuffer();
        }
    }

    private void FetchBlock(int index)
    {
        var runner = _runners[index];
        if (!TryFetchBlock(index))
        {
            return;
        }

        Guarded(runner, 0, static (r, _) => r.ObserveBlock());
        if (runner.Output.Broken is { } broken)
        {
            LoseLink(broken);
        }
    }

    private bool TryFetchBlock(int index)
    {
#pragma warning disable CA1031 // An exchange that broke in any way breaks the link.
        try
        {
            var hasBlock = _runners[index].FetchBlock((IBufferedChannel)_channels[index]!);
            CheckGeneration();
            _heartbeat.Beat();
            return hasBlock;
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
}
