using System.Numerics;

namespace CyclerControl.Acquisition.Links;

/// <summary>
/// How late a link's thread wakes, in fixed buckets of at most 1/32 of their value: one addition a sample, nothing allocated. One writer, the
/// link's thread; anybody may read, and then sees whole counts, a sample more or less.
/// </summary>
public sealed class LatenessHistogram
{
    private const int SubBits = 5;
    private const int SubBuckets = 1 << SubBits;
    private const int Highest = 42; // 2^42 ns: an hour and a quarter.
    private readonly long[] _counts = new long[(Highest - SubBits + 1) * SubBuckets];
    private long _max;
    private long _missed;

    /// <param name="latenessNanoseconds">Wake minus deadline, ns; a thread is never early.</param>
    public void Add(long latenessNanoseconds)
    {
        var index = IndexOf(latenessNanoseconds);
        Volatile.Write(ref _counts[index], _counts[index] + 1);
        if (latenessNanoseconds > _max)
        {
            Volatile.Write(ref _max, latenessNanoseconds);
        }
    }

    /// <param name="deadlines">Deadlines that passed unseen.</param>
    public void Miss(long deadlines) => Volatile.Write(ref _missed, _missed + deadlines);

    /// <summary>Adds what another one has counted since a mark: several links, or several stretches of time, as one.</summary>
    public void AddFrom(LatenessHistogram other, LatenessMark? since)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += Volatile.Read(ref other._counts[i]) - (since?.Counts[i] ?? 0);
        }

        var figures = other.Since(since);
        _missed += figures.Missed;
        _max = Math.Max(_max, figures.MaxNanoseconds);
    }

    /// <summary>From the first deadline on.</summary>
    public LatenessFigures Figures() => Since(null);

    /// <summary>The counts so far, to be given to <see cref="Since"/> later.</summary>
    public LatenessMark Mark() => new((long[])_counts.Clone(), Volatile.Read(ref _missed));

    /// <summary>From a mark on; null: from the first deadline on.</summary>
    public LatenessFigures Since(LatenessMark? mark)
    {
        var counts = (long[])_counts.Clone();
        var total = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] -= mark?.Counts[i] ?? 0;
            total += counts[i];
        }

        return new LatenessFigures(
            total,
            Quantile(counts, total, 0.5),
            Quantile(counts, total, 0.99),
            Quantile(counts, total, 0.999),
            Quantile(counts, total, 1),
            Volatile.Read(ref _missed) - (mark?.Missed ?? 0));
    }

    /// <summary>Upper edge of a bucket, ns; the largest lateness seen is never exceeded.</summary>
    private long Quantile(long[] counts, long total, double fraction)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(total * fraction));
        var seen = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            seen += counts[i];
            if (seen >= rank)
            {
                return Math.Min(UpperEdge(i), Volatile.Read(ref _max));
            }
        }

        return 0;
    }

    private static int IndexOf(long value)
    {
        var v = Math.Clamp(value, 0, (1L << Highest) - 1);
        if (v < SubBuckets)
        {
            return (int)v;
        }

        var shift = BitOperations.Log2((ulong)v) - SubBits;
        return ((shift + 1) << SubBits) + (int)((v >> shift) - SubBuckets);
    }

    private static long UpperEdge(int index)
    {
        var shift = (index >> SubBits) - 1;
        return shift < 0 ? index : ((((index & (SubBuckets - 1)) + SubBuckets + 1L) << shift) - 1);
    }
}

/// <summary>A histogram's counts at one moment.</summary>
public sealed class LatenessMark
{
    internal LatenessMark(long[] counts, long missed)
    {
        Counts = counts;
        Missed = missed;
    }

    internal long[] Counts { get; }

    internal long Missed { get; }
}
