namespace CyclerControl.Client.Security;

/// <summary>Who asks, as the service sees it.</summary>
/// <param name="Name">Of the token.</param>
/// <param name="Role">viewer, operator, engineer or admin.</param>
public sealed record Identity(string Name, string Role);

/// <summary>A token is exchanged for a browser session.</summary>
public sealed record LoginRequest
{
    public required string Token { get; init; }
}

/// <summary>A token without its secret.</summary>
public sealed record TokenInfo
{
    public required string Name { get; init; }

    /// <summary>viewer, operator, engineer or admin.</summary>
    public required string Role { get; init; }

    /// <summary>First characters of the token, to tell tokens apart.</summary>
    public required string Prefix { get; init; }

    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>To within some minutes; null: never.</summary>
    public DateTimeOffset? LastUsedUtc { get; init; }
}

/// <summary>A token is wanted.</summary>
public sealed record TokenRequest
{
    /// <summary>Of a person or a program: 1 to 64 letters, digits, dots, dashes, underscores and @.</summary>
    public required string Name { get; init; }

    /// <summary>viewer, operator, engineer or admin.</summary>
    public required string Role { get; init; }
}

/// <summary>A made token; the only time that it is shown.</summary>
public sealed record TokenMade(string Name, string Role, string Token);
