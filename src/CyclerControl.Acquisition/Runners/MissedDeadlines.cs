namespace CyclerControl.Acquisition.Runners;

/// <summary>Counts missed deadlines, and says when they are worth another word.</summary>
internal struct MissedDeadlines
{
    private long _unsaid;
    private long _quietUntil;
    private bool _inGap;

    public long Total { get; private set; }

    /// <summary>At a limited rate, whatever comes: for a log.</summary>
    /// <returns>How many to report now; 0: be quiet.</returns>
    public long Add(long missed, long now, TimeSpan interval)
    {
        Total += missed;
        _unsaid += missed;
        if (now < _quietUntil)
        {
            return 0;
        }

        _quietUntil = now + (interval.Ticks * 100);
        return TakeUnsaid();
    }

    /// <summary>
    /// Each gap by itself: one that begins is reported at once; while each sample comes late it is the same gap, reported again at a limited
    /// rate, and for the last time when a sample is on time.
    /// </summary>
    /// <param name="missed">Deadlines between the sample before and this one; 0: on time.</param>
    /// <inheritdoc cref="Add" path="/returns"/>
    public long AddToGap(long missed, long now, TimeSpan interval)
    {
        if (missed == 0)
        {
            _inGap = false;
            return _unsaid == 0 ? 0 : TakeUnsaid();
        }

        if (!_inGap)
        {
            _inGap = true;
            _quietUntil = now;
        }

        return Add(missed, now, interval);
    }

    /// <summary>What has not been reported yet.</summary>
    public long TakeUnsaid()
    {
        var unsaid = _unsaid;
        _unsaid = 0;
        return unsaid;
    }
}
