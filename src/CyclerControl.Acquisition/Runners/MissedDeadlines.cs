namespace CyclerControl.Acquisition.Runners;

/// <summary>Counts missed deadlines, and says when they are worth another word.</summary>
internal struct MissedDeadlines
{
    private long _unsaid;
    private long _quietUntil;

    public long Total { get; private set; }

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

    /// <summary>What has not been reported yet.</summary>
    public long TakeUnsaid()
    {
        var unsaid = _unsaid;
        _unsaid = 0;
        return unsaid;
    }
}
