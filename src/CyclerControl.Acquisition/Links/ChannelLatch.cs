using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Links;

/// <summary>A trip or fault that nobody has acknowledged yet, from before this process.</summary>
/// <param name="State">Tripped or faulted.</param>
/// <param name="Reason">One sentence.</param>
public sealed record ChannelLatch(ChannelState State, string Reason);
