using System.Threading.Channels;

namespace CyclerControl.Service.Streaming;

/// <summary>One piece of the stream, serialised once for everybody.</summary>
/// <param name="Id">Grows by one; a viewer that comes back says the last one that it has seen.</param>
public sealed record StreamEvent(long Id, byte[] Bytes);

/// <summary>One who watches. What it does not fetch in time is not kept for it: it is dropped, and may come back with its last id.</summary>
public sealed class StreamViewer
{
    private const int MostWaiting = 64;

    private readonly Channel<StreamEvent> _waiting = Channel.CreateBounded<StreamEvent>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Ends when the viewer was too slow, or the service shuts down.</summary>
    public ChannelReader<StreamEvent> Events => _waiting.Reader;

    /// <returns>False: too slow; it is dropped.</returns>
    internal bool Offer(StreamEvent streamEvent)
    {
        if (_waiting.Writer.TryWrite(streamEvent))
        {
            return true;
        }

        _waiting.Writer.TryComplete();
        return false;
    }

    internal void Close() => _waiting.Writer.TryComplete();
}
