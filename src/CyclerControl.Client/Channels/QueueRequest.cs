namespace CyclerControl.Client.Channels;

/// <summary>A run that is to follow.</summary>
public sealed record QueueRequest
{
    public required StartRequest Start { get; init; }

    /// <summary>The same cell stays in: the run starts as soon as the one before it has ended as planned. Otherwise an operator confirms the new cell first.</summary>
    public bool SameCell { get; init; }
}

/// <summary>One order that waits.</summary>
public sealed record QueueEntry
{
    /// <summary>Number of the order, unique on this service.</summary>
    public required long Id { get; init; }

    public required string Channel { get; init; }

    public required string Protocol { get; init; }

    public string? Cell { get; init; }

    public bool SameCell { get; init; }

    /// <summary>What it waits for.</summary>
    public required string WaitsFor { get; init; }
}

/// <summary>One protocol on many channels, with a table of cells.</summary>
public sealed record BulkStartRequest
{
    /// <summary>The cell of each entry goes before the one in here.</summary>
    public required StartRequest Start { get; init; }

    public required IReadOnlyList<BulkStartEntry> Channels { get; init; }
}

/// <summary>One line of the table.</summary>
public sealed record BulkStartEntry(string Channel, string? Cell);

/// <summary>What became of one line.</summary>
/// <param name="RunId">Null when it was refused.</param>
/// <param name="Problems">Why it was refused.</param>
public sealed record BulkStartResult(string Channel, string? RunId, IReadOnlyList<string> Warnings, IReadOnlyList<string> Problems);
