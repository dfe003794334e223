using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection.Models;
using CyclerControl.Core.Detection.Rules;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Detection;

/// <summary>Watches every sample of one run. Pure: samples in, detection out; no clock, no allocation while it finds nothing. One thread.</summary>
/// <remarks>Each rule reports once in a half-cycle, and once more if it becomes more severe. Rests and constant voltage are not judged.</remarks>
public sealed class ShortCircuitDetector
{
    /// <summary>A half-cycle that has not settled is believed up to this multiple of the promise: it may have begun with a knock on the cable.</summary>
    private const double YoungExcess = 1.25;

    private readonly CellSpec _cell;
    private readonly DetectionSettings _settings;
    private readonly RestOffset _offset;
    private readonly NoiseEstimate _noise;
    private readonly HalfCycleModel _model;
    private readonly ResistanceMemory _memory;
    private readonly CollectorGate _collector;
    private readonly HardShortRule _hard;
    private readonly PassiveCellRules _passive;
    private readonly ReportLedger _ledger = new();
    private readonly CellKind _kind;

    private Segment _segment;
    private Blanking _blanking;
    private int _direction;
    private double _setAmperes;
    private double? _promisedVolts;
    private double? _lastFullCellVolts;
    private bool _started;
    private bool _shorted;
    private double _lastSeconds;

    /// <param name="cell">Kind, temperature, bulk resistance (or thickness, conductivity and area) are used where given; no kind is taken as full.</param>
    /// <param name="voltageOffsetVolts">Offset uncertainty of the channel's voltage reading, V.</param>
    public ShortCircuitDetector(CellSpec cell, double voltageOffsetVolts)
        : this(cell, voltageOffsetVolts, DetectionSettings.Default)
    {
    }

    /// <param name="settings">Parameters of the rules.</param>
    /// <inheritdoc cref="ShortCircuitDetector(CellSpec, double)"/>
    public ShortCircuitDetector(CellSpec cell, double voltageOffsetVolts, DetectionSettings settings)
    {
        _cell = cell;
        _settings = settings;
        _kind = cell.Kind ?? CellKind.Full;
        _offset = new RestOffset(voltageOffsetVolts, settings.HardShort.LargestOffsetVolts);
        _noise = new NoiseEstimate(settings.Model.InitialNoiseVolts, settings.Model.NoiseFloorVolts);
        _model = new HalfCycleModel(settings.Model);
        _memory = new ResistanceMemory(cell.TemperatureCelsius);
        _collector = new CollectorGate(settings.HardShort.CollectorSeconds);
        _hard = new HardShortRule(settings.HardShort);
        _passive = new PassiveCellRules(settings, cell, _model, _ledger);
    }

    /// <summary>Whether a hard short would be seen now.</summary>
    public ArmingState Arming
    {
        get
        {
            var expected = Expected(_lastSeconds);
            var reason = this switch
            {
                { _segment.Setpoint.Mode: OutputMode.Voltage } => ArmingReason.ConstantVoltage,
                { _direction: 0 } => ArmingReason.NoCurrent,
                { _kind: CellKind.Half, _collector.Ready: false } => ArmingReason.CollectorNotReady,
                _ when expected is null => ArmingReason.Settling,
                _ when expected < _settings.HardShort.ArmingFloors * FloorVolts => ArmingReason.BelowFloor,
                _ => ArmingReason.Watching,
            };
            return new ArmingState(reason == ArmingReason.Watching, expected, FloorVolts, reason);
        }
    }

    private double FloorVolts =>
        _settings.HardShort.FloorVolts + _offset.UncertaintyVolts + _settings.HardShort.NoiseSigmas * _noise.SigmaVolts;

    /// <summary>A programmed change: everything about the present set-point is reset, then blanked.</summary>
    public void BeginSegment(in Segment segment)
    {
        Remember();
        _segment = segment;
        _blanking = new Blanking(segment.StartNanoseconds);
        _setAmperes = segment.Setpoint.Mode == OutputMode.Current ? Math.Abs(segment.Setpoint.Amperes) : 0;
        _direction = _setAmperes > 0 ? Math.Sign(segment.Setpoint.Amperes) : 0;
        _model.Reset();
        _hard.Reset();
        _started = false;
        _shorted = false;
        if (_direction == 0)
        {
            return;
        }

        _offset.Close();
        if (_ledger.BeginHalfCycle(segment.HalfCycle))
        {
            _collector.Reset();
        }

        _promisedVolts = Promise();
        _passive.BeginSegment(_direction, _memory.SameDirection(_direction, _setAmperes));
    }

    /// <summary>Looks at samples in order of time, all of the present segment; returns the most severe new detection, or null.</summary>
    public DetectionEvent? Observe(ReadOnlySpan<Sample> samples)
    {
        DetectionEvent? worst = null;
        foreach (ref readonly var sample in samples)
        {
            if (ObserveOne(sample) is { } found && (worst is null || found.Severity > worst.Severity))
            {
                worst = found;
            }
        }

        return worst;
    }

    private DetectionEvent? ObserveOne(in Sample sample)
    {
        if (!double.IsFinite(sample.Volts) || !double.IsFinite(sample.Amperes) || _blanking.Covers(sample.TimeSeconds, _settings.Blanking))
        {
            return null;
        }

        if (_direction == 0)
        {
            if (_segment.Setpoint.Mode != OutputMode.Voltage && _kind == CellKind.Symmetric)
            {
                _offset.Observe(sample.Volts);
            }

            return null;
        }

        var amperes = sample.Amperes * _direction;
        if (amperes < _settings.DeliveredFraction * _setAmperes)
        {
            return null;
        }

        var volts = _kind == CellKind.Full ? sample.Volts : (sample.Volts - _offset.Volts) * _direction;
        var directed = new DirectedSample(sample.TimeSeconds, sample.TimeSeconds - _segment.StartNanoseconds * 1e-9, volts, amperes, sample.Celsius);
        return Judge(sample, directed);
    }

    private DetectionEvent? Judge(in Sample sample, in DirectedSample directed)
    {
        var floor = FloorVolts;
        _lastSeconds = directed.TimeSeconds;
        if (_kind == CellKind.Half
            && !_collector.Observe(directed.TimeSeconds, directed.Volts > _settings.HardShort.ArmingFloors * floor))
        {
            return null;
        }

        _started = _started || Starts(directed);
        if (!_started)
        {
            return null;
        }

        var expected = Expected(directed.TimeSeconds);
        if (expected is { } healthy)
        {
            var depletes = _kind == CellKind.Full && _direction < 0;
            if (_hard.Observe(directed, healthy, floor, depletes) && _ledger.Take(1, DetectionSeverity.Abort))
            {
                _shorted = true;
                return DetectionSentences.HardShort(sample, directed, _hard, healthy, _direction, _kind, !_model.Started);
            }
        }

        if (_hard.Suspects)
        {
            return null;
        }

        var found = _kind == CellKind.Full
            ? null
            : _passive.Judge(sample, directed, expected, _settings.HardShort.ArmingFloors * floor, _offset.UncertaintyVolts, _noise.SigmaVolts);
        Learn(directed);
        return found;
    }

    private void Learn(in DirectedSample directed)
    {
        if (!_model.Started)
        {
            _model.Start(directed.TimeSeconds, directed.Volts);
            return;
        }

        if (_passive.TakeAcceptance())
        {
            _model.Restart(directed.TimeSeconds, directed.Volts);
            return;
        }

        var weight = _passive.LearningWeight;
        var residual = _model.Update(directed.TimeSeconds, directed.Volts, _noise.SigmaVolts, weight);
        if (_model.Usable && weight >= 1)
        {
            _noise.Observe(residual);
        }
    }

    /// <summary>The reversal is done: V has come far enough on its way to what is promised, or a slow cycler's longest reversal is over.</summary>
    private bool Starts(in DirectedSample directed) => directed.AgeSeconds >= _settings.HardShort.StartSeconds
        || (_promisedVolts is { } promised ? directed.Volts >= _settings.HardShort.StartedFraction * promised : directed.Volts > 0);

    /// <summary>|V| of the healthy cell now; null while nothing is known.</summary>
    private double? Expected(double timeSeconds)
    {
        if (!_model.Usable)
        {
            return _promisedVolts;
        }

        var own = _model.Expect(timeSeconds);
        return _model.Settled || _promisedVolts is not { } promised ? own : Math.Min(own, YoungExcess * promised);
    }

    private double? Promise() => _kind switch
    {
        CellKind.Half => null,
        CellKind.Full => _lastFullCellVolts,
        _ => _memory.Lowest(_setAmperes) ?? BulkOhms * _setAmperes,
    };

    /// <summary>What the electrolyte alone must show, ohm: measured, else from the pellet's data.</summary>
    private double? BulkOhms => _cell.BulkResistanceOhms
        ?? (_cell is { ThicknessCentimetres: { } thickness, ConductivitySiemensPerCentimetre: > 0 and { } conductivity, AreaSquareCentimetres: > 0 and { } area }
            ? thickness / (conductivity * area)
            : null);

    /// <summary>The segment is over: what was healthy in it is what the next one is compared with.</summary>
    private void Remember()
    {
        if (_direction == 0 || _model.LowestVolts is not { } lowest)
        {
            return;
        }

        if (_kind == CellKind.Full)
        {
            _lastFullCellVolts = _shorted ? _lastFullCellVolts : _model.LevelVolts;
        }
        else
        {
            _memory.Learn(_direction, lowest, _setAmperes, _shorted || _passive.Doubtful);
        }
    }
}
