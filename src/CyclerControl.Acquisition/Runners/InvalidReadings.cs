namespace CyclerControl.Acquisition.Runners;

/// <summary>Counts readings that were no numbers.</summary>
internal struct InvalidReadings
{
    private long _since;

    public int InRow { get; private set; }

    public long Total { get; private set; }

    /// <returns>True for the first in a row.</returns>
    public bool Add(long now)
    {
        Total++;
        if (InRow++ > 0)
        {
            return false;
        }

        _since = now;
        return true;
    }

    public void Clear() => InRow = 0;

    public readonly bool TooMany(long now, int maxInRow, TimeSpan maxTime) =>
        InRow > maxInRow || (InRow > 0 && now - _since > maxTime.Ticks * 100);
}
