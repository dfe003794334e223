namespace CyclerControl.Benchmarks.Detection.Theory;

/// <summary>The normal distribution function to full relative accuracy, far tails included.</summary>
internal static class NormalLaw
{
    private const double SeriesEnds = 2.5;

    /// <summary>Probability of a value below <paramref name="z"/>.</summary>
    public static double Below(double z) => z < 0 ? Upper(-z) : 1 - Upper(z);

    /// <summary>Probability between two bounds; taken on the side where both tails are small.</summary>
    public static double Between(double low, double high) => low > 0 ? Upper(low) - Upper(high) : Below(high) - Below(low);

    private static double Upper(double z)
    {
        var density = Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
        if (z < SeriesEnds)
        {
            var term = z;
            var sum = z;
            for (var n = 3; term > 1e-18; n += 2)
            {
                term *= z * z / n;
                sum += term;
            }

            return 0.5 - (density * sum);
        }

        // Laplace's continued fraction 1/(z + 1/(z + 2/(z + 3/(z + ...)))).
        var fraction = z;
        for (var n = 120; n >= 1; n--)
            fraction = z + (n / fraction);
        return density / fraction;
    }
}
