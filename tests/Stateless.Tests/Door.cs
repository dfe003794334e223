namespace Stateless.Tests;

/// <summary>A door: small enough to know by heart. Locked and Ajar lie within Closed and Open.</summary>
public enum Door
{
    Open,
    Ajar,
    Closed,
    Locked,
}

public enum Act
{
    Push,
    Pull,
    Turn,
    Knock,
}
