namespace CyclerControl.Benchmarks.Detection.Baselines;

/// <summary>
/// ADWIN (Bifet and Gavalda, SDM 2007) with the defaults of the package river: delta 0.002, checked every 32 readings, 5 buckets of a size, 5 readings at least on
/// each side of a cut. Written from the paper: an exponential histogram of sums and variances, cut where two parts of the window differ by more than the bound.
/// </summary>
internal sealed class Adwin : IBaseline
{
    private const double Delta = 0.002;
    private const int Clock = 32;
    private const int BucketsOfASize = 5;
    private const int LeastPerSide = 5;
    private const int LeastWidth = 10;
    private const int Sizes = 48;

    private readonly double[,] sums = new double[Sizes, BucketsOfASize + 1];
    private readonly double[,] squares = new double[Sizes, BucketsOfASize + 1];
    private readonly int[] counts = new int[Sizes];
    private int largest;
    private long width;
    private double total;
    private double totalSquares;
    private long ticks;

    public string Name => "adwin";

    /// <summary>Readings in the window.</summary>
    public long Width => width;

    /// <summary>Mean of the window.</summary>
    public double Mean => width == 0 ? 0 : total / width;

    public void Reset()
    {
        Array.Clear(counts);
        largest = 0;
        width = 0;
        total = totalSquares = 0;
        ticks = 0;
    }

    public bool Observe(in BaselineReading reading) => reading.Learnt && Add(reading.Z);

    /// <returns>True when the window was cut.</returns>
    public bool Add(double value)
    {
        if (width > 0)
            totalSquares += width * (value - Mean) * (value - Mean) / (width + 1);
        width++;
        total += value;
        Append(0, value, 0);
        Compress();
        if (++ticks % Clock != 0 || width <= LeastWidth)
            return false;
        var cut = false;
        while (FindsCut())
        {
            cut = true;
            DropOldest();
        }

        return cut;
    }

    private void Append(int size, double sum, double square)
    {
        sums[size, counts[size]] = sum;
        squares[size, counts[size]++] = square;
        largest = Math.Max(largest, size);
    }

    private void Compress()
    {
        for (var size = 0; counts[size] > BucketsOfASize; size++)
        {
            double n = 1L << size;
            var distance = (sums[size, 0] - sums[size, 1]) / n;
            Append(size + 1, sums[size, 0] + sums[size, 1], squares[size, 0] + squares[size, 1] + (n / 2 * distance * distance));
            Forget(size, 2);
        }
    }

    private void Forget(int size, int buckets)
    {
        counts[size] -= buckets;
        for (var i = 0; i < counts[size]; i++)
        {
            sums[size, i] = sums[size, i + buckets];
            squares[size, i] = squares[size, i + buckets];
        }
    }

    private bool FindsCut()
    {
        var old = 0L;
        var oldSum = 0.0;
        var variance = totalSquares / width;
        var confidence = Math.Log(2 * Math.Log(width) / Delta);
        for (var size = largest; size >= 0; size--)
        {
            for (var i = 0; i < counts[size]; i++)
            {
                old += 1L << size;
                oldSum += sums[size, i];
                var young = width - old;
                if (young < LeastPerSide)
                    return false;
                if (old < LeastPerSide)
                    continue;
                var harmonic = (1.0 / (old - LeastPerSide + 1)) + (1.0 / (young - LeastPerSide + 1));
                var bound = Math.Sqrt(2 * harmonic * variance * confidence) + (2.0 / 3 * confidence * harmonic);
                if (Math.Abs((oldSum / old) - ((total - oldSum) / young)) > bound)
                    return true;
            }
        }

        return false;
    }

    private void DropOldest()
    {
        while (largest > 0 && counts[largest] == 0)
            largest--;
        long n = 1L << largest;
        var sum = sums[largest, 0];
        var square = squares[largest, 0];
        width -= n;
        total -= sum;
        if (width > 0)
        {
            var distance = (sum / n) - Mean;
            totalSquares = Math.Max(0, totalSquares - square - ((double)n * width * distance * distance / (n + width)));
        }

        Forget(largest, 1);
    }
}
