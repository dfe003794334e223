namespace CyclerControl.Core.Tests.Detection;

/// <summary>
/// A healthy Li | solid electrolyte | Li cell with everything that is not a short: kinetics, interphase growth, nucleation, arcing at the end of half-cycles,
/// oven and pressure, reversal, measured noise. Parameters are drawn from a seed. Independent of the Simulation project on purpose.
/// </summary>
internal sealed class HealthyCell
{
    private const double ThermalVolts = 0.0257;
    private readonly double _bulkOhms;
    private readonly double _exchangeAmperes;
    private readonly double _growthPerRootHour;
    private readonly double _nucleation;
    private readonly double _nucleationSeconds;
    private readonly double _ovenKelvin;
    private readonly double _ovenSeconds;
    private readonly double _asymmetry;

    public HealthyCell(int seed)
    {
        var random = new Random(seed);
        _bulkOhms = 10 + 90 * random.NextDouble();
        _exchangeAmperes = 0.2e-3 + 2e-3 * random.NextDouble();
        _growthPerRootHour = 0.01 * random.NextDouble();
        _nucleation = 0.2 + 0.4 * random.NextDouble();
        _nucleationSeconds = 60 + 2400 * random.NextDouble();
        Arcing = 0.05 + 0.45 * random.NextDouble();
        _ovenKelvin = 0.5 + 1.5 * random.NextDouble();
        _ovenSeconds = 1200 + 5000 * random.NextDouble();
        _asymmetry = 0.9 + 0.2 * random.NextDouble();
        NoiseVolts = 25e-6 + 75e-6 * random.NextDouble();
        ReversalSeconds = 0.004 + 0.2 * random.NextDouble();
    }

    /// <summary>Rise at the end of a half-cycle, fraction.</summary>
    public double Arcing { get; init; }

    public double NoiseVolts { get; }

    /// <summary>Time constant of a reversal, s.</summary>
    public double ReversalSeconds { get; }

    /// <summary>Terminal voltage without noise, V.</summary>
    /// <param name="amperes">Set current, signed, A.</param>
    /// <param name="testSeconds">Time since the test began, s.</param>
    /// <param name="stepSeconds">Time since the set-point, s.</param>
    /// <param name="halfSeconds">Length of the half-cycle, s.</param>
    public double Volts(double amperes, double testSeconds, double stepSeconds, double halfSeconds)
    {
        var size = Math.Abs(amperes);
        var kelvin = _ovenKelvin * Math.Sin(2 * Math.PI * testSeconds / _ovenSeconds);
        var ohms = _bulkOhms * (1 + _growthPerRootHour * Math.Sqrt(testSeconds / 3600)) * (1 - 0.04 * kelvin);
        var kinetic = 4 * ThermalVolts * Math.Asinh(size / (2 * _exchangeAmperes));
        var nucleation = 1 + _nucleation * Math.Exp(-testSeconds / _nucleationSeconds);
        var arcing = 1 + Arcing * Math.Pow(Math.Min(1, stepSeconds / halfSeconds), 4);
        var volts = (size * ohms + kinetic * arcing) * nucleation * (amperes > 0 ? _asymmetry : 1);
        return Math.Sign(amperes) * volts * (1 - 2 * Math.Exp(-stepSeconds / ReversalSeconds));
    }
}
