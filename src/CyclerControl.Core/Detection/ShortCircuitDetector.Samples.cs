using System.Runtime.CompilerServices;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection.Models;
using CyclerControl.Core.Detection.Rules;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Detection;

/// <content>
/// The way of a sample. Most samples of a run are above every bound and on the grid of the ones before: they pass by a few comparisons, the CUSUMs and the
/// model. All others, and one in 8 to 64 in any case, are looked at by all rules; bounds and sigma are then computed anew.
/// </content>
public sealed partial class ShortCircuitDetector
{
    /// <summary>From this interval on every sample is looked at, s: nobody counts the nanoseconds of so few.</summary>
    private const double SlowSeconds = 5;
    private const double FastSeconds = 0.05;
    private const double UsualSeconds = 1.5;
    private const int SlowCalmSamples = 8;
    private const int CalmSamples = 32;
    private const int FastCalmSamples = 64;
    private const double Winsor = 8;

    /// <summary>So many standard deviations below what is expected a full cell's reading is looked at.</summary>
    private const double FullSigmas = 3;

    /// <summary>So many samples after the last large deviation of the current a sweep is over.</summary>
    private const int SwingSamples = 50;

    /// <summary>Of the first readings one that is so much lower than those before says that they were a knock on the cable.</summary>
    private const double YoungFall = 0.7;

    private readonly DropRule _drop;
    private int _loaded;
    private int _swings;
    private int _calm;
    private int _calmOf;
    private int _aboveMedian;
    private double _sign;
    private double _voltsSign;
    private double _offsetVolts;
    private double _leastAmperes;
    private double _mostAmperes;
    private double _lowVolts;
    private double _inverseSigma;
    private double _boundVolts;
    private double _medianVolts;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool PassesAsHealthy(in Sample sample)
    {
        var seconds = sample.TimeNanoseconds * 1e-9;
        var amperes = sample.Amperes * _sign;
        var volts = sample.Volts * _voltsSign - _offsetVolts;

        // A comparison with what is no number is false.
        if (!(_calm > 0 && volts >= _lowVolts && amperes >= _leastAmperes && amperes <= _mostAmperes && _model.OnGrid(seconds)))
        {
            return false;
        }

        var predicted = _model.Predict(seconds);
        var residual = volts - predicted;
        if (residual > _boundVolts)
        {
            return false;
        }

        var suspects = _drop.Step(seconds, volts, _model.Healthy(predicted), _inverseSigma);
        _aboveMedian += Math.Abs(residual) > _medianVolts ? 1 : 0;
        _noiseRule.Count(volts);
        _tally.Add(seconds, amperes);
        var clipped = double.MinNative(double.MaxNative(residual, -_boundVolts), _boundVolts);
        _calm--;
        if (suspects)
        {
            clipped *= _settings.Drop.SuspectedWeight;
            _calm = 0;
        }

        _model.Take(seconds, predicted, clipped);
        _calmOf++;
        _lastSeconds = seconds;
        _lastVolts = sample.Volts;
        _lastAmperes = sample.Amperes;
        return true;
    }

    private void Look(in Sample sample)
    {
        if (!double.IsFinite(sample.Volts) || !double.IsFinite(sample.Amperes))
        {
            return;
        }

        var blanked = _blanking.Covers(sample.TimeSeconds, _settings.Blanking);
        if (_direction == 0)
        {
            LookWithoutCurrent(sample, blanked);
            return;
        }

        var amperes = sample.Amperes * _direction;
        _tally.Add(sample.TimeSeconds, amperes);
        if (blanked || amperes < _settings.DeliveredFraction * _setAmperes)
        {
            return;
        }

        _lastSeconds = sample.TimeSeconds;
        _lastVolts = sample.Volts;
        _lastAmperes = sample.Amperes;
        _temperatureFactor = _temperature.Factor(sample.Celsius);
        var volts = _kind == CellKind.Full ? sample.Volts : AtSetCurrent((sample.Volts - _offset.Volts) * _direction, amperes);
        var age = sample.TimeSeconds - _segment.StartNanoseconds * 1e-9;
        Judge(sample, new DirectedSample(sample.TimeSeconds, age, volts, amperes, sample.Celsius));
    }

    /// <summary>A sweep, or a source that sags: V as it would be at the set current, unless it has not followed the current (that was the meter's noise).</summary>
    private double AtSetCurrent(double volts, double amperes)
    {
        _swings = Math.Abs(amperes - _setAmperes) > _settings.CurrentDeviation * _setAmperes ? SwingSamples : Math.Max(0, _swings - 1);
        if (_swings == 0)
        {
            return volts;
        }

        var scaled = volts * _setAmperes / amperes;
        return !_model.Started || Math.Abs(scaled - _model.LevelVolts) < Math.Abs(volts - _model.LevelVolts) ? scaled : volts;
    }

    private void LookWithoutCurrent(in Sample sample, bool blanked)
    {
        if (_segment.Setpoint.Mode == OutputMode.Voltage)
        {
            _tally.Add(sample.TimeSeconds, sample.Amperes * _tally.Direction);
            if (!blanked)
            {
                _boundary.ObserveHold(sample, _tally.Direction);
                _boundary.JudgeCharge(sample, _tally);
            }

            return;
        }

        if (blanked)
        {
            return;
        }

        if (_kind == CellKind.Symmetric)
        {
            _offset.Observe(sample.Volts);
        }

        _boundary.NoteRest(sample.Volts);
        _fullCell?.Rest(sample.Volts);

        if (_loaded != 0)
        {
            _lastSeconds = sample.TimeSeconds;
            _lastVolts = sample.Volts;
            _lastAmperes = sample.Amperes;
            _boundary.ObserveRest(sample, _kind == CellKind.Full ? sample.Volts : (sample.Volts - _offset.Volts) * _loaded, ArmingVolts, _loaded);
        }
    }

    private void Judge(in Sample sample, in DirectedSample directed)
    {
        var samples = EndCalm() + 1;
        var floor = FloorVolts;
        var change = floor - _offset.UncertaintyVolts;
        var arming = ArmingVolts;
        if (_kind == CellKind.Half)
        {
            var ready = _collector.Observe(directed.TimeSeconds, directed.Volts > arming);
            if (!_collectorSign.Observe(directed.TimeSeconds, directed.Volts > change))
            {
                return;
            }

            arming = ready ? arming : double.PositiveInfinity;
        }

        _started = _started || Starts(directed);
        if (!_started)
        {
            return;
        }

        var expected = Expected(directed.TimeSeconds);
        if (expected is { } healthy)
        {
            var depletes = _kind == CellKind.Full && _direction < 0;
            if (_hard.Observe(directed, healthy, floor, arming, depletes))
            {
                _shorted = true;
                if (_findings.IsNew(1, DetectionKind.HardShort, DetectionSeverity.Abort))
                {
                    _findings.Add(DetectionSentences.HardShort(sample, directed, _hard, healthy, _direction, _kind, !_model.Started));
                }
            }
        }

        if (_hard.Suspects)
        {
            return;
        }

        if (_kind != CellKind.Full)
        {
            _rules.Judge(sample, directed, expected, change, arming, _offset.UncertaintyVolts, _noise.SigmaVolts, _temperatureFactor, samples);
        }
        else
        {
            // A discharge falls by itself, and lost contact makes it fall faster and faster: only what falls all at once is judged.
            var judged = _direction > 0
                ? directed.Volts < _boundary.HalfAgeVolts
                : _drop.Busy || _noiseRule.FallsSuddenly(directed.Volts, _settings.Drop.SuddenFraction * _model.LevelVolts);
            _rules.JudgeFull(sample, directed, expected, arming, judged, _noise.SigmaVolts);
        }

        Learn(directed);
        if (_model.Steady)
        {
            LookAtSettled(sample, directed, floor, arming);
        }
    }

    private void Learn(in DirectedSample directed)
    {
        var knocked = !_model.Usable && directed.Volts > 0 && directed.Volts < YoungFall * _model.LevelVolts;
        if (!_model.Started || knocked)
        {
            _model.Start(directed.TimeSeconds, directed.Volts);
            return;
        }

        if (_drop.TakeAcceptance())
        {
            _model.Restart(directed.TimeSeconds, directed.Volts);
            return;
        }

        var residual = _model.Update(directed.TimeSeconds, directed.Volts, _noise.SigmaVolts, _drop.LearningWeight, _settings.Drop.SuspectedWeight);
        if (_model.Usable)
        {
            _noiseRule.Count(directed.Volts);
        }

        // A young model's residuals are reversal, relaxation and a disturbed timing, not noise.
        if (_model.Steady && _drop.LearningWeight >= 1)
        {
            _noise.Observe(residual, _noiseRule.LastBend);
        }
    }

    private void LookAtSettled(in Sample sample, in DirectedSample directed, double floor, double arming)
    {
        var level = _model.LevelVolts;
        var runsToItsCutOff = _kind == CellKind.Half && _direction > 0;
        if (runsToItsCutOff || !_model.Away)
        {
            _tally.Settled(directed.TimeSeconds, level, directed.Amperes, _temperatureFactor);
        }

        _boundary.ObserveCharge(sample, level, _tally, directed.AgeSeconds, _noise.SigmaVolts);
        if (_swings > 0)
        {
            // What is left of a sweep is no noise.
            _noiseRule.BeginSegment();
        }
        else if (!runsToItsCutOff && _noiseRule.Look(directed.TimeSeconds, _model.IntervalSeconds, level, _settings.Model.NoiseFloorVolts) && _findings.IsUnreported(4))
        {
            _findings.Add(_noiseRule.Report(level), sample, _direction, stands: false);
        }

        if (_model.IntervalSeconds < SlowSeconds && _swings == 0 && _noise.Known && !_rules.Busy && !_boundary.Busy)
        {
            BeginCalm(directed, floor, arming);
        }
    }

    /// <summary>Nothing is under way: healthy samples may pass for a while.</summary>
    private void BeginCalm(in DirectedSample directed, double floor, double arming)
    {
        var noise = _noise.SigmaVolts;
        var expected = _model.Expect(directed.TimeSeconds);
        var sigma = _model.SigmaVolts(directed.TimeSeconds, noise);
        var full = _kind == CellKind.Full;
        _sign = _direction;
        _voltsSign = full ? 1 : _direction;
        _offsetVolts = full ? 0 : _offset.Volts * _direction;
        _leastAmperes = (1 - _settings.CurrentDeviation) * _setAmperes;
        _mostAmperes = (1 + _settings.CurrentDeviation) * _setAmperes;
        _inverseSigma = (full && _direction < 0) || expected < floor - _offset.UncertaintyVolts ? 0 : 1 / sigma;
        _boundVolts = Winsor * sigma;
        _medianVolts = _noise.MedianVolts;
        var collapse = Math.Max(floor, (full ? _settings.HardShort.CollapseFraction : _settings.HardShort.Fraction) * expected);
        _lowVolts = full
            ? Math.Max(Math.Max(collapse, _boundary.LowVolts(_direction, noise)), Math.Max(_rules.LowVolts(expected, 0), expected - FullSigmas * sigma))
            : Math.Max(collapse, _rules.LowVolts(expected, _mostAmperes));
        _calm = _model.IntervalSeconds switch
        {
            < FastSeconds => FastCalmSamples,
            < UsualSeconds => CalmSamples,
            _ => SlowCalmSamples,
        };
    }

    /// <summary>Takes over what was only counted while samples passed.</summary>
    /// <returns>How many they were.</returns>
    private int EndCalm()
    {
        var passed = _calmOf;
        if (passed > 0)
        {
            _noise.Observe(_aboveMedian, passed);
            _aboveMedian = 0;
            _calmOf = 0;
        }

        _calm = 0;
        return passed;
    }

    /// <summary>The reversal is done: V has come far enough on its way to what is promised, or a slow cycler's longest reversal is over.</summary>
    private bool Starts(in DirectedSample directed) => directed.AgeSeconds >= _settings.HardShort.StartSeconds
        || (_promisedVolts is { } promised ? directed.Volts >= _settings.HardShort.StartedFraction * promised : directed.Volts > 0);
}
