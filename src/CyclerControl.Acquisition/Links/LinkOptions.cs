namespace CyclerControl.Acquisition.Links;

/// <summary>How one link keeps its beat.</summary>
public sealed record LinkOptions
{
    /// <summary>This link's place among all of the station, from 0; it samples at phase Index / Count of its period.</summary>
    public int Index { get; init; }

    /// <summary>Links of the station, at least 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Messages per lane of the mailbox, 2 to 65536.</summary>
    public int MailboxCapacity { get; init; } = 256;

    /// <summary>More invalid readings in a row than this fault the run.</summary>
    public int MaxInvalidInRow { get; init; } = 10;

    /// <summary>Invalid readings for longer than this fault the run.</summary>
    public TimeSpan MaxInvalidTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Shortest time between two lines in the log about missed deadlines, and between two events about one gap that does not end.</summary>
    public TimeSpan MissedDeadlineInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Readings go on this long after a detection, also when it ended the run; zero: not.</summary>
    public TimeSpan BurstAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Attempts to reopen that a virtual clock waits for before its time goes on.</summary>
    public int AttemptsBeforeTimeGoesOn { get; init; } = 3;

    /// <summary>A shutdown waits this long, on the link's clock, for a lost link, so that its outputs can be switched off.</summary>
    public TimeSpan ShutdownPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Processor to which the link's thread is bound (virtual clock: the simulator's thread shares it); null: not bound.</summary>
    public int? Processor { get; init; }

    /// <summary>The link's thread asks to be scheduled before ordinary ones (SCHED_FIFO); a refusal is told, and changes nothing else.</summary>
    public bool RealTime { get; init; }
}
