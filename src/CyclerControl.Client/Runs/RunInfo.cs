namespace CyclerControl.Client.Runs;

/// <summary>One line of the list of runs.</summary>
public sealed record RunInfo
{
    public required string RunId { get; init; }

    public required string Channel { get; init; }

    public required string Protocol { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Test time at its end, s; null while it is open.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>completed, short_found, stopped, tripped ...; running while it is open.</summary>
    public required string Outcome { get; init; }

    public string? CellId { get; init; }

    /// <summary>Folder of the run on the service's computer.</summary>
    public string? Path { get; init; }
}

/// <summary>One event of a run.</summary>
/// <param name="Seq">From 1; a later request asks for what comes after it.</param>
public sealed record RunEventInfo(long Seq, double TimeSeconds, string Kind, string Message);
