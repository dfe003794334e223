namespace CyclerControl.Client.Security;

/// <summary>One line of the audit log. Each carries the hash of the one before, so that none can be changed or taken out unseen.</summary>
public sealed record AuditEntry
{
    /// <summary>1 for the first line.</summary>
    public long Seq { get; init; }

    public DateTimeOffset Utc { get; init; }

    /// <summary>Name of the token; null: nobody that is known, or the service itself.</summary>
    public string? Who { get; init; }

    public string? Role { get; init; }

    /// <summary>Address of the other end of the connection.</summary>
    public string? From { get; init; }

    /// <summary>Method and route; with "asked: " before them what is about to be done; or what the service did by itself.</summary>
    public required string What { get; init; }

    /// <summary>Channel, user, run or protocol that it was about.</summary>
    public string? Target { get; init; }

    /// <summary>What was asked for, as far as it is no secret.</summary>
    public string? Details { get; init; }

    /// <summary>State of the channel before.</summary>
    public string? Before { get; init; }

    /// <summary>State of the channel when the answer was given; its link may still be at it.</summary>
    public string? After { get; init; }

    /// <summary>In the words of whoever did it.</summary>
    public string? Why { get; init; }

    /// <summary>HTTP status of the answer.</summary>
    public int? Status { get; init; }

    /// <summary>Similar ones of the same user or address that have no lines of their own, because they came too fast.</summary>
    public long? Unlisted { get; init; }

    /// <summary>Hash of the line before; of the first line 64 zeros.</summary>
    public string Previous { get; init; } = "";

    /// <summary>SHA-256 of this line without this field.</summary>
    public string? Hash { get; init; }
}

/// <summary>Whether the audit log is whole.</summary>
/// <param name="Lines">That were looked at.</param>
/// <param name="Head">Hash of the last line: written down elsewhere, it proves later that nothing up to here was exchanged.</param>
/// <param name="Problems">By line; empty when the chain holds.</param>
public sealed record AuditVerdict(long Lines, string Head, IReadOnlyList<string> Problems);
