namespace CyclerControl.Service.Answers;

/// <summary>Why something was not done, as the web server has to say it.</summary>
public enum RefusalKind
{
    /// <summary>What was given is wrong: a file, a value, a name.</summary>
    Invalid,

    /// <summary>No such channel, run, protocol or order.</summary>
    NotFound,

    /// <summary>The channel is in no state for it.</summary>
    Conflict,

    /// <summary>Not now: shutting down, unreachable, full.</summary>
    Unavailable,
}

/// <summary>A refusal with all its reasons, each in words for people.</summary>
public sealed record Refusal(RefusalKind Kind, IReadOnlyList<string> Reasons)
{
    public Refusal(RefusalKind kind, string reason)
        : this(kind, [reason])
    {
    }

    public override string ToString() => string.Join(Environment.NewLine, Reasons);
}

/// <summary>Done, with its result; or refused.</summary>
public readonly record struct Answer<T>(T? Value, Refusal? Refusal)
    where T : class
{
    public static implicit operator Answer<T>(T value) => new(value, null);

    public static implicit operator Answer<T>(Refusal refusal) => new(null, refusal);
}
