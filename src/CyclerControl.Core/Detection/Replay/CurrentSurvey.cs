namespace CyclerControl.Core.Detection.Replay;

/// <summary>First look at a record: how large its currents are, what is noise beside them, and how finely they are written.</summary>
public sealed class CurrentSurvey
{
    /// <summary>A current below this fraction of the record's largest is a rest: five decades of a rate test are rare, offsets of 0.2 % are not.</summary>
    private const double RestFraction = 0.002;

    /// <summary>So many samples may be larger than the "largest": single bad records.</summary>
    private const long Outliers = 2;

    private readonly LogHistogram _sizes = new();
    private double _last = double.NaN;
    private double _quantum = double.PositiveInfinity;

    /// <summary>Counts a row.</summary>
    public void Add(in Measurement row)
    {
        _sizes.Add(row.Amperes);
        var step = Math.Abs(row.Amperes - _last);
        _last = row.Amperes;
        if (step > 1e-9 * Math.Abs(row.Amperes) && step < _quantum)
        {
            _quantum = step;
        }
    }

    /// <summary>What the rows seen so far tell.</summary>
    public CurrentScale Scale
    {
        get
        {
            var largest = _sizes.AllBut(Outliers);
            var rest = RestFraction * largest;
            // Readings of a resting channel stand apart from all set currents: the bound goes into the middle of the gap, on a scale of ratios.
            if (_sizes.Gap(largest, 10) is var (low, high) && low < 0.005 * largest)
            {
                rest = Math.Max(Math.Sqrt(Math.Max(low, 1e-12) * high), low * 1.5);
            }

            return new CurrentScale(largest, Math.Max(rest, 1e-12), double.IsFinite(_quantum) ? _quantum : 0);
        }
    }
}

/// <summary>The currents of a record.</summary>
/// <param name="LargestAmperes">The largest magnitude that is no single record, A.</param>
/// <param name="RestAmperes">Magnitudes up to here are a rest, A.</param>
/// <param name="QuantumAmperes">The smallest difference between neighbours, A: an upper bound of the resolution with which they are written.</param>
public sealed record CurrentScale(double LargestAmperes, double RestAmperes, double QuantumAmperes)
{
    /// <summary>-1, 0 or 1.</summary>
    public int SignOf(double amperes) => Math.Abs(amperes) > RestAmperes ? Math.Sign(amperes) : 0;
}
