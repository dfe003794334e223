namespace CyclerControl.Acquisition.Links;

/// <summary>Where the connection to an instrument stands.</summary>
public enum LinkStatus
{
    /// <summary>Nobody asks for a connection.</summary>
    Closed,

    /// <summary>The reopen pipeline is at work.</summary>
    Opening,

    /// <summary>Identified, in its safe state, set up.</summary>
    Open,
}
