using CyclerControl.Core.Channels;

namespace CyclerControl.Acquisition.Bursts;

/// <summary>The last samples at full rate: the larger of <see cref="Seconds"/> and <see cref="Samples"/>. Allocates when the rate changes only.</summary>
internal sealed class BurstRing
{
    public const double Seconds = 10;
    public const int Samples = 500;

    /// <summary>Beyond this rate the ring holds less than its seconds: 8 MiB.</summary>
    private const int MaxCapacity = 200_000;

    private Sample[] _ring = new Sample[Samples];
    private int _next;

    public int Count { get; private set; }

    /// <summary>Makes room for another sample period; keeps what is in the ring.</summary>
    public void Fit(double periodSeconds)
    {
        var wanted = (int)Math.Clamp(Math.Ceiling(Seconds / Math.Max(periodSeconds, 1e-6)), Samples, MaxCapacity);
        if (wanted <= _ring.Length)
        {
            return;
        }

        var larger = new Sample[wanted];
        CopyTo(larger);
        _ring = larger;
        _next = Count;
    }

    public void Add(in Sample sample)
    {
        _ring[_next] = sample;
        _next = _next + 1 == _ring.Length ? 0 : _next + 1;
        Count = Math.Min(Count + 1, _ring.Length);
    }

    /// <summary>Oldest first.</summary>
    /// <returns>How many.</returns>
    public int CopyTo(Span<Sample> destination)
    {
        var first = Count < _ring.Length ? 0 : _next;
        for (var i = 0; i < Count; i++)
        {
            destination[i] = _ring[(first + i) % _ring.Length];
        }

        return Count;
    }
}
