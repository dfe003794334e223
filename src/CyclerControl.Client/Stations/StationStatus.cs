namespace CyclerControl.Client.Stations;

/// <summary>The site that a service drives.</summary>
public sealed record StationStatus
{
    public required string Name { get; init; }

    /// <summary>wall, scaled or virtual; anything but wall only with simulated instruments.</summary>
    public required string Clock { get; init; }

    public required string SoftwareVersion { get; init; }

    public required string DataFolder { get; init; }

    public required DateTimeOffset StartedUtc { get; init; }

    public required IReadOnlyList<InstrumentStatus> Instruments { get; init; }

    /// <summary>Runs that were found unfinished when the service started, and what has become of them.</summary>
    public IReadOnlyList<RecoveredRunStatus> Recovered { get; init; } = [];
}

/// <summary>One instrument and its link.</summary>
public sealed record InstrumentStatus
{
    public required string Name { get; init; }

    public required string Profile { get; init; }

    public required string Connect { get; init; }

    public required bool Simulated { get; init; }

    /// <summary>closed, opening or open.</summary>
    public required string Link { get; init; }

    /// <summary>Who answered; null before anybody did.</summary>
    public string? Identity { get; init; }

    /// <summary>Why the last attempt to open failed, or the link broke; null when it stands.</summary>
    public string? Problem { get; init; }

    /// <summary>Loops of this link so far; more than 1: the supervisor had to act.</summary>
    public int Generation { get; init; }

    /// <summary>What stands in for this computer when it dies.</summary>
    public required string Watchdog { get; init; }

    /// <summary>How a Stop gets through.</summary>
    public required string Stop { get; init; }

    public LatenessStatus? Lateness { get; init; }
}

/// <summary>How a link keeps its beat: wake minus deadline.</summary>
public sealed record LatenessStatus(long Deadlines, long Missed, double P50Microseconds, double P99Microseconds, double P999Microseconds, double MaxMicroseconds);

/// <summary>Whether the service can do its work.</summary>
/// <param name="Reasons">Why not; empty when ready.</param>
public sealed record HealthStatus(string Status, IReadOnlyList<string> Reasons);

/// <summary>For a dead-man check from another computer: whoever does not get a fresh one in time raises the alarm.</summary>
public sealed record Heartbeat(DateTimeOffset Utc, string Status, IReadOnlyList<string> Reasons);
