using System.Collections.Immutable;

namespace CyclerControl.Simulation.Cells;

/// <summary>Open-circuit voltage over state of charge: a monotone cubic through a table (Fritsch and Carlson 1980), straight beyond its ends.</summary>
public sealed class OpenCircuitCurve
{
    /// <summary>A layered oxide with 83 % nickel against lithium.</summary>
    public static readonly OpenCircuitCurve Ncm = new(
        [0, 0.01, 0.02, 0.04, 0.07, 0.10, 0.15, 0.20, 0.30, 0.40, 0.50, 0.60, 0.70, 0.80, 0.85, 0.90, 0.95, 1.0],
        [2.50, 3.00, 3.20, 3.40, 3.50, 3.55, 3.61, 3.65, 3.70, 3.755, 3.82, 3.90, 3.985, 4.075, 4.122, 4.17, 4.212, 4.26]);

    private readonly ImmutableArray<double> _charge;
    private readonly ImmutableArray<double> _volts;
    private readonly double[] _slopes;

    /// <param name="charge">Ascending.</param>
    /// <param name="volts">Ascending, V.</param>
    public OpenCircuitCurve(ImmutableArray<double> charge, ImmutableArray<double> volts)
    {
        _charge = charge;
        _volts = volts;
        _slopes = new double[charge.Length];
        for (var i = 0; i < charge.Length; i++)
        {
            var left = i == 0 ? Secant(0) : Secant(i - 1);
            var right = i == charge.Length - 1 ? left : Secant(i);
            _slopes[i] = 2 * left * right / (left + right);
        }
    }

    /// <param name="slope">dV/dz at this state of charge, V.</param>
    public double Volts(double charge, out double slope)
    {
        var last = _charge.Length - 1;
        if (charge <= _charge[0] || charge >= _charge[last])
        {
            var end = charge <= _charge[0] ? 0 : last;
            slope = end == 0 ? _slopes[0] : 4 * _slopes[last];
            return _volts[end] + (slope * (charge - _charge[end]));
        }

        int low = 0, high = last;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = charge >= _charge[middle] ? (middle, high) : (low, middle);
        }

        var width = _charge[high] - _charge[low];
        var t = (charge - _charge[low]) / width;
        var rise = _volts[high] - _volts[low];
        var a = (_slopes[low] * width) - rise;
        var b = rise - (_slopes[high] * width);
        slope = (rise + ((1 - (2 * t)) * ((a * (1 - t)) + (b * t))) + (t * (1 - t) * (b - a))) / width;
        return _volts[low] + (t * rise) + (t * (1 - t) * ((a * (1 - t)) + (b * t)));
    }

    private double Secant(int i) => (_volts[i + 1] - _volts[i]) / (_charge[i + 1] - _charge[i]);
}
