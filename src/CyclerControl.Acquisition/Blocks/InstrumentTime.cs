namespace CyclerControl.Acquisition.Blocks;

/// <summary>
/// Puts an instrument's time stamps on our clock. Each block says between which two moments of our clock it was sampled; what its first and
/// last stamp leave possible is kept as an interval for the offset, which widens by the drift that two crystals may have and shrinks with each
/// block. The offset moves only when the interval makes it, so that times are as even as the instrument's. Pure; nothing is allocated.
/// </summary>
internal struct InstrumentTime
{
    /// <summary>Largest difference in speed of the two clocks, fraction: two plain crystals of 100 ppm.</summary>
    public const double MaxDrift = 200e-6;

    private long _least;
    private long _most;
    private long _offset;
    private long _adjustedAt;
    private long _last;
    private bool _isKnown;

    /// <summary>Half the width of what is possible, ns: no time is further off.</summary>
    public readonly long UncertaintyNanoseconds => _isKnown ? (_most - _least + 1) / 2 : long.MaxValue;

    /// <summary>How often the stamps fitted no drift that crystals have: the instrument's clock was set, or lies.</summary>
    public int Jumps { get; private set; }

    /// <summary>The buffer was started anew: what was known about its stamps counts no more; times go on rising.</summary>
    public void Begin() => _isKnown = false;

    /// <param name="oldestSeconds">First stamp of a block, s of the instrument.</param>
    /// <param name="newestSeconds">Last stamp.</param>
    /// <param name="after">Clock time before which nothing in the block was taken, ns.</param>
    /// <param name="before">Clock time at which the block was there, ns.</param>
    public void Adjust(double oldestSeconds, double newestSeconds, long after, long before)
    {
        var least = after - Stamp(oldestSeconds);
        var most = before - Stamp(newestSeconds);
        if (_isKnown)
        {
            var drift = (long)(MaxDrift * Math.Max(0, before - _adjustedAt));
            var low = Math.Max(_least - drift, least);
            var high = Math.Min(_most + drift, most);
            if (low <= high)
            {
                (least, most) = (low, high);
            }
            else
            {
                Jumps++;
            }

            _offset = Math.Clamp(_offset, Math.Min(least, most), Math.Max(least, most));
        }
        else
        {
            _offset = least + ((most - least) / 2);
        }

        // Stamps that span more time than has passed leave nothing possible: the newest is not in the future, whatever the rest says.
        _least = Math.Min(least, most);
        _most = most;
        _offset = Math.Min(_offset, _most);
        _adjustedAt = before;
        _isKnown = true;
    }

    /// <returns>Clock time, ns; later than every one before.</returns>
    public long ToClock(double seconds)
    {
        _last = Math.Max(_last + 1, Stamp(seconds) + _offset);
        return _last;
    }

    private static long Stamp(double seconds) => (long)Math.Round(Math.Clamp(seconds, -9e9, 9e9) * 1e9);
}
