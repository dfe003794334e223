namespace CyclerControl.Core.Detection;

/// <summary>A limit that was breached for long enough.</summary>
/// <param name="Limit">voltage.min, voltage.max, current.max or current.deviation.</param>
/// <param name="Value">The offending reading: V, A, or a fraction of the set current.</param>
/// <param name="Bound">What it had to keep, in the same unit.</param>
/// <param name="TimeSeconds">Test time of the sample that decided, s.</param>
/// <param name="OnsetSeconds">Test time of the first offending sample, s.</param>
/// <param name="Explanation">One sentence.</param>
/// <param name="Trips">True: the run trips. False: to be reported only (a voltage outside the window at rest).</param>
public sealed record LimitBreach(
    string Limit, double Value, double Bound, double TimeSeconds, double OnsetSeconds, string Explanation, bool Trips = true);
