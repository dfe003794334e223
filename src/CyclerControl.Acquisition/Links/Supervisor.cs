namespace CyclerControl.Acquisition.Links;

/// <summary>Judges from outside whether a loop still lives: silent for too long while it works, or long past the deadline it waits for.</summary>
internal sealed class Supervisor(Heartbeat heartbeat, TimeSpan allowance)
{
    private long _count = -1;
    private TimeSpan _since;

    public TimeSpan Allowance => allowance;

    /// <param name="now">Real time on any scale that grows.</param>
    /// <param name="clockNanoseconds">The link clock's present; null where it is not real time.</param>
    /// <returns>True when the loop is to be abandoned.</returns>
    public bool IsSilent(TimeSpan now, long? clockNanoseconds)
    {
        var count = heartbeat.Count;
        var waitsOnPurpose = heartbeat.WaitsUntil is { } until
            && (clockNanoseconds is not { } clock || clock - until < allowance.Ticks * 100);
        if (count != _count || waitsOnPurpose)
        {
            _count = count;
            _since = now;
            return false;
        }

        return now - _since > allowance;
    }
}
