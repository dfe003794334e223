namespace CyclerControl.Core.Detection.Models;

/// <summary>
/// Li || collector: a fresh or stripped collector passes slowly through 0 V while it lithiates. The gate opens once V has had the sign of the current for long
/// enough in this half-cycle, and stays open to its end.
/// </summary>
internal sealed class CollectorGate
{
    private readonly double _leastSeconds;
    private BreachTimer _timer;

    public CollectorGate(double leastSeconds) => _leastSeconds = leastSeconds;

    public bool Ready { get; private set; }

    public void Reset()
    {
        Ready = false;
        _timer = default;
    }

    /// <param name="rightSign">V has the sign of I and is clear of the floor.</param>
    /// <returns>True when open.</returns>
    public bool Observe(double timeSeconds, bool rightSign)
    {
        Ready = Ready || _timer.Observe(rightSign, timeSeconds, 2, _leastSeconds);
        return Ready;
    }
}
