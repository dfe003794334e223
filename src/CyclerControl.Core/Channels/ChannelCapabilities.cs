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

/// <summary>What a channel can do, as its profile states it.</summary>
/// <param name="MinVolts">Most negative voltage, V.</param>
/// <param name="MaxVolts">Most positive voltage, V.</param>
/// <param name="VoltageOffsetVolts">Offset error of a voltage reading, V.</param>
/// <param name="CurrentRanges">From the lowest to the highest.</param>
/// <param name="FastestSampling">Shortest sample period.</param>
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

    /// <summary>Largest |I| of any range, A.</summary>
    public double MaxAmperes => CurrentRanges.IsEmpty ? 0 : CurrentRanges[^1].MaxAmperes;
}
