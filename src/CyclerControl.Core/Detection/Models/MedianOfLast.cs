namespace CyclerControl.Core.Detection.Models;

/// <summary>Median of the last few values.</summary>
internal sealed class MedianOfLast
{
    private readonly double[] _values;
    private readonly double[] _sorted;
    private int _next;

    public MedianOfLast(int count)
    {
        _values = new double[count];
        _sorted = new double[count];
    }

    public int Count { get; private set; }

    /// <summary>The middle one, the lower of two; null before the first.</summary>
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
            return _sorted[(Count - 1) / 2];
        }
    }

    public void Clear()
    {
        Count = 0;
        _next = 0;
    }

    public void Add(double value)
    {
        _values[_next] = value;
        _next = (_next + 1) % _values.Length;
        Count = Math.Min(Count + 1, _values.Length);
    }
}
