namespace CyclerControl.Benchmarks.Detection.Theory;

/// <summary>
/// Mean run length of Page's one-sided CUSUM S = max(0, S + z - k), alarm at S > h, of independent normal z, from S = 0: the Markov chain of Brook and Evans
/// (Biometrika 59, 1972) with so many states that it counts as exact.
/// </summary>
internal static class CusumChain
{
    public const int States = 400;

    /// <summary>Enough for a per cent.</summary>
    public const int CoarseStates = 100;

    /// <param name="k">Reference, sigma.</param>
    /// <param name="h">Threshold, sigma.</param>
    /// <param name="mean">Mean of z: 0 gives ARL0, the shift gives ARL1.</param>
    public static double RunLength(double k, double h, double mean, int states = States)
    {
        var width = 2 * h / ((2 * states) - 1);
        var steps = new double[(2 * states) - 1];
        for (var i = 0; i < steps.Length; i++)
        {
            var distance = ((i - states + 1) * width) + k - mean;
            steps[i] = NormalLaw.Between(distance - (width / 2), distance + (width / 2));
        }

        var rows = new double[states][];
        for (var from = 0; from < states; from++)
        {
            var row = rows[from] = new double[states + 1];
            for (var to = 1; to < states; to++)
                row[to] = -steps[to - from + states - 1];
            row[0] = -NormalLaw.Below(((0.5 - from) * width) + k - mean);
            row[from] += 1;
            row[states] = 1;
        }

        return SolveForFirst(rows);
    }

    /// <summary>The threshold at which the mean time to a false alarm is <paramref name="runLength"/>.</summary>
    public static double Threshold(double k, double runLength, int states = States)
    {
        var goal = Math.Log(runLength);
        var below = 0.05;
        var above = (goal / (2 * k)) + 1;
        var belowValue = Math.Log(RunLength(k, below, 0, CoarseStates));
        for (var i = 0; i < 60; i++)
        {
            // The logarithm grows nearly as 2 k h: coarse chain by bisection and secant first, then the fine one around its answer.
            var middle = i % 3 == 2 ? (below + above) / 2 : below + ((goal - belowValue) / (2 * k));
            middle = middle > below && middle < above ? middle : (below + above) / 2;
            var value = Math.Log(RunLength(k, middle, 0, CoarseStates));
            if (value < goal)
                (below, belowValue) = (middle, value);
            else
                above = middle;
            if (above - below < 1e-7 || Math.Abs(value - goal) < 1e-9)
                break;
        }

        var h = below;
        var step = 1.0;
        for (var i = 0; i < 6 && Math.Abs(step) > 1e-6; i++)
            h += step = (goal - Math.Log(RunLength(k, h, 0, states))) / (2 * k);
        return h;
    }

    /// <summary>Siegmund's approximation of the same (Sequential Analysis, 1985), for comparison.</summary>
    public static double Siegmund(double k, double h, double mean)
    {
        var d = mean - k;
        var b = h + 1.166;
        return d == 0 ? b * b : (Math.Exp(-2 * d * b) + (2 * d * b) - 1) / (2 * d * d);
    }

    /// <summary>Gauss elimination from the last row up, so that the first unknown comes out without substitution. The matrix is an M-matrix: no pivoting.</summary>
    private static double SolveForFirst(double[][] rows)
    {
        var n = rows.Length;
        for (var pivot = n - 1; pivot > 0; pivot--)
        {
            var source = rows[pivot];
            for (var row = 0; row < pivot; row++)
            {
                var target = rows[row];
                var factor = target[pivot] / source[pivot];
                for (var column = 0; column < pivot; column++)
                    target[column] -= factor * source[column];
                target[n] -= factor * source[n];
            }
        }

        return rows[0][n] / rows[0][0];
    }
}
