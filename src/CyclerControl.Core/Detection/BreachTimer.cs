namespace CyclerControl.Core.Detection;

/// <summary>Counts how long a condition has held without a break. A value; no allocation.</summary>
internal struct BreachTimer
{
    private bool _reported;

    /// <summary>Consecutive samples for which the condition has held.</summary>
    public int Samples { get; private set; }

    /// <summary>Time of the first of them, s.</summary>
    public double OnsetSeconds { get; private set; }

    /// <summary>The condition held at the last sample.</summary>
    public readonly bool Running => Samples > 0;

    /// <summary>True once, at the first sample at which the condition has held for enough samples and long enough.</summary>
    public bool Observe(bool holds, double timeSeconds, int leastSamples, double leastSeconds)
    {
        if (!holds)
        {
            this = default;
            return false;
        }

        if (Samples == 0)
        {
            OnsetSeconds = timeSeconds;
        }

        Samples++;
        if (_reported || Samples < leastSamples || !HeldFor(timeSeconds, leastSeconds))
        {
            return false;
        }

        _reported = true;
        return true;
    }

    /// <summary>Time stamps are sums of decimal fractions: a nanosecond short of the bound is the bound.</summary>
    private readonly bool HeldFor(double timeSeconds, double leastSeconds) => timeSeconds - OnsetSeconds >= leastSeconds - 1e-9;
}
