using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Links;

/// <summary>What one generation of a loop is born with.</summary>
/// <param name="Number">Its number in the <see cref="GenerationGate"/>.</param>
/// <param name="Heartbeat">Its sign of life.</param>
/// <param name="Orphans">Runs of the generation before.</param>
/// <param name="Inherited">States of the channels, in their order; null: all offline.</param>
internal sealed record LinkGeneration(int Number, Heartbeat Heartbeat, OrphanedRuns Orphans, IReadOnlyList<ChannelState>? Inherited);
