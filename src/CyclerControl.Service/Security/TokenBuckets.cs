using System.Collections.Concurrent;

namespace CyclerControl.Service.Security;

/// <summary>So many at once, and so many a second, for each name. Any thread.</summary>
internal sealed class TokenBuckets(double burst, double perSecond, TimeProvider time)
{
    /// <summary>Names that are remembered; beyond it, those that are full again are forgotten.</summary>
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Takes one; false when there is none.</summary>
    public bool TryTake(string name)
    {
        if (_buckets.Count >= Most)
        {
            Forget();
        }

        var bucket = _buckets.GetOrAdd(name, _ => new Bucket(burst, time.GetTimestamp()));
        lock (bucket)
        {
            Refill(bucket);
            if (bucket.Level < 1)
            {
                return false;
            }

            bucket.Level--;
            return true;
        }
    }

    /// <summary>True when none is left.</summary>
    public bool IsEmpty(string name)
    {
        if (!_buckets.TryGetValue(name, out var bucket))
        {
            return false;
        }

        lock (bucket)
        {
            Refill(bucket);
            return bucket.Level < 1;
        }
    }

    private void Refill(Bucket bucket)
    {
        var now = time.GetTimestamp();
        bucket.Level = Math.Min(burst, bucket.Level + (time.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond));
        bucket.At = now;
    }

    private void Forget()
    {
        foreach (var (name, bucket) in _buckets)
        {
            if (time.GetElapsedTime(bucket.At).TotalSeconds * perSecond >= burst)
            {
                _buckets.TryRemove(name, out _);
            }
        }
    }

    private sealed class Bucket(double level, long at)
    {
        public double Level { get; set; } = level;

        public long At { get; set; } = at;
    }
}
