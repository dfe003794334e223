using CyclerControl.Simulation.Randomness;

namespace CyclerControl.Simulation.Shorts;

/// <summary>
/// Grows a filament on the electrode that is plated, dissolves it on the one that is stripped, and lets it short the cell. Everything random
/// but the telegraph's dwell times is drawn when the cell is made, so that a cell's fate does not depend on the step size.
/// </summary>
internal sealed class ShortProcess
{
    private const double SlowStepSeconds = 10;
    private readonly ShortParameters _parameters;
    private readonly bool _platesOntoWorking;
    private readonly double _threshold;
    private readonly double _hazardBudget;
    private readonly ShortKind _kind;
    private readonly double _hardOhms;
    private readonly double _softFactor;
    private readonly double _telegraphAmplitude;
    private readonly double _rampSeconds;
    private readonly double _hardensAfter;
    private readonly double _meanDwellSeconds;
    private State _state;
    private State _mark;
    private double _cachedDensity = double.NaN;
    private double _cachedThreshold;

    public ShortProcess(ShortParameters parameters, bool platesOntoWorking, long seed)
    {
        _parameters = parameters;
        _platesOntoWorking = platesOntoWorking;
        var random = new Draws(seed, StreamPurpose.Short);
        _threshold = parameters.ThresholdMilliampHoursPerSquareCentimetre * Math.Exp(parameters.Spread * random.NextGaussian());
        _hazardBudget = random.NextExponential();
        var kind = random.NextUniform();
        _kind = kind < parameters.HardProbability ? ShortKind.Hard
            : kind < parameters.HardProbability + parameters.SoftProbability ? ShortKind.Soft
            : ShortKind.Telegraph;
        _hardOhms = Math.Clamp(parameters.HardOhms * Math.Exp(0.6 * random.NextGaussian()), 0.5, 12);
        _softFactor = 0.5 * Math.Pow(10, random.NextUniform());
        _telegraphAmplitude = 0.08 + (0.52 * random.NextUniform());
        _rampSeconds = 180 * Math.Pow(20, random.NextUniform());
        _hardensAfter = parameters.HardensAfterMilliampHoursPerSquareCentimetre * random.NextExponential();
        _meanDwellSeconds = (0.3 + (0.4 * random.NextUniform())) / Math.Log(2);
        _state.Random = random;
    }

    public bool IsActive => _state.Count > 0;

    /// <summary>Conductance of the path now, S.</summary>
    public double Siemens => _state.Siemens;

    public int OnsetCount => _state.Count;

    public double ThresholdAtReference => _threshold;

    public ShortOnset Onset(int index) => index == 0 ? _state.First : _state.Second;

    /// <summary>How long the present conductance holds at this current, at most; not below zero.</summary>
    public double LongestStep(double now, double density, double seconds)
    {
        if (_state.Count == 0)
        {
            return TimeToOnset(density, seconds);
        }

        if (_state.IsHard)
        {
            return Math.Min(seconds, SlowStepSeconds);
        }

        var harden = density == 0 ? seconds : _state.HardensAfter * 3600 / Math.Abs(density);
        var next = _kind == ShortKind.Telegraph ? _state.NextSwitchSeconds - now : SlowStepSeconds;
        return Math.Max(0, Math.Min(seconds, Math.Min(harden, next)));
    }

    /// <summary>Passes charge. The step must not be longer than <see cref="LongestStep"/> allowed.</summary>
    /// <param name="now">Time of the cell at the end of the step, s.</param>
    /// <param name="density">mA/cm2, positive charges.</param>
    /// <param name="cellOhms">Resistance of the healthy cell, asked for when a short begins.</param>
    public void Advance(double now, double density, double seconds, Func<double, double> cellOhms)
    {
        if (!_parameters.Enabled)
        {
            return;
        }

        if (density != 0)
        {
            Plate(now, density, Math.Abs(density) * seconds / 3600, cellOhms);
        }

        if (_state.Count > 0 && !_state.IsHard)
        {
            Drift(now);
        }
    }

    /// <summary>A hard short from outside the model, at once.</summary>
    public void Plant(double now, double density, double ohms)
    {
        if (_state.Count == 0)
        {
            Begin(new ShortOnset(now, ShortKind.Hard, ohms, density, density < 0 ? _state.WorkingFilament : _state.CounterFilament));
        }
    }

    /// <summary>Takes every path away; what has grown stays.</summary>
    public void Heal()
    {
        _state.Count = 0;
        _state.IsHard = false;
        _state.Siemens = 0;
    }

    public void Mark() => _mark = _state;

    public void Rewind() => _state = _mark;

    private void Plate(double now, double density, double passed, Func<double, double> cellOhms)
    {
        ref var grows = ref _state.CounterFilament;
        ref var dissolves = ref _state.WorkingFilament;
        if (density < 0)
        {
            grows = ref _state.WorkingFilament;
            dissolves = ref _state.CounterFilament;
        }

        var before = grows;
        grows += passed;
        dissolves = Math.Max(0, dissolves - passed);
        if (_state.Count > 0)
        {
            _state.HardensAfter -= passed;
            if (!_state.IsHard && _state.HardensAfter <= 1e-12)
            {
                Begin(new ShortOnset(now, ShortKind.Hard, _hardOhms, density, grows));
            }

            return;
        }

        if (density < 0 && !_platesOntoWorking)
        {
            return;
        }

        var threshold = Threshold(Math.Abs(density));
        if (grows <= threshold)
        {
            return;
        }

        _state.Hazard += Hazard(grows / threshold) - Hazard(before / threshold);
        if (_state.Hazard >= _hazardBudget * (1 - 1e-9))
        {
            Start(now, density, grows, cellOhms(density));
        }
    }

    private double TimeToOnset(double density, double seconds)
    {
        if (density == 0 || !_parameters.Enabled || (density < 0 && !_platesOntoWorking))
        {
            return seconds;
        }

        var rate = Math.Abs(density) / 3600;
        var before = density < 0 ? _state.WorkingFilament : _state.CounterFilament;
        var threshold = Threshold(Math.Abs(density));
        var after = before + (rate * seconds);
        if (after <= threshold)
        {
            return seconds;
        }

        var needed = _hazardBudget - _state.Hazard + Hazard(before / threshold);
        var excess = _parameters.HazardScale * Math.Pow(Math.Max(0, needed), 1 / _parameters.HazardShape);
        return Math.Clamp(((threshold * (1 + excess)) - before) / rate, 0, seconds);
    }

    private double Hazard(double ofThreshold)
    {
        var excess = ofThreshold - 1;
        return excess <= 0 ? 0 : Math.Pow(excess / _parameters.HazardScale, _parameters.HazardShape);
    }

    private double Threshold(double density)
    {
        if (density != _cachedDensity)
        {
            _cachedDensity = density;
            _cachedThreshold = _threshold * Math.Pow(_parameters.AtMilliamperesPerSquareCentimetre / density, _parameters.Exponent);
        }

        return _cachedThreshold;
    }

    private void Start(double now, double density, double plated, double cellOhms)
    {
        var ohms = _kind switch
        {
            ShortKind.Hard => _hardOhms,
            ShortKind.Soft => cellOhms * _softFactor,
            _ => cellOhms * (1 - _telegraphAmplitude) / _telegraphAmplitude,
        };
        _state.HardensAfter = _hardensAfter;
        _state.BeganSeconds = now;
        Begin(new ShortOnset(now, _kind, ohms, density, plated));
        if (_kind == ShortKind.Telegraph)
        {
            _state.NextSwitchSeconds = now + Dwell();
        }
    }

    private void Begin(ShortOnset onset)
    {
        if (_state.Count == 0)
        {
            _state.First = onset;
        }
        else
        {
            _state.Second = onset;
        }

        _state.Count++;
        _state.IsHard = onset.Kind == ShortKind.Hard;
        _state.Siemens = onset.Kind == ShortKind.Soft ? 0 : 1 / onset.ResistanceOhms;
    }

    private void Drift(double now)
    {
        if (_kind == ShortKind.Soft)
        {
            _state.Siemens = Math.Min(1, (now - _state.BeganSeconds) / _rampSeconds) / _state.First.ResistanceOhms;
            return;
        }

        if (now >= _state.NextSwitchSeconds - 1e-9)
        {
            _state.Siemens = _state.Siemens == 0 ? 1 / _state.First.ResistanceOhms : 0;
            _state.NextSwitchSeconds = now + Dwell();
        }
    }

    private double Dwell() => _meanDwellSeconds * _state.Random.NextExponential();

    private struct State
    {
        public double WorkingFilament;
        public double CounterFilament;
        public double Hazard;
        public double Siemens;
        public double HardensAfter;
        public double BeganSeconds;
        public double NextSwitchSeconds;
        public bool IsHard;
        public int Count;
        public ShortOnset First;
        public ShortOnset Second;
        public Draws Random;
    }
}
