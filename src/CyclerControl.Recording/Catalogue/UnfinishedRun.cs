using CyclerControl.Core.Runs;
using CyclerControl.Recording.Files;

namespace CyclerControl.Recording.Catalogue;

/// <summary>A run whose process died, with everything that going on with it takes. Owned until it is disposed of, resumed or closed.</summary>
public sealed record UnfinishedRun : IDisposable
{
    /// <summary>Owned; a recorder that resumes the run takes it over.</summary>
    public required RunFolder Folder { get; init; }

    public required RunHeader Header { get; init; }

    /// <summary>Where it stood.</summary>
    public required DurableProgress Progress { get; init; }

    /// <summary>Last voltage before the current of the present leg began to flow, V; null when nothing was recorded before it.</summary>
    public double? VoltsBeforeLeg { get; init; }

    /// <summary>Bursts recorded so far.</summary>
    public int Bursts { get; init; }

    /// <summary>How a schedule instrument named the execution; null: it ran on a set-point instrument, or died before it was told.</summary>
    public string? Ticket { get; init; }

    /// <summary>Its end says that the output was confirmed off.</summary>
    public bool IsConfirmedOff { get; init; }

    /// <summary>Why it was paused last, if it was.</summary>
    public string? PauseReason { get; init; }

    /// <summary>How it had ended, where that was recorded and only the closing of the file is missing; null: it had not.</summary>
    public RunEnding? Ended { get; init; }

    public void Dispose() => Folder.Dispose();
}
