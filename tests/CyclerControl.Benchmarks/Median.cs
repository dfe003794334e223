namespace CyclerControl.Benchmarks;

internal static class Median
{
    public static double Of(double[] values) => values.Order().ElementAt(values.Length / 2);
}
