using CyclerControl.Simulation.Shorts;

namespace CyclerControl.Simulation.Cells;

/// <summary>
/// A cell on two terminals: its chemistry, and beside it the electronic path of a short. Positive current charges. Pure: no clock, no noise.
/// </summary>
public sealed class SimulatedCell
{
    private const double FirstHoldStepSeconds = 0.005;
    private const double HoldStepGrowth = 0.1;
    private readonly ICellChemistry _chemistry;
    private readonly ShortProcess _short;
    private readonly Func<double, double> _healthyOhms;
    private readonly double _milliamperesPerSquareCentimetre;
    private double _now;
    private double _held;
    private double _markedNow;
    private double _markedHeld;

    public SimulatedCell(string name, ICellChemistry chemistry, ShortParameters shorts, long seed)
    {
        ArgumentNullException.ThrowIfNull(chemistry);
        ArgumentNullException.ThrowIfNull(shorts);
        Name = name;
        Seed = seed;
        _chemistry = chemistry;
        _milliamperesPerSquareCentimetre = 1000 / chemistry.AreaSquareCentimetres;
        _short = new ShortProcess(shorts, chemistry.PlatesOntoWorking, seed);
        _healthyOhms = density =>
        {
            var amperes = density / _milliamperesPerSquareCentimetre;
            return Math.Abs(_chemistry.SettledVolts(amperes, out _) / amperes);
        };
        Truth = new CellTruth(_short);
    }

    public string Name { get; }

    public long Seed { get; }

    public ICellChemistry Chemistry => _chemistry;

    /// <summary>What really happened inside.</summary>
    public CellTruth Truth { get; }

    /// <summary>Time of the cell, s since it was made.</summary>
    public double NowSeconds => _now;

    /// <summary>Passes a constant terminal current.</summary>
    public void Advance(double seconds, double amperes)
    {
        _held = 0;
        Pass(seconds, amperes);
    }

    /// <summary>Holds a terminal voltage; the current stays between the two bounds.</summary>
    /// <param name="amperes">Current at the end of the step, A.</param>
    /// <returns>Charge that passed the terminals, C.</returns>
    public double Hold(double seconds, double volts, double minAmperes, double maxAmperes, out double amperes)
    {
        var coulombs = 0.0;
        amperes = 0;
        do
        {
            var step = Math.Min(seconds, Math.Max(FirstHoldStepSeconds, HoldStepGrowth * _held));
            amperes = Math.Clamp(_chemistry.CurrentToReach(volts, step) + (volts * _short.Siemens), minAmperes, maxAmperes);
            Pass(step, amperes);
            coulombs += amperes * step;
            _held += step;
            seconds -= step;
        }
        while (seconds > 0);
        return coulombs;
    }

    /// <summary>Terminal voltage now, carrying this current, V.</summary>
    public double Volts(double amperes) => _chemistry.Volts(_short.Siemens == 0 ? amperes : Ionic(amperes));

    internal void PlantShort(double amperes, double ohms) => _short.Plant(_now, amperes * _milliamperesPerSquareCentimetre, ohms);

    internal void HealShort() => _short.Heal();

    public void Mark()
    {
        _markedNow = _now;
        _markedHeld = _held;
        _chemistry.Mark();
        _short.Mark();
    }

    public void Rewind()
    {
        _now = _markedNow;
        _held = _markedHeld;
        _chemistry.Rewind();
        _short.Rewind();
    }

    private void Pass(double seconds, double amperes)
    {
        while (seconds > 0)
        {
            var ionic = _short.Siemens == 0 ? amperes : Ionic(amperes);
            var density = ionic * _milliamperesPerSquareCentimetre;
            var step = _short.LongestStep(_now, density, seconds);
            _chemistry.Advance(step, ionic);
            _now += step;
            seconds -= step;
            _short.Advance(_now, density, step, _healthyOhms);
        }
    }

    /// <summary>The part of the terminal current that lithium ions carry: V(I) = (total - I) R.</summary>
    private double Ionic(double amperes)
    {
        var ohms = 1 / _short.Siemens;
        return Solve.Current(_chemistry, 0, ohms, amperes * ohms);
    }
}
