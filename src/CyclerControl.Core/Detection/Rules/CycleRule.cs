using CyclerControl.Core.Detection.Models;

namespace CyclerControl.Core.Detection.Rules;

/// <summary>Parameters of rule 5, cycle to cycle.</summary>
/// <param name="Fraction">
/// Median V/I of a half-cycle below this fraction of the median of the last ones of its direction at the same current. +3 K leave 0.89, a re-torqued stack 0.80.
/// </param>
/// <param name="HalfCycles">So many half-cycles running: a single one can be a door of the oven.</param>
/// <param name="LeastHistory">Half-cycles of a direction before it judges: the nucleation of the first ones is over.</param>
public sealed record CycleSettings(double Fraction = 0.8, int HalfCycles = 2, int LeastHistory = 3);

/// <summary>Rule 5: a short that carries the model of each half-cycle with it shows against the half-cycles before.</summary>
internal sealed class CycleRule
{
    private const int History = 5;
    private readonly CycleSettings _settings;
    private readonly MedianOfLast _positive = new(History);
    private readonly MedianOfLast _negative = new(History);
    private double _amperes;
    private int _running;
    private double _onsetSeconds;

    public CycleRule(CycleSettings settings) => _settings = settings;

    public Evidence? Observe(in HalfCycleRecord half)
    {
        if (half.SetAmperes is not { } amperes || half.MedianOhms is not > 0)
        {
            return null;
        }

        if (Math.Abs(amperes - _amperes) > 0.01 * amperes)
        {
            _amperes = amperes;
            _positive.Clear();
            _negative.Clear();
            _running = 0;
        }

        var history = half.Direction > 0 ? _positive : _negative;
        var ohms = half.MedianOhms.Value;
        var reference = history.Count >= _settings.LeastHistory ? history.Median : null;
        history.Add(ohms);
        if (reference is not { } healthy)
        {
            return null;
        }

        if (ohms >= _settings.Fraction * healthy)
        {
            _running = 0;
            return null;
        }

        _onsetSeconds = _running++ == 0 ? half.StartSeconds : _onsetSeconds;
        return _running == _settings.HalfCycles
            ? new Evidence(
                5, DetectionKind.SoftShort, _onsetSeconds, healthy * amperes, ohms / healthy, _settings.Fraction, Evidence.Beside(healthy, ohms),
                Evidence.Say($"Possible soft short: for {_running} half-cycles the resistance has been {ohms:G3} ohm, {100 * ohms / healthy:G3} % of the {healthy:G3} ohm of the half-cycles before; part of the current may be electronic."))
            : null;
    }
}
