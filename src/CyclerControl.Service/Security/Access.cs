namespace CyclerControl.Service.Security;

/// <summary>The least that a route asks for.</summary>
public enum Access
{
    /// <summary>No token: only what says nothing about cells.</summary>
    Anybody,

    /// <summary>Output off: any user, and no limit of any kind in the way.</summary>
    Stop,

    Viewer,
    Operator,
    Engineer,
    Admin,
}
