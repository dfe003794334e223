namespace CyclerControl.Core.Detection.Models;

/// <summary>
/// The last healthy voltage of each direction, scaled to a new current. The scaling is the smaller of two: in proportion to I (all ohmic), and as if all of it
/// were interface kinetics, V = (4RT/F) asinh(I / 2 i0) for two equal electrodes. Whatever the mixture, a healthy cell shows at least that.
/// </summary>
/// <remarks>A resistance that grew because contact was lost must not make the recovery look like a short: the memory grows slowly.</remarks>
internal sealed class ResistanceMemory
{
    private const double GasConstant = 8.314462618;
    private const double FaradayConstant = 96485.33212;
    private const double ZeroCelsius = 273.15;
    private const double RoomCelsius = 25;

    /// <summary>Largest growth that one half-cycle may teach.</summary>
    private const double LargestGrowth = 1.25;

    private readonly double _kineticVolts;
    private Entry? _positive;
    private Entry? _negative;
    private Entry? _lowest;

    /// <param name="celsius">Temperature of the cell, degC; null: 25 degC.</param>
    public ResistanceMemory(double? celsius) =>
        _kineticVolts = 4 * GasConstant * ((celsius ?? RoomCelsius) + ZeroCelsius) / FaradayConstant;

    /// <summary>A half-cycle ended at this healthy level.</summary>
    /// <param name="doubtful">A drop was flagged in it: the memory moves half the way, so that a level that stays is accepted after about three.</param>
    public void Learn(int direction, double volts, double amperes, bool doubtful)
    {
        if (volts <= 0 || amperes <= 0)
        {
            return;
        }

        var level = volts;
        if (Of(direction) is { } known)
        {
            var promised = Scale(known, amperes);
            level = doubtful ? Math.Sqrt(promised * volts) : Math.Min(volts, LargestGrowth * promised);
        }

        var learnt = new Entry(level, amperes);
        if (direction > 0)
        {
            _positive = learnt;
        }
        else
        {
            _negative = learnt;
        }

        if (_lowest is not { } lowest || level < Scale(lowest, amperes))
        {
            _lowest = learnt;
        }
    }

    /// <summary>Least healthy |V| at this current in this direction, V; null before such a half-cycle has been seen.</summary>
    public double? SameDirection(int direction, double amperes) => Of(direction) is { } known ? Scale(known, amperes) : null;

    /// <summary>The same, unscaled: null unless the last one had this current.</summary>
    public double? SameCurrent(int direction, double amperes) =>
        Of(direction) is { } known && Math.Abs(known.Amperes - amperes) <= 0.01 * amperes ? known.Volts : null;

    /// <summary>Most that the healthy |V| of this direction is at another current, V: in proportion, or as pure interface kinetics, whichever is more.</summary>
    /// <param name="leastVolts">A level below this was noise and offset, V.</param>
    public double? AtMost(int direction, double amperes, double leastVolts) => Of(direction) is { } known && known.Volts >= leastVolts
        ? known.Volts * Math.Max(amperes / known.Amperes, Scale(known, amperes) / known.Volts)
        : null;

    /// <summary>The least of all half-cycles so far, of either direction.</summary>
    public double? Lowest(double amperes) => _lowest is { } known ? Scale(known, amperes) : null;

    private Entry? Of(int direction) => direction > 0 ? _positive : _negative;

    /// <summary>Least healthy |V| at another current, V.</summary>
    public double Scale(double knownVolts, double knownAmperes, double amperes)
    {
        var ratio = amperes / knownAmperes;
        var x = knownVolts / _kineticVolts;

        // asinh(ratio * sinh(x)) = x + ln(ratio) beyond the reach of sinh.
        var kinetic = x > 20 ? x + Math.Log(ratio) : Math.Asinh(ratio * Math.Sinh(x));
        return Math.Min(knownVolts * ratio, Math.Max(0, kinetic) * _kineticVolts);
    }

    private double Scale(Entry known, double amperes) => Scale(known.Volts, known.Amperes, amperes);

    private readonly record struct Entry(double Volts, double Amperes);
}
