namespace CyclerControl.Core.Detection.Replay;

/// <summary>Counts of magnitudes from 1e-12 to 1e4 in 32 classes a decade (7 % wide): quantiles of any number of values in constant memory.</summary>
internal sealed class LogHistogram
{
    private const int PerDecade = 32;
    private const int LowestDecade = -12;
    private const int Decades = 16;

    private readonly long[] _counts = new long[(Decades * PerDecade) + 1];

    public long Count { get; private set; }

    /// <summary>Values that are not a number are left out; zero and everything below the lowest class count as zero.</summary>
    public void Add(double value)
    {
        var size = Math.Abs(value);
        if (!double.IsFinite(size))
        {
            return;
        }

        _counts[IndexOf(size)]++;
        Count++;
    }

    /// <summary>The magnitude that this part of all values does not exceed; 0 where nothing was counted.</summary>
    public double Quantile(double part)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(part * Count));
        long seen = 0;
        for (var index = 0; index < _counts.Length; index++)
        {
            seen += _counts[index];
            if (seen >= wanted)
            {
                return Centre(index);
            }
        }

        return 0;
    }

    /// <summary>The magnitude that all but so many values do not exceed.</summary>
    public double AllBut(long values) => Count == 0 ? 0 : Quantile((double)Math.Max(1, Count - values) / Count);

    /// <summary>The highest empty stretch below <paramref name="below"/> that is at least so many times wide, as its two edges; null where there is none.</summary>
    public (double Low, double High)? Gap(double below, double times)
    {
        var last = IndexOf(below);
        while (last > 0 && _counts[last] == 0)
        {
            last--;
        }

        for (var index = last - 1; index >= 0; index--)
        {
            if (_counts[index] == 0)
            {
                continue;
            }

            if (last - index > PerDecade * Math.Log10(times))
            {
                return (Centre(index), Centre(last));
            }

            last = index;
        }

        return null;
    }

    private static int IndexOf(double size) => size < 1e-12
        ? 0
        : Math.Clamp(1 + (int)((Math.Log10(size) - LowestDecade) * PerDecade), 1, Decades * PerDecade);

    private static double Centre(int index) => index == 0 ? 0 : Math.Pow(10, LowestDecade + ((index - 0.5) / PerDecade));
}
