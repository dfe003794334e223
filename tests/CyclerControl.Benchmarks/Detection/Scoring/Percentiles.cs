namespace CyclerControl.Benchmarks.Detection.Scoring;

/// <summary>Mean and percentiles of delays; what was missed counts as infinitely late, so that it shows in the percentiles.</summary>
internal sealed class Percentiles
{
    private readonly double[] sorted;

    public Percentiles(IEnumerable<double?> values) => sorted = [.. values.Select(value => value ?? double.PositiveInfinity).Order()];

    public int Count => sorted.Length;

    public int Missed => sorted.Count(double.IsInfinity);

    /// <summary>Of those that came; NaN if none did.</summary>
    public double Mean => sorted.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The smallest value that this fraction does not exceed; infinite if more are missing, NaN if there are none.</summary>
    public double At(double fraction) => sorted.Length == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling(fraction * sorted.Length) - 1, 0, sorted.Length - 1)];

    public Report Report(string unit) => new Report()
        .Add($"mean_{unit}", Mean)
        .Add($"p50_{unit}", At(0.5))
        .Add($"p99_{unit}", At(0.99))
        .Add($"p999_{unit}", At(0.999));
}
