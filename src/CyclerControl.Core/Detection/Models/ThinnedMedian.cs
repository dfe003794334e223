namespace CyclerControl.Core.Detection.Models;

/// <summary>
/// Median over a time whose length is not known beforehand, in fixed memory: values are kept at equal distances in time; when the room is full, every second
/// one is dropped and the distance doubled. Irregular records count by time, not by number.
/// </summary>
internal sealed class ThinnedMedian
{
    private const int Room = 64;
    private readonly double[] _values = new double[Room];
    private readonly double[] _sorted = new double[Room];
    private readonly double _firstStride;
    private double _stride;
    private double _next;

    /// <param name="strideSeconds">Distance of the first values, s.</param>
    public ThinnedMedian(double strideSeconds)
    {
        _firstStride = strideSeconds;
        Reset();
    }

    public int Count { get; private set; }

    /// <summary>Null before the first value.</summary>
    public double? Median
    {
        get
        {
            if (Count == 0)
            {
                return null;
            }

            _values.AsSpan(0, Count).CopyTo(_sorted);
            Array.Sort(_sorted, 0, Count);
            return Count % 2 == 1 ? _sorted[Count / 2] : (_sorted[Count / 2] + _sorted[Count / 2 - 1]) / 2;
        }
    }

    public void Reset()
    {
        Count = 0;
        _stride = _firstStride;
        _next = double.NegativeInfinity;
    }

    public void Observe(double timeSeconds, double value)
    {
        if (timeSeconds < _next)
        {
            return;
        }

        _next = timeSeconds + _stride;
        _values[Count++] = value;
        if (Count == Room)
        {
            for (var n = 0; n < Room / 2; n++)
            {
                _values[n] = _values[2 * n];
            }

            Count = Room / 2;
            _stride *= 2;
        }
    }
}
