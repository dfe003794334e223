using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Service.Runs;

/// <summary>Everything that a person decided about a run.</summary>
public sealed record RunOrder
{
    public required ChannelId Channel { get; init; }

    public required RunProgram Program { get; init; }

    /// <summary>The protocol file, whole.</summary>
    public required string ProtocolText { get; init; }

    /// <summary>Parameters in force, name to text.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    public string? Operator { get; init; }

    /// <summary>Nobody will resume a paused run: it ends.</summary>
    public bool EndOnPause { get; init; }

    /// <summary>What the compiler had to say about protocol, cell and channel: in words, for preflight.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why preflight failures that may be set aside are set aside; null: they are not.</summary>
    public string? OverrideReason { get; init; }
}
