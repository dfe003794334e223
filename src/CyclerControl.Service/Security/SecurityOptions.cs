namespace CyclerControl.Service.Security;

/// <summary>Whom the service listens to.</summary>
public sealed record SecurityOptions
{
    /// <summary>Names by which browsers may call it, besides those of this computer's loopback; without ports.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>True when it listens beyond this computer: then it may be called by any number address too, which no foreign name can stand for.</summary>
    public bool IsOnNetwork { get; init; }

    /// <summary>Requests a second that one user may send for long.</summary>
    public int RequestsPerSecond { get; init; } = 500;

    /// <summary>Requests in work at one time.</summary>
    public int Concurrent { get; init; } = 100;
}
