namespace CyclerControl.Analysis.Tests.Gitt;

/// <summary>Concentration at the surface of a sphere under constant flux, from rest (Crank, The Mathematics of Diffusion, eq. 6.45), in units of F r / D.</summary>
internal static class SphereDiffusion
{
    private static readonly double[] s_roots = [.. Enumerable.Range(1, 4000).Select(Root)];

    /// <param name="x">D t / r^2.</param>
    public static double Surface(double x)
    {
        var sum = 0.0;
        foreach (var root in s_roots)
        {
            sum += Math.Exp(-root * root * x) / (root * root);
        }

        // What the roots beyond the last would add at x = 0 is 1/10 minus the finite sum; their exponentials are zero for x > 1e-6.
        return (3 * x) + 0.2 - (2 * sum);
    }

    /// <summary>Change of the mean concentration.</summary>
    public static double Mean(double x) => 3 * x;

    /// <summary>n-th positive root of tan a = a, by bisection of a cos a = sin a.</summary>
    private static double Root(int n)
    {
        var (low, high) = (n * Math.PI, (n + 0.5) * Math.PI);
        for (var i = 0; i < 80; i++)
        {
            var middle = 0.5 * (low + high);
            var sameSide = Math.Sign((middle * Math.Cos(middle)) - Math.Sin(middle)) == Math.Sign((low * Math.Cos(low)) - Math.Sin(low));
            (low, high) = sameSide ? (middle, high) : (low, middle);
        }

        return 0.5 * (low + high);
    }
}
