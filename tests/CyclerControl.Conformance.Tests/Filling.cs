using CyclerControl.Conformance.Tests.Subjects;
using CyclerControl.Core.Channels;

namespace CyclerControl.Conformance.Tests;

/// <summary>An instrument whose own buffer fills as fast as it can, and is fetched as often as its profile says.</summary>
internal sealed class Filling
{
    private readonly IBufferedChannel _channel;
    private readonly BufferedSampling _buffered;

    public Filling(string name)
    {
        Subject = Catalogue.Make(name);
        _buffered = Subject.Capabilities.Buffered!;
        _channel = (IBufferedChannel)Conversation.Opened(Subject).First();
        _channel.Prepare();
        _channel.Apply(Conversation.Current(0.5 * Subject.Capabilities.CurrentRanges[0].MaxAmperes));
        _channel.StartBuffer(_buffered.Fastest.TotalSeconds);
    }

    public IConformanceSubject Subject { get; }

    /// <summary>Readings that a fetch may bring.</summary>
    public int Room => _buffered.Capacity;

    public BlockFetch Fetch(Span<BufferedReading> readings)
    {
        Subject.Truth.Pass(_buffered.FetchEvery.TotalSeconds);
        return _channel.Fetch(readings);
    }
}
