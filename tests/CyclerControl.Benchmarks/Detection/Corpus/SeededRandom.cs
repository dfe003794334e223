using System.Numerics;

namespace CyclerControl.Benchmarks.Detection.Corpus;

/// <summary>
/// xoshiro256++ (Blackman and Vigna 2019) with a normal deviate by the ziggurat of Marsaglia and Tsang (2000): exact in law, tails included, a few nanoseconds.
/// The same seed gives the same numbers on every machine and every version of .NET, which <see cref="Random"/> does not promise.
/// </summary>
internal sealed class SeededRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private const double FractionOf53Bits = 1.0 / (1UL << 53);

    private ulong a;
    private ulong b;
    private ulong c;
    private ulong d;

    /// <param name="keys">Anything that tells this stream from all others, in order.</param>
    public SeededRandom(params ReadOnlySpan<long> keys)
    {
        var state = 0UL;
        foreach (var key in keys)
            state = Mix(state + Mix((ulong)key + Golden));
        a = Mix(state += Golden);
        b = Mix(state += Golden);
        c = Mix(state += Golden);
        d = Mix(state + Golden);
    }

    public ulong Next()
    {
        var result = BitOperations.RotateLeft(a + d, 23) + a;
        var t = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }

    /// <summary>In [0, 1).</summary>
    public double Uniform() => (Next() >> 11) * FractionOf53Bits;

    public double Uniform(double least, double most) => least + ((most - least) * Uniform());

    /// <summary>The logarithm is evenly distributed.</summary>
    public double LogUniform(double least, double most) => least * Math.Exp(Math.Log(most / least) * Uniform());

    public double Exponential(double mean) => -mean * Math.Log(1 - Uniform());

    public bool Chance(double probability) => Uniform() < probability;

    public double Pick(params ReadOnlySpan<double> values) => values[(int)(Uniform() * values.Length)];

    /// <summary>Mean 0, standard deviation 1.</summary>
    public double Normal()
    {
        while (true)
        {
            var bits = Next();
            var layer = (int)(bits & 0xFF);
            var size = bits >> 12;
            var value = size * Ziggurat.Width[layer];
            if (size < Ziggurat.Inside[layer])
                return (bits & 0x100) != 0 ? -value : value;
            if (layer == 0)
            {
                value = Tail();
                return (bits & 0x100) != 0 ? -value : value;
            }

            var height = Ziggurat.Height[layer] + ((Ziggurat.Height[layer - 1] - Ziggurat.Height[layer]) * Uniform());
            if (height < Math.Exp(-0.5 * value * value))
                return (bits & 0x100) != 0 ? -value : value;
        }
    }

    /// <summary>
    /// Mean 0, standard deviation 1, but the sum of four uniforms: cheap, never beyond 3.5. Only where the tail decides nothing (the measured current).
    /// </summary>
    public double RoughlyNormal()
    {
        const double mean = 4 * 65535 / 2.0;
        const double perUnit = 1 / 37837.22; // Standard deviation of the sum: 65536 x sqrt(4 / 12).
        var bits = Next();
        var sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        return (sum - mean) * perUnit;
    }

    private double Tail()
    {
        while (true)
        {
            var x = -Math.Log(1 - Uniform()) / Ziggurat.Edge;
            var y = -Math.Log(1 - Uniform());
            if (y + y > x * x)
                return Ziggurat.Edge + x;
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
