using CyclerControl.Core.Channels;

namespace CyclerControl.Acquisition.Links;

/// <summary>What all generations of one link's loop share.</summary>
internal sealed record LinkSetting(IInstrumentLink Link, IClock Clock, LinkOptions Options, ILinkObserver Observer, GenerationGate Gate)
{
    public LinkTiming Timing { get; } = new();

    /// <summary>Called on the link's thread when its connection is given up.</summary>
    public Action? Closed { get; init; }
}
