using CyclerControl.Core.Channels;

namespace CyclerControl.Recording.Writing;

/// <summary>How one run is recorded.</summary>
public sealed record RecorderOptions
{
    /// <summary>Longest that a queue may fill without a commit before recording has failed.</summary>
    public static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(60);

    private const int MinCapacity = 4096;
    private const int MinVirtualCapacity = 65_536;

    /// <summary>On a virtual clock a push waits for space; on the others rows are dropped, counted and noted.</summary>
    public ClockKind Clock { get; init; } = ClockKind.Wall;

    /// <summary>Rows per second that the record rule asks for, as far as known: the queue holds 60 s of them (4,096 rows at least).</summary>
    public double RowsPerSecond { get; init; } = 1;

    /// <summary>Rows after which a commit does not wait for its time, on a virtual clock.</summary>
    internal int RowsPerCommit { get; init; } = 50_000;

    internal int? Capacity { get; init; }

    internal RunWriterOptions? Writer { get; init; }

    internal RunWriterOptions WriterOptions => Writer ?? (Clock == ClockKind.Virtual ? RunWriterOptions.Fast : RunWriterOptions.Paced);

    internal int QueueCapacity => Capacity ?? Math.Max(
        Clock == ClockKind.Virtual ? MinVirtualCapacity : MinCapacity,
        (int)Math.Ceiling(Math.Min(RowsPerSecond, 100_000) * LongestStall.TotalSeconds));
}
