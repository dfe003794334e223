namespace CyclerControl.Benchmarks.Abort;

internal static class Percentile
{
    /// <param name="fraction">0.5 is the middle one, 1 the largest.</param>
    /// <returns>NaN of nothing.</returns>
    public static double Of(IEnumerable<double> values, double fraction)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * fraction) - 1)];
    }
}
