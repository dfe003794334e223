using CyclerControl.Acquisition.Clocks;

namespace CyclerControl.Acquisition.Links;

/// <summary>How a link's thread keeps its beat, whichever generation it is: written by that thread, read by anybody.</summary>
public sealed class LinkTiming
{
    private RealTimeResult? _realTime;

    /// <summary>Since the link was started.</summary>
    public LatenessHistogram Lateness { get; } = new();

    /// <summary>What became of the request for real-time scheduling; null when nobody asked, or the thread has not begun.</summary>
    public RealTimeResult? RealTime
    {
        get => Volatile.Read(ref _realTime);
        internal set => Volatile.Write(ref _realTime, value);
    }
}
