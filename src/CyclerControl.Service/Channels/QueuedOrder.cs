using CyclerControl.Client.Channels;

namespace CyclerControl.Service.Channels;

/// <summary>One run that is to follow on a channel.</summary>
public sealed record QueuedOrder
{
    /// <summary>Unique in the data folder.</summary>
    public required long Id { get; init; }

    public required string Channel { get; init; }

    public required StartRequest Start { get; init; }

    /// <summary>The cell stays in.</summary>
    public bool SameCell { get; init; }

    /// <summary>The run before it ended as planned on this cell, or an operator has put the new cell in.</summary>
    public bool MayFollow { get; init; }

    /// <summary>It is being started. Kept in the file: after a crash nobody knows whether its run was begun, so it never follows by itself again.</summary>
    public bool IsStarting { get; init; }

    /// <summary>Why it was refused when it was to start; null while it was not.</summary>
    public string? Refusal { get; init; }

    public QueueEntry View() => new()
    {
        Id = Id,
        Channel = Channel,
        Protocol = Start.Protocol,
        Cell = Start.Cell,
        SameCell = SameCell,
        WaitsFor = Refusal is { } refusal ? $"an operator: it was refused ({refusal})"
            : IsStarting ? "its start, which is under way"
            : MayFollow ? "the channel"
            : SameCell ? "the run before it to end as planned, or an operator's confirmation of the cell"
            : "an operator's confirmation of the new cell",
    };
}
