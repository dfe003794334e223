using System.Collections.Immutable;

namespace CyclerControl.Core.Channels;

/// <summary>What a channel does in a rest.</summary>
public enum RestBehaviour
{
    /// <summary>The output is off (high impedance).</summary>
    Open,

    /// <summary>0 A on the lowest range.</summary>
    ZeroCurrent,
}

/// <summary>One current range of a channel.</summary>
/// <param name="Name">As the vendor names it.</param>
/// <param name="MaxAmperes">Largest |I|, A.</param>
/// <param name="ResolutionAmperes">Smallest programmable step, A.</param>
/// <param name="GainFraction">Gain error, fraction of reading.</param>
/// <param name="OffsetAmperes">Offset error, A.</param>
public sealed record CurrentRange(string Name, double MaxAmperes, double ResolutionAmperes, double GainFraction, double OffsetAmperes);

/// <summary>Sampling by the instrument itself, into a buffer of its own that is fetched in blocks.</summary>
/// <param name="Fastest">Shortest sample period.</param>
/// <param name="FetchEvery">How often the buffer is fetched, 10 ms to 1 s: what is seen, is seen this late.</param>
/// <param name="Capacity">Readings that the buffer holds.</param>
public sealed record BufferedSampling(TimeSpan Fastest, TimeSpan FetchEvery, int Capacity);

/// <summary>What a channel can do, as its profile states it.</summary>
/// <param name="MinVolts">Most negative voltage, V.</param>
/// <param name="MaxVolts">Most positive voltage, V.</param>
/// <param name="VoltageOffsetVolts">Offset error of a voltage reading, V.</param>
/// <param name="CurrentRanges">From the lowest to the highest.</param>
/// <param name="FastestSampling">Shortest sample period when it is asked reading by reading; see <see cref="ChannelCapabilities.ShortestPeriod"/>.</param>
/// <param name="Rest">What a rest means.</param>
/// <param name="WatchdogTimeout">Time after which the instrument switches off by itself when nobody talks to it; null where it cannot.</param>
/// <param name="AbortLatency">Time from the decision to the output off; stated by the profile.</param>
public sealed record ChannelCapabilities(
    double MinVolts,
    double MaxVolts,
    double VoltageOffsetVolts,
    ImmutableArray<CurrentRange> CurrentRanges,
    TimeSpan FastestSampling,
    RestBehaviour Rest,
    TimeSpan? WatchdogTimeout,
    TimeSpan AbortLatency)
{
    /// <summary>False where the channel can only source current: a protocol with a hold is refused on it.</summary>
    public bool HoldsVoltage { get; init; } = true;

    /// <summary>How a schedule instrument works; null on set-point instruments.</summary>
    public ScheduledOperation? Schedule { get; init; }

    /// <summary>
    /// The channel belongs to other software, whose records are followed: it cannot be started, stopped or switched off from here. What would have switched it off
    /// is told instead; <see cref="AbortLatency"/> is then the longest time until it is told.
    /// </summary>
    public bool IsWatched { get; init; }

    /// <summary>Sampling by the instrument itself, fetched in blocks; null where it cannot, or where nobody has told us how.</summary>
    public BufferedSampling? Buffered { get; init; }

    /// <summary>
    /// Longest time from a Stop of an operator to the output off: the rest of the running exchange, which a broken one stretches to its reply
    /// timeout, and <see cref="AbortLatency"/>. Over an abort connection the running exchange is not waited for. Null: <see cref="AbortLatency"/>.
    /// </summary>
    public TimeSpan? StopLatency { get; init; }

    /// <summary>The instrument takes a second connection, over which a Stop is sent while the first one is busy.</summary>
    public bool HasAbortConnection { get; init; }

    /// <summary>Shortest sample period of any mode.</summary>
    public TimeSpan ShortestPeriod => Buffered is { } buffered && buffered.Fastest < FastestSampling ? buffered.Fastest : FastestSampling;

    /// <summary>True where samples this often can only come from the instrument's own buffer.</summary>
    public bool NeedsBuffer(TimeSpan period) => Buffered is not null && period < FastestSampling;

    /// <summary>Longest time from an onset to the output off at this sample period, without the detector's own samples.</summary>
    public TimeSpan AbortLatencyAt(TimeSpan period) => NeedsBuffer(period) ? Buffered!.FetchEvery + AbortLatency : AbortLatency;

    /// <summary>Largest |I| of any range, A.</summary>
    public double MaxAmperes => CurrentRanges.IsEmpty ? 0 : CurrentRanges[^1].MaxAmperes;
}
