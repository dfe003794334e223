namespace CyclerControl.Benchmarks.Detection.Corpus;

/// <summary>The 256 layers of equal area under exp(-x^2 / 2), for 52 random bits (Marsaglia and Tsang, J. Stat. Softw. 5(8), 2000).</summary>
internal static class Ziggurat
{
    /// <summary>Where the tail begins.</summary>
    public const double Edge = 3.6541528853610088;

    private const int Layers = 256;
    private const double Area = 0.00492867323399;
    private const double Bits = 1UL << 52;

    /// <summary>A number of bits below this lies under the curve whatever the height.</summary>
    public static readonly ulong[] Inside = new ulong[Layers];

    /// <summary>From bits to x.</summary>
    public static readonly double[] Width = new double[Layers];

    public static readonly double[] Height = new double[Layers];

    static Ziggurat()
    {
        var x = Edge;
        var bottom = Area / Math.Exp(-0.5 * x * x);
        Inside[0] = (ulong)(x / bottom * Bits);
        Inside[1] = 0;
        Width[0] = bottom / Bits;
        Width[Layers - 1] = x / Bits;
        Height[0] = 1;
        Height[Layers - 1] = Math.Exp(-0.5 * x * x);
        for (var i = Layers - 2; i >= 1; i--)
        {
            var next = Math.Sqrt(-2 * Math.Log((Area / x) + Math.Exp(-0.5 * x * x)));
            Inside[i + 1] = (ulong)(next / x * Bits);
            x = next;
            Height[i] = Math.Exp(-0.5 * x * x);
            Width[i] = x / Bits;
        }
    }
}
