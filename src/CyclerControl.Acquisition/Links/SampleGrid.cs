namespace CyclerControl.Acquisition.Links;

/// <summary>
/// The moments at which a link samples: multiples of one period, shifted by the link's phase. A moment that has passed unseen is counted
/// and left out, never caught up.
/// </summary>
internal sealed class SampleGrid(int linkIndex, int linkCount)
{
    private long _origin;
    private long _last;

    /// <summary>ns; 0 while nobody samples.</summary>
    public long Period { get; private set; }

    public long Next => _origin + ((_last + 1) * Period);

    /// <summary>Takes another period; the next moment lies after <paramref name="now"/>.</summary>
    public void Tune(long period, long now)
    {
        if (period == Period)
        {
            return;
        }

        Period = period;
        _origin = (long)((Int128)period * linkIndex / linkCount);
        _last = period == 0 ? 0 : FloorDivide(now - _origin, period);
    }

    /// <summary>Moves to <paramref name="now"/>.</summary>
    /// <returns>False when no moment has come since the last call.</returns>
    public bool Advance(long now, out GridStep step)
    {
        step = default;
        if (Period == 0 || now < Next)
        {
            return false;
        }

        var index = FloorDivide(now - _origin, Period);
        step = new GridStep(_last, index);
        _last = index;
        return true;
    }

    /// <summary>How many periods of the grid make one of a slower channel: never sampled more rarely than it asks.</summary>
    public int MultipleFor(long channelPeriod) => Period == 0 ? 1 : (int)Math.Clamp(channelPeriod / Period, 1, int.MaxValue);

    internal static long FloorDivide(long value, long by)
    {
        var quotient = value / by;
        return value % by < 0 ? quotient - 1 : quotient;
    }
}

/// <summary>From one moment of the grid to a later one.</summary>
internal readonly record struct GridStep(long From, long To)
{
    /// <summary>How many of a channel's own moments lie in the step: 0 not due, 1 on time, more: all but one missed.</summary>
    public long DueFor(int multiple) => SampleGrid.FloorDivide(To, multiple) - SampleGrid.FloorDivide(From, multiple);
}
