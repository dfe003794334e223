namespace CyclerControl.Service.Channels;

/// <summary>What an operator may want of a channel.</summary>
public enum Wish
{
    /// <summary>Output off at once, and hold; where the instrument runs by itself, the run is over. Never refused for lack of room or rights.</summary>
    Stop,

    /// <summary>Output off, resumable; not where the instrument runs by itself.</summary>
    Pause,

    Resume,

    /// <summary>The next step begins, where the instrument can do that.</summary>
    Skip,

    /// <summary>Output off, the run is over.</summary>
    End,

    /// <summary>A trip or fault has been seen.</summary>
    Acknowledge,
}
