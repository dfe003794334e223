namespace CyclerControl.Service.Security;

/// <summary>
/// Wrong tokens, by address: ten at once, then one in six seconds. Nobody guesses 256 bits; this keeps the noise of those who try out of the
/// log. A good token is let in whatever others do from the same address, because it may be there to stop something.
/// </summary>
internal sealed class FailedLogins(TimeProvider time)
{
    private readonly TokenBuckets _left = new(burst: 10, perSecond: 1.0 / 6, time);

    /// <summary>One more; true when it was one too many.</summary>
    public bool IsTooMany(string from) => !_left.TryTake(from);

    /// <summary>True while no more attempts to log in are taken from there.</summary>
    public bool IsClosedTo(string from) => _left.IsEmpty(from);
}
