using System.Collections.Immutable;
using CyclerControl.Core.Channels;

namespace CyclerControl.Service.Stations;

/// <summary>One instrument of a station, as the composition root made it.</summary>
/// <param name="Link">The way to it.</param>
/// <param name="ProfileText">The profile file, whole: it goes into every run file.</param>
/// <param name="SimulatedCells">What stands behind each channel when the instrument is a model; empty for a real one.</param>
public sealed record StationInstrument(
    IInstrumentLink Link, string ProfileText, ImmutableDictionary<int, SimulatedCellNote> SimulatedCells);

/// <summary>What a simulated channel holds.</summary>
/// <param name="Kind">symmetric, half or full: a protocol for another kind is refused.</param>
/// <param name="Note">Name of the model and seed, for the run file.</param>
public sealed record SimulatedCellNote(Core.Quantities.CellKind Kind, string Note);

/// <summary>The instruments of a site, ready to be opened, and the one clock that they share.</summary>
public sealed record StationLinks(string Name, ImmutableArray<StationInstrument> Instruments, IClock Clock)
{
    /// <summary>Link threads ask to be scheduled before ordinary ones.</summary>
    public bool RealTime { get; init; }

    /// <summary>Folder of the locks of instruments; null: the machine's.</summary>
    public string? LocksFolder { get; init; }

    /// <summary>The instrument of a channel, or null.</summary>
    public StationInstrument? InstrumentOf(ChannelId channel) =>
        Instruments.FirstOrDefault(i => i.Link.Address.Name == channel.Instrument && i.Link.ChannelNumbers.Contains(channel.Number));

    /// <summary>All channels, in the order of the station file.</summary>
    public IEnumerable<ChannelId> Channels =>
        Instruments.SelectMany(i => i.Link.ChannelNumbers.Select(n => new ChannelId(i.Link.Address.Name, n)));

    /// <summary>Why a program cannot run on a simulated cell: it is for another kind of cell. Null: it can, or the cell is real.</summary>
    public string? OtherKind(ChannelId channel, Core.Runs.RunProgram program) =>
        InstrumentOf(channel)?.SimulatedCells.GetValueOrDefault(channel.Number) is { } cell && program.Cell.Kind is { } wanted && wanted != cell.Kind
            ? $"{channel} holds a {cell.Kind.ToString().ToLowerInvariant()} cell ({cell.Note}); '{program.ProtocolName}' is for a {wanted.ToString().ToLowerInvariant()} cell; choose another channel (cycler channels lists them)"
            : null;
}
