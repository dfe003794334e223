using CyclerControl.Core.Detection.Models;

namespace CyclerControl.Core.Detection.Rules;

/// <summary>Rule 9, course of a charge: at constant current the voltage of a charging cell rises.</summary>
internal sealed class VoltageFallRule
{
    private const double NoiseSigmas = 10;
    private const double FirstSeconds = 10;
    private readonly FullCellSettings _settings;
    private BreachTimer _timer;
    private double _highest;
    private double? _restVolts;
    private double? _polarisation;
    private readonly HalfAgeLevel _halfAge = new();

    public VoltageFallRule(FullCellSettings settings) => _settings = settings;

    public bool Busy => _timer.Running;

    /// <summary>V at half the age of the charge, V: what ends above it is contact that came back. Infinite while it is not known.</summary>
    public double HalfAgeVolts => _halfAge.Volts;

    public double OnsetSeconds => _timer.OnsetSeconds;

    /// <summary>Highest settled V since it judges, V.</summary>
    public double HighestVolts => _highest;

    /// <summary>V below which it counts; minus infinity before it judges.</summary>
    public double LowVolts(double noiseVolts) =>
        _highest - _settings.FallVolts - NoiseSigmas * noiseVolts - _settings.FallPolarisation * (_polarisation ?? 0);

    /// <summary>A reading without current, V.</summary>
    public void Rest(double volts) => _restVolts = volts;

    public void Reset()
    {
        _polarisation = null;
        _halfAge.Reset(FirstSeconds);
        _timer = default;
        _highest = double.NegativeInfinity;
    }

    /// <param name="levelVolts">Settled V, V.</param>
    /// <param name="ageSeconds">Of the charge, s.</param>
    /// <returns>True once it has lasted.</returns>
    public bool Observe(double timeSeconds, double ageSeconds, double levelVolts, double noiseVolts)
    {
        _polarisation ??= _restVolts is { } rest ? Math.Max(0, levelVolts - rest) : null;
        _restVolts = null;
        _halfAge.Follow(ageSeconds, levelVolts);
        if (ageSeconds < _settings.FallAgeSeconds)
        {
            return false;
        }

        _highest = Math.Max(_highest, levelVolts);
        return _timer.Observe(levelVolts < LowVolts(noiseVolts) && levelVolts < HalfAgeVolts, timeSeconds, 3, _settings.FallSeconds);
    }

    public Evidence Report(double levelVolts, double noiseVolts) => new(
        9, DetectionKind.FullCellShort, OnsetSeconds, _highest, levelVolts, LowVolts(noiseVolts), null,
        Evidence.Say($"Possible short: while charging at constant current the voltage has fallen from {_highest:G5} V to {levelVolts:G5} V; ")
            + "a part of the current goes around the cell. Temperature and pressure can do this too.");
}
