namespace CyclerControl.Service.Channels;

/// <summary>What an operator may want of a channel.</summary>
public enum Wish
{
    /// <summary>Output off at once, and hold. Never refused for lack of room or rights.</summary>
    Stop,

    Pause,

    Resume,

    /// <summary>The next step begins.</summary>
    Skip,

    /// <summary>Output off, the run is over.</summary>
    End,

    /// <summary>A trip or fault has been seen.</summary>
    Acknowledge,
}
