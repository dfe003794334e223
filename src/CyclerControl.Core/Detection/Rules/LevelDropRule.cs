using CyclerControl.Core.Detection.Models;

namespace CyclerControl.Core.Detection.Rules;

/// <summary>Parameters of the slow half of rule 3.</summary>
/// <param name="SuspectFraction">
/// Fraction of the last healthy half-cycle of the same direction. Healthy: +3 K is -11 %, re-torquing -20 %, both together 0.71.
/// </param>
/// <param name="OwnFraction">Fraction of the half-cycle's own early level: nucleation may take up to 60 % off the top, 1 / 1.6 = 0.63.</param>
/// <param name="SuspectSeconds">For so long, s.</param>
/// <param name="AbortFraction">Below this fraction it may end the run.</param>
/// <param name="AbortSeconds">For so long, s.</param>
/// <param name="Samples">And in so many samples, both.</param>
/// <param name="OwnMemorySeconds">The half-cycle's own early level is forgotten with this time constant, s: drift of days is no short.</param>
/// <param name="OwnAbortAgeSeconds">Its own early level may end a run only after this age, s: nucleation and the oven have settled.</param>
/// <param name="LargestRise">The own level counts for no more than this multiple of where the half-cycle began: what falls from there is contact coming back.</param>
public sealed record LevelDropSettings(
    double SuspectFraction = 0.65,
    double OwnFraction = 0.5,
    double SuspectSeconds = 60,
    double AbortFraction = 0.5,
    double AbortSeconds = 30,
    int Samples = 10,
    double OwnMemorySeconds = 7200,
    double OwnAbortAgeSeconds = 3600,
    double LargestRise = 1.2);

/// <summary>Rule 3, slow: a soft short that takes minutes to hours carries the model with it; this compares with what was healthy before.</summary>
internal sealed class LevelDropRule
{
    private readonly LevelDropSettings _settings;
    private BreachTimer _suspect;
    private BreachTimer _abort;
    private double? _startVolts;
    private double _ownVolts;
    private double _lastSeconds;
    private bool _suspected;

    public LevelDropRule(LevelDropSettings settings) => _settings = settings;

    /// <summary>A sample was low: each one counts until it is over.</summary>
    public bool Busy => _suspect.Running || _abort.Running;

    /// <summary>V below which it counts as of the last sample, V.</summary>
    public double LowVolts { get; private set; }

    public double OnsetSeconds => _suspect.Samples > 0 ? _suspect.OnsetSeconds : _abort.OnsetSeconds;

    /// <summary>The healthy level that was compared with, V.</summary>
    public double ReferenceVolts { get; private set; }

    /// <summary>The fraction of it that had to be kept.</summary>
    public double Threshold { get; private set; }

    public void Reset()
    {
        _suspect = default;
        _abort = default;
        _startVolts = null;
        _suspected = false;
        LowVolts = 0;
    }

    /// <param name="levelVolts">Smoothed |V| of the settled half-cycle, V.</param>
    /// <param name="healthyVolts">What the last healthy half-cycle of this direction promises, V; null when there was none.</param>
    /// <param name="recoveryVolts">No fall that ends above this is a short, V: contact comes back.</param>
    /// <param name="mayAbort">False where a healthy cell can halve its voltage (a collector in its first cycles).</param>
    /// <returns>Null: nothing; else whether |V| has been below the fraction that may end a run for long enough.</returns>
    public bool? Observe(in DirectedSample sample, double levelVolts, double? healthyVolts, double recoveryVolts, bool mayAbort)
    {
        // What the half-cycle showed without contact is no standard, also once contact is back.
        _startVolts = _startVolts is { } start ? Math.Min(start, recoveryVolts) : null;
        _ownVolts = Math.Min(_ownVolts, recoveryVolts);
        var own = Math.Min(Own(sample.TimeSeconds, levelVolts), recoveryVolts);
        var promised = healthyVolts is { } known ? Math.Min(known, recoveryVolts) : 0;
        ReferenceVolts = healthyVolts is null ? own : promised;
        Threshold = healthyVolts is null || !mayAbort ? _settings.OwnFraction : _settings.SuspectFraction;
        var oldEnough = sample.AgeSeconds >= _settings.OwnAbortAgeSeconds;
        var abortBelow = _settings.AbortFraction * Math.Max(promised, oldEnough ? own : 0);
        LowVolts = Math.Max(Threshold * ReferenceVolts, mayAbort ? abortBelow : 0);
        _suspected |= _suspect.Observe(
            sample.Volts < Threshold * ReferenceVolts, sample.TimeSeconds, _settings.Samples, _settings.SuspectSeconds);
        if (_abort.Observe(mayAbort && sample.Volts < abortBelow, sample.TimeSeconds, _settings.Samples, _settings.AbortSeconds))
        {
            ReferenceVolts = abortBelow / _settings.AbortFraction;
            Threshold = _settings.AbortFraction;
            return true;
        }

        return _suspected ? false : null;
    }

    private double Own(double timeSeconds, double levelVolts)
    {
        if (_startVolts is not { } start)
        {
            _startVolts = start = levelVolts;
            _ownVolts = levelVolts;
        }
        else
        {
            _ownVolts += (levelVolts - _ownVolts) * Math.Min(1, (timeSeconds - _lastSeconds) / _settings.OwnMemorySeconds);
        }

        _lastSeconds = timeSeconds;
        return Math.Min(_ownVolts, _settings.LargestRise * start);
    }
}
