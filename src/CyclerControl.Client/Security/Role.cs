namespace CyclerControl.Client.Security;

/// <summary>What a user may do; each may do what those before it may. Stop and stop-all need no role, only a user.</summary>
public enum Role
{
    /// <summary>Reads, and stops.</summary>
    Viewer,

    /// <summary>Starts, pauses, resumes, ends, acknowledges, writes notes and queues.</summary>
    Operator,

    /// <summary>Uploads protocols and changes limits and profiles.</summary>
    Engineer,

    /// <summary>Makes and revokes tokens, reads the audit log and the configuration.</summary>
    Admin,
}
