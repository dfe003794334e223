namespace CyclerControl.Core.Detection.Models;

/// <summary>
/// What a symmetric cell reads at its first rest, before any current: the channel's offset, since the cell itself has none. A mean above the largest correction
/// is not believed (a cell of another kind, a thermocouple effect, a wrong lead) and makes the floor higher instead.
/// </summary>
internal sealed class RestOffset
{
    private const int LeastSamples = 3;
    private const double LeftAfterCorrection = 0.2;

    private readonly double _statedVolts;
    private readonly double _largestVolts;
    private double _mean;
    private int _count;
    private bool _closed;

    /// <param name="statedVolts">Offset uncertainty of the range as the profile states it, V.</param>
    /// <param name="largestVolts">Largest correction that is believed, V.</param>
    public RestOffset(double statedVolts, double largestVolts)
    {
        _statedVolts = statedVolts;
        _largestVolts = largestVolts;
        UncertaintyVolts = statedVolts;
    }

    /// <summary>Subtracted from every reading, V; 0 until the rest is over.</summary>
    public double Volts { get; private set; }

    /// <summary>What may be left after it, V.</summary>
    public double UncertaintyVolts { get; private set; }

    public void Observe(double volts)
    {
        if (!_closed)
        {
            _mean += (volts - _mean) / ++_count;
        }
    }

    /// <summary>The first current is about to flow: whatever rests come later have a history.</summary>
    public void Close()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        if (_count < LeastSamples)
        {
            return;
        }

        if (Math.Abs(_mean) > _largestVolts)
        {
            UncertaintyVolts = Math.Max(_statedVolts, Math.Abs(_mean));
            return;
        }

        Volts = _mean;
        UncertaintyVolts = LeftAfterCorrection * _statedVolts;
    }
}
