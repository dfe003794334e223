namespace CyclerControl.Benchmarks.Detection.Theory;

/// <summary>95 % interval of a Poisson mean after one count: exact (Garwood 1936) up to a thousand, Wilson and Hilferty's cube beyond (off by less than 1e-5).</summary>
internal static class PoissonInterval
{
    private const double Tail = 0.025;
    private const double TailNormal = 1.959963984540054;
    private const long LargestExact = 1000;

    public static double Low(long count) => count switch
    {
        0 => 0,
        > LargestExact => Cube(count, -TailNormal),
        _ => Solve(mean => 1 - AtMost(count - 1, mean), count, 0, count),
    };

    public static double High(long count) => count > LargestExact
        ? Cube(count + 1, TailNormal)
        : Solve(mean => -AtMost(count, mean), count, count, (3 * count) + 10);

    private static double Cube(double count, double normal)
    {
        var root = 1 - (1 / (9 * count)) + (normal / (3 * Math.Sqrt(count)));
        return count * root * root * root;
    }

    /// <param name="rising">A probability that rises with the mean: of the lower tail's complement, or the negative of the upper's.</param>
    private static double Solve(Func<double, double> rising, long count, double low, double high)
    {
        var goal = rising(high + count + 1) > 0.5 ? Tail : -Tail;
        for (var i = 0; i < 100; i++)
        {
            var middle = (low + high) / 2;
            if (rising(middle) < goal)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }

    private static double AtMost(long count, double mean)
    {
        var term = Math.Exp(-mean);
        var sum = term;
        if (term == 0)
            return LogAtMost(count, mean);
        for (var i = 1L; i <= count; i++)
            sum += term *= mean / i;
        return sum;
    }

    /// <summary>For means whose e^-mean underflows.</summary>
    private static double LogAtMost(long count, double mean)
    {
        var log = -mean;
        var sum = 0.0;
        for (var i = 1L; i <= count; i++)
        {
            log += Math.Log(mean / i);
            sum += Math.Exp(log);
        }

        return sum;
    }
}
