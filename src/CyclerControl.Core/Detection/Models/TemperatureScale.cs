namespace CyclerControl.Core.Detection.Models;

/// <summary>How the resistance of an ion conductor changes with temperature, R ~ exp(Ea / kT); 1 where no temperature is measured.</summary>
internal struct TemperatureScale
{
    private const double BoltzmannElectronvolts = 8.617333262e-5;
    private const double ZeroCelsius = 273.15;
    private const double Resolution = 0.01;

    private readonly double _kelvin;
    private double? _reference;
    private double _celsius = double.NaN;
    private double _factor = 1;

    /// <param name="activationElectronvolts">Ea, eV.</param>
    /// <param name="referenceCelsius">Temperature at which the factor is 1, degC; null: the first that is measured.</param>
    public TemperatureScale(double activationElectronvolts, double? referenceCelsius)
    {
        _kelvin = activationElectronvolts / BoltzmannElectronvolts;
        _reference = referenceCelsius;
    }

    /// <summary>R at this temperature / R at the reference.</summary>
    public double Factor(double? celsius)
    {
        if (celsius is not { } now)
        {
            return 1;
        }

        if (!(Math.Abs(now - _celsius) < Resolution))
        {
            _reference ??= now;
            _celsius = now;
            _factor = Math.Exp(_kelvin * (1 / (now + ZeroCelsius) - 1 / (_reference.Value + ZeroCelsius)));
        }

        return _factor;
    }
}
