using CyclerControl.Core.Detection.Rules;

namespace CyclerControl.Core.Detection.Models;

/// <summary>
/// How far the voltage of a healthy full cell may be from where its model puts it. Most of it is open circuit, so a fraction of V says nothing: temperature and
/// pressure change the polarisation, and where the curve is steep the model lags.
/// </summary>
internal sealed class FullCellError
{
    /// <summary>Taken where no rest has shown it, V: solid full cells polarise by 20-200 mV.</summary>
    private const double LargestPolarisationVolts = 0.2;

    /// <summary>What nuisances do is this many standard deviations.</summary>
    private const double Sigmas = 5;

    private readonly FullCellSettings _settings;
    private double? _restVolts;
    private double? _polarisationVolts;

    public FullCellError(FullCellSettings settings) => _settings = settings;

    /// <summary>A reading without current, V.</summary>
    public void Rest(double volts) => _restVolts = volts;

    public void BeginCurrent() => _polarisationVolts = null;

    /// <summary>The level has settled under current.</summary>
    public void Settle(double levelVolts)
    {
        if (_polarisationVolts is null)
        {
            _polarisationVolts = _restVolts is { } rest ? Math.Abs(levelVolts - rest) : LargestPolarisationVolts;
            _restVolts = null;
        }
    }

    /// <summary>Standard deviation of the model's error, V.</summary>
    /// <param name="slope">Of the level, V/s.</param>
    /// <param name="memorySeconds">Of the model, s.</param>
    /// <param name="youth">What a young model misses, as a fraction of what is on its way.</param>
    public double SigmaVolts(double slope, double memorySeconds, double youth)
    {
        var moving = Math.Min(_polarisationVolts ?? LargestPolarisationVolts, LargestPolarisationVolts);
        var steep = Math.Abs(slope) * memorySeconds;
        return (_settings.FallVolts + _settings.FallPolarisation * moving + steep) / Sigmas + youth * (moving + steep);
    }
}
