namespace CyclerControl.Cli.ProfileChecks;

/// <summary>One thing that was tried.</summary>
internal sealed record ProfileFinding(string What, bool Passed, string Says)
{
    /// <summary>False: it cannot be tried with the output off.</summary>
    public bool WasTried { get; init; } = true;

    public string Verdict => !Passed ? "FAILED" : WasTried ? "ok    " : "NOT TRIED";
}

/// <summary>How long one question took, ms; null where none was asked.</summary>
/// <param name="Exchanges">How many were timed.</param>
/// <param name="AreReadings">They were readings; else questions after the error queue, which say nothing about sampling.</param>
internal sealed record ExchangeTimes(int Exchanges, double MedianMilliseconds, double LongestMilliseconds, bool AreReadings)
{
    /// <summary>Ten times the longest that was seen, at least 200 ms, in round numbers.</summary>
    public double ProposedReplyMilliseconds => RoundUp(Math.Max(200, 10 * LongestMilliseconds));

    /// <summary>Room for the longest one, in round numbers; null where no reading was timed.</summary>
    public double? ProposedFastestMilliseconds => AreReadings ? RoundUp(Math.Max(1, 1.5 * LongestMilliseconds)) : null;

    /// <summary>1, 2 or 5 times a power of ten.</summary>
    private static double RoundUp(double milliseconds)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(milliseconds)));
        var lead = milliseconds / power;
        return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
    }
}

/// <summary>What a check of a profile has found; it ended at the first thing that failed.</summary>
internal sealed record ProfileFindings(IReadOnlyList<ProfileFinding> Tried, ExchangeTimes? Times, bool WasReached)
{
    public bool Passed => Tried.All(t => t.Passed);

    /// <summary>Nobody answered, or another instrument.</summary>
    public bool IsAnother => !WasReached || Tried.Any(t => t is { Passed: false, What: ProfileExamination.Identify });
}
