using System.Collections.Immutable;
using CyclerControl.Instruments.Transports;

namespace CyclerControl.Instruments.Sessions;

/// <summary>The four times after which a link is given up.</summary>
/// <param name="Connect">For the connection to be made.</param>
/// <param name="Write">For the wire to take the bytes of a message.</param>
/// <param name="Reply">From the message sent to the whole reply received.</param>
/// <param name="Idle">Silence within a reply that has begun.</param>
public sealed record LinkTimeouts(TimeSpan Connect, TimeSpan Write, TimeSpan Reply, TimeSpan Idle)
{
    /// <summary>5 s, 2 s, 2 s, 500 ms.</summary>
    public static readonly LinkTimeouts Default = new(
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(500));
}

/// <summary>How to talk over a link, as the profile's <c>link</c> says.</summary>
/// <param name="Terminator">Ends every message, both ways.</param>
/// <param name="Timeouts">When to give up.</param>
/// <param name="QueryRetries">How often a question may be asked again after a reopen; 0 to 10.</param>
/// <param name="Gap">Shortest time between a reply and the next message.</param>
public sealed record LinkSettings(ImmutableArray<byte> Terminator, LinkTimeouts Timeouts, int QueryRetries, TimeSpan Gap)
{
    /// <summary>How a serial line is set where the connection string says nothing else.</summary>
    public SerialSettings Serial { get; init; } = SerialSettings.Default;

    /// <summary>Line feed, default timeouts, no gap.</summary>
    public static readonly LinkSettings Default = new([(byte)'\n'], LinkTimeouts.Default, 0, TimeSpan.Zero);
}
