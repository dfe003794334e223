namespace CyclerControl.Core.Detection.Rules;

/// <summary>Parameters of rule 9 for holds.</summary>
/// <param name="FirstSeconds">The current is first read at this age, then at each doubling, s.</param>
/// <param name="MemorySeconds">It is smoothed over this time, s.</param>
/// <param name="Decayed">Judged once it has come down to this fraction of its start: at first the taper of a whole cell is slow.</param>
/// <param name="Kept">
/// I at twice the time / I. Diffusion alone, t^-1/2, keeps 0.71, a finite cell less: what keeps more has a constant part, the leak.
/// </param>
/// <param name="Least">Smallest current that is judged, as a fraction of the start: below is the offset of the meter.</param>
public sealed record LeakageSettings(double FirstSeconds = 60, double MemorySeconds = 10, double Decayed = 0.5, double Kept = 0.9, double Least = 0.01);

/// <summary>Rule 9, leakage: in a hold the current of a healthy cell goes to zero.</summary>
internal sealed class LeakageRule
{
    private readonly LeakageSettings _settings;
    private double _startSeconds;
    private double _lastSeconds;
    private double _amperes;
    private double _startAmperes;
    private double? _readAmperes;
    private double _nextSeconds;
    private bool _any;

    public LeakageRule(LeakageSettings settings) => _settings = settings;

    public void Begin(double startSeconds)
    {
        _startSeconds = startSeconds;
        _nextSeconds = _settings.FirstSeconds;
        _readAmperes = null;
        _any = false;
    }

    /// <param name="amperes">Measured I in the direction of the charge, A.</param>
    public Evidence? Observe(double timeSeconds, double amperes, double volts)
    {
        _amperes = _any ? _amperes + (amperes - _amperes) * Math.Min(1, (timeSeconds - _lastSeconds) / _settings.MemorySeconds) : amperes;
        _startAmperes = _any ? _startAmperes : amperes;
        _any = true;
        _lastSeconds = timeSeconds;
        var age = timeSeconds - _startSeconds;
        if (age < _nextSeconds || _startAmperes <= 0)
        {
            return null;
        }

        // A record that is coarser than the doubling reads late: compared are only readings that are twice apart.
        var before = age < 1.2 * _nextSeconds ? _readAmperes : null;
        _readAmperes = _amperes;
        _nextSeconds = 2 * age;
        if (before is not { } earlier || earlier > _settings.Decayed * _startAmperes || _amperes < _settings.Kept * earlier
            || _amperes < _settings.Least * _startAmperes)
        {
            return null;
        }

        // I = a t^-1/2 + leak through both readings.
        var root = Math.Sqrt(0.5);
        var leak = Math.Min(_amperes, (_amperes - root * earlier) / (1 - root));
        return new Evidence(
            9, DetectionKind.FullCellShort, _startSeconds, null, _amperes / earlier, _settings.Kept, volts / leak,
            Evidence.Say($"Leakage: in the hold at {volts:G4} V the current stays at {_amperes * 1e6:G3} uA instead of going to zero; {leak * 1e6:G3} uA flow beside the cell."));
    }
}
