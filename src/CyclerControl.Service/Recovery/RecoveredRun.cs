using CyclerControl.Service.Runs;

namespace CyclerControl.Service.Recovery;

/// <summary>What was done with an unfinished run.</summary>
public enum RecoveryAction
{
    /// <summary>Taken up: it goes on by itself when its instrument answers and its cell is what it was; until then its channel is recovering.</summary>
    Recovering,

    /// <summary>It goes on.</summary>
    Resumed,

    /// <summary>Held with its output off: an operator resumes or ends it.</summary>
    Held,

    /// <summary>Closed as interrupted.</summary>
    Closed,

    /// <summary>Left as it is: its file could not be read or written.</summary>
    Left,
}

/// <summary>One unfinished run, and what became of it.</summary>
/// <param name="RunId">Name of its folder; null where not even that is sure.</param>
/// <param name="Channel">As its file names it; null when that could not be read.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Session">The run as it goes on; null when it does not.</param>
public sealed record RecoveredRun(string? RunId, string? Channel, RecoveryAction Action, string Reason, RunSession? Session)
{
    public override string ToString() => $"{RunId ?? "a run"}{(Channel is null ? "" : " on " + Channel)}: {Action.ToString().ToLowerInvariant()}: {Reason}";
}
