using CyclerControl.Core.Detection.Models;

namespace CyclerControl.Core.Detection.Rules;

/// <summary>Parameters of rule 2.</summary>
/// <param name="Fraction">V/I below this fraction of the bulk resistance cannot be ions alone; 20 % are left for the cell's unknown temperature (5 K).</param>
/// <param name="FractionAtKnownTemperature">The same where the cell's temperature is measured.</param>
/// <param name="Seconds">For so long, s.</param>
/// <param name="Samples">And in so many samples.</param>
/// <param name="ActivationElectronvolts">Activation energy of conduction, eV: 0.30-0.40 for sulfides, 0.30-0.35 for garnets.</param>
public sealed record OhmicFloorSettings(
    double Fraction = 0.8, double FractionAtKnownTemperature = 0.9, double Seconds = 10, int Samples = 3, double ActivationElectronvolts = 0.33);

/// <summary>Rule 2, ohmic floor: less resistance than the electrolyte alone has. Blind without a bulk resistance.</summary>
internal sealed class OhmicFloorRule
{
    private readonly OhmicFloorSettings _settings;
    private readonly double? _bulkOhms;
    private readonly bool _temperatureKnown;
    private TemperatureScale _temperature;
    private BreachTimer _timer;

    /// <param name="bulkOhms">High-frequency intercept through the same leads, ohm; null: unknown.</param>
    /// <param name="bulkCelsius">Temperature at which it was measured, degC; null: unknown.</param>
    public OhmicFloorRule(OhmicFloorSettings settings, double? bulkOhms, double? bulkCelsius)
    {
        _settings = settings;
        _bulkOhms = bulkOhms;
        _temperatureKnown = bulkCelsius is not null;
        _temperature = new TemperatureScale(settings.ActivationElectronvolts, bulkCelsius);
    }

    public bool Busy => _timer.Running;

    public double OnsetSeconds => _timer.OnsetSeconds;

    /// <summary>V/I that had to be kept, ohm.</summary>
    public double ThresholdOhms { get; private set; }

    /// <summary>Bulk resistance at the cell's temperature, ohm.</summary>
    public double BulkOhms { get; private set; }

    public void Reset() => _timer = default;

    /// <param name="offsetVolts">Uncertainty of V, counted in the cell's favour, V.</param>
    /// <returns>True once it has lasted long enough.</returns>
    public bool Observe(in DirectedSample sample, double offsetVolts)
    {
        if (_bulkOhms is not { } bulk)
        {
            return false;
        }

        BulkOhms = bulk;
        var fraction = _settings.Fraction;
        if (_temperatureKnown && sample.Celsius is not null)
        {
            fraction = _settings.FractionAtKnownTemperature;
            BulkOhms *= _temperature.Factor(sample.Celsius);
        }

        ThresholdOhms = fraction * BulkOhms;
        return _timer.Observe(
            sample.Volts + offsetVolts < ThresholdOhms * sample.Amperes, sample.TimeSeconds, _settings.Samples, _settings.Seconds);
    }
}
