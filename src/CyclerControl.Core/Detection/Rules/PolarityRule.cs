using CyclerControl.Core.Detection.Models;

namespace CyclerControl.Core.Detection.Rules;

/// <summary>Parameters of rule 5, polarity.</summary>
/// <param name="Lowest">Ratio of the resistances of charge and discharge below which the two electrodes are no longer alike.</param>
/// <param name="Highest">And above which.</param>
/// <param name="Moving">Against its own first value it must have changed by this fraction: a cell that was built asymmetric is no news.</param>
/// <param name="HalfCycles">So many half-cycles running.</param>
public sealed record PolaritySettings(double Lowest = 0.7, double Highest = 1.4, double Moving = 0.1, int HalfCycles = 2);

/// <summary>Rule 5: a path that conducts while one electrode is plated, and not in the other direction. Symmetric cells.</summary>
internal sealed class PolarityRule
{
    private readonly PolaritySettings _settings;
    private HalfCycleRecord? _last;
    private double? _first;
    private int _running;
    private double _onsetSeconds;

    public PolarityRule(PolaritySettings settings) => _settings = settings;

    public Evidence? Observe(in HalfCycleRecord half)
    {
        var before = _last;
        _last = half;
        if (before is not { } other || other.Direction == half.Direction || half.MedianOhms is not > 0 || other.MedianOhms is not > 0
            || !SameCurrent(half, other))
        {
            _running = 0;
            return null;
        }

        var (plus, minus) = half.Direction > 0 ? (half.MedianOhms.Value, other.MedianOhms.Value) : (other.MedianOhms.Value, half.MedianOhms.Value);
        var ratio = plus / minus;
        var first = _first ??= ratio;
        var threshold = ratio < 1 ? _settings.Lowest : _settings.Highest;
        var outside = ratio < _settings.Lowest || ratio > _settings.Highest;
        if (!outside || Math.Abs(Math.Log(ratio / first)) < Math.Log(1 + _settings.Moving))
        {
            _running = 0;
            return null;
        }

        _onsetSeconds = _running++ == 0 ? half.StartSeconds : _onsetSeconds;
        return _running == _settings.HalfCycles
            ? new Evidence(
                5, DetectionKind.PolarityAsymmetry, _onsetSeconds, null, ratio, threshold, Evidence.Beside(Math.Max(plus, minus), Math.Min(plus, minus)),
                Evidence.Say($"The two directions differ more and more: {plus:G3} ohm while charging, {minus:G3} ohm while discharging, ratio {ratio:G3} after {first:G3} at the beginning. ")
                    + "Metal growing from one electrode does this, and so does contact lost on one side.")
            : null;
    }

    private static bool SameCurrent(in HalfCycleRecord a, in HalfCycleRecord b) =>
        a.SetAmperes is { } x && b.SetAmperes is { } y && Math.Abs(x - y) <= 0.01 * x;
}
