namespace CyclerControl.Client.Channels;

/// <summary>One channel at one moment. Current is positive when it charges the cell.</summary>
public sealed record ChannelStatus
{
    /// <summary><c>instrument/number</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>offline, idle, arming, running, paused, stopping, finished, tripped, faulted or recovering.</summary>
    public required string State { get; init; }

    /// <summary>closed, opening or open.</summary>
    public required string Link { get; init; }

    /// <summary>off, on or unconfirmed; not_ours where the channel is watched only and cannot be switched off from here.</summary>
    public required string Output { get; init; }

    /// <summary>Present run, or the last one since the service started.</summary>
    public string? RunId { get; init; }

    public string? Protocol { get; init; }

    /// <summary>Id of the cell, where it was given.</summary>
    public string? CellId { get; init; }

    public string? Operator { get; init; }

    /// <summary>Where the step stands in the protocol: <c>steps[2].repeat[0]</c>.</summary>
    public string? StepPath { get; init; }

    /// <summary>Verb and name of the step.</summary>
    public string? Step { get; init; }

    public int Cycle { get; init; }

    public int HalfCycle { get; init; }

    /// <summary>Last valid reading, V.</summary>
    public double? Volts { get; init; }

    /// <summary>Last valid reading, A.</summary>
    public double? Amperes { get; init; }

    public double? Celsius { get; init; }

    /// <summary>Age of the last valid reading, s.</summary>
    public double? AgeSeconds { get; init; }

    public double TestTimeSeconds { get; init; }

    public double StepTimeSeconds { get; init; }

    public double ChargingAmpHours { get; init; }

    public double DischargingAmpHours { get; init; }

    /// <summary>Whether a hard short would be seen now: armed, or why not.</summary>
    public required string Detection { get; init; }

    /// <summary>The last finding of the detector in this run, in one sentence.</summary>
    public string? LastDetection { get; init; }

    /// <summary>The last thing worth telling: pause, trip, fault, end.</summary>
    public string? Message { get; init; }

    /// <summary>Samples taken in this run.</summary>
    public long Samples { get; init; }

    /// <summary>Acknowledged sample rows: their commit has returned.</summary>
    public long DurableSeq { get; init; }

    public long QueuedRows { get; init; }

    public long DroppedRows { get; init; }

    public long MissedDeadlines { get; init; }

    public long InvalidReadings { get; init; }

    /// <summary>Orders that wait for this channel.</summary>
    public int Queued { get; init; }

    /// <summary>The next order waits until an operator says that the new cell is in.</summary>
    public bool AwaitsCell { get; init; }
}
