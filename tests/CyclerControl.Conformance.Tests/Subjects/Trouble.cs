namespace CyclerControl.Conformance.Tests.Subjects;

/// <summary>What can happen to a reply.</summary>
public enum Trouble
{
    /// <summary>It never comes.</summary>
    Missing,

    /// <summary>It comes when nobody waits for it any more.</summary>
    Late,

    /// <summary>Half of it comes.</summary>
    Half,

    /// <summary>A character in it is another one.</summary>
    Garbled,

    /// <summary>The reply before it comes once more instead.</summary>
    OutOfPhase,

    /// <summary>It comes twice.</summary>
    Twice,

    /// <summary>It comes without its end, and goes on for ever.</summary>
    Endless,

    /// <summary>The other side closes the connection instead.</summary>
    Closed,

    /// <summary>Half of it, and the device is gone.</summary>
    VanishesInMidReply,

    /// <summary>The question cannot be sent.</summary>
    Unsent,

    /// <summary>Half of the question was sent.</summary>
    HalfSent,
}
