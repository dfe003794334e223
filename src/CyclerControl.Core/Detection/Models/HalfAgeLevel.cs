namespace CyclerControl.Core.Detection.Models;

/// <summary>
/// The level that a charge had at about half of its present age. A charging cell rises, so nothing that ends above it is a short: lost contact has come back. Kept
/// at ages that grow by a fixed ratio.
/// </summary>
internal sealed class HalfAgeLevel
{
    private const double Ratio = 1.25;
    private const int Kept = 4;

    private readonly double[] _levels = new double[Kept];
    private double _nextSeconds;
    private int _count;

    /// <summary>V; infinite while the charge is too young.</summary>
    public double Volts => _count < Kept ? double.PositiveInfinity : _levels[_count % Kept];

    /// <param name="firstSeconds">Age of the first level that counts, s.</param>
    public void Reset(double firstSeconds)
    {
        _count = 0;
        _nextSeconds = firstSeconds;
    }

    public void Follow(double ageSeconds, double levelVolts)
    {
        if (ageSeconds >= _nextSeconds)
        {
            _levels[_count++ % Kept] = levelVolts;
            _nextSeconds = Math.Max(_nextSeconds, ageSeconds) * Ratio;
        }
    }
}
