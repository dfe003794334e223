using System.Globalization;

namespace CyclerControl.Acquisition.Links;

/// <summary>How well a link has kept its beat: wake minus deadline, each percentile at most 1/32 too high.</summary>
/// <param name="Deadlines">Sample times that were served.</param>
/// <param name="P50Nanoseconds">Half of them were served with at most this lateness, ns; 0 when there were none.</param>
/// <param name="P99Nanoseconds">ns.</param>
/// <param name="P999Nanoseconds">99.9 %, ns.</param>
/// <param name="MaxNanoseconds">ns.</param>
/// <param name="Missed">Sample times that passed unseen.</param>
public readonly record struct LatenessFigures(
    long Deadlines, long P50Nanoseconds, long P99Nanoseconds, long P999Nanoseconds, long MaxNanoseconds, long Missed)
{
    /// <summary>As it stands in the run file: <c>lateness p50 27 us, p99 59 us, p99.9 120 us, max 812 us; 0 missed of 36000</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"lateness p50 {P50Nanoseconds / 1e3:0} us, p99 {P99Nanoseconds / 1e3:0} us, p99.9 {P999Nanoseconds / 1e3:0} us, max {MaxNanoseconds / 1e3:0} us; {Missed} missed of {Deadlines + Missed}");
}
