namespace CyclerControl.Core.Runs;

/// <summary>Seconds of the files to whole nanoseconds of the clocks.</summary>
public static class Nanoseconds
{
    public const long PerSecond = 1_000_000_000;

    /// <summary>Rounded to the nearest; <see cref="long.MaxValue"/> where it does not fit (292 years).</summary>
    public static long FromSeconds(double seconds)
    {
        var nanoseconds = Math.Round(seconds * 1e9);
        return nanoseconds >= long.MaxValue ? long.MaxValue : (long)nanoseconds;
    }
}
