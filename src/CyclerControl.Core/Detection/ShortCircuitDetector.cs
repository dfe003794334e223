using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection.Models;
using CyclerControl.Core.Detection.Rules;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Detection;

/// <summary>Watches every sample of one run. Pure: samples in, detections out; no clock, no allocation while it finds nothing. One thread.</summary>
/// <remarks>
/// Feed <see cref="BeginSegment"/> at each programmed change (a rest is a segment without current), <see cref="Observe"/> with every sample, and
/// <see cref="Finish"/> at the end. Each rule reports once in a half-cycle, and once more if it becomes more severe. What compares half-cycles is found when the
/// next one begins, and comes out of the next <see cref="Observe"/> or of <see cref="TakeNext"/>.
/// </remarks>
public sealed partial class ShortCircuitDetector
{
    /// <summary>A half-cycle that has not settled is believed up to this multiple of the promise: it may have begun with a knock on the cable.</summary>
    private const double YoungExcess = 1.25;

    private readonly CellSpec _cell;
    private readonly DetectionSettings _settings;
    private readonly RestOffset _offset;
    private readonly NoiseEstimate _noise;
    private readonly NoiseRule _noiseRule;
    private readonly FullCellError? _fullCell;
    private readonly HalfCycleModel _model;
    private readonly HalfCycleTally _tally = new();
    private readonly ResistanceMemory _memory;
    private readonly CollectorGate _collector;
    private readonly CollectorGate _collectorSign;
    private readonly HardShortRule _hard;
    private readonly SampleRules _rules;
    private readonly BoundaryRules _boundary;
    private readonly Findings _findings;
    private readonly CellKind _kind;

    private Segment _segment;
    private Blanking _blanking;
    private TemperatureScale _temperature;
    private double _temperatureFactor = 1;
    private int _direction;
    private double _setAmperes;
    private double? _promisedVolts;
    private double? _lastFullCellVolts;
    private bool _started;
    private bool _shorted;
    private double _lastSeconds;
    private double _lastVolts;
    private double _lastAmperes;

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
        _noiseRule = new NoiseRule(settings.Noise, settings.Model.InitialNoiseVolts);
        _fullCell = _kind == CellKind.Full ? new FullCellError(settings.FullCell) : null;
        _model = new HalfCycleModel(settings.Model, _kind == CellKind.Full ? null : new RecoveryBound(settings.Recovery), _fullCell);
        _memory = new ResistanceMemory(cell.TemperatureCelsius);
        _temperature = new TemperatureScale(settings.OhmicFloor.ActivationElectronvolts, null);
        _collector = new CollectorGate(settings.HardShort.CollectorSeconds);
        _collectorSign = new CollectorGate(settings.HardShort.CollectorSeconds);
        _hard = new HardShortRule(settings.HardShort);
        _findings = new Findings(settings.Alarm, _kind);
        _rules = new SampleRules(settings, cell, _model, _findings);
        _drop = _rules.Drop;
        _boundary = new BoundaryRules(settings, cell, _memory, _findings);
    }

    /// <summary>Whether a hard short would be seen now.</summary>
    public ArmingState Arming
    {
        get
        {
            var expected = Expected(_lastSeconds);
            var reason = this switch
            {
                { _segment.IsSweep: true } => ArmingReason.VoltageSweep,
                { _segment.Setpoint.Mode: OutputMode.Voltage } => ArmingReason.ConstantVoltage,
                { _direction: 0 } => ArmingReason.NoCurrent,
                { _kind: CellKind.Half, _collector.Ready: false } => ArmingReason.CollectorNotReady,
                _ when expected is null => ArmingReason.Settling,
                _ when expected < ArmingVolts => ArmingReason.BelowFloor,
                _ => ArmingReason.Watching,
            };
            return new ArmingState(reason == ArmingReason.Watching, expected, FloorVolts, reason);
        }
    }

    private double FloorVolts => _settings.HardShort.Floor(_offset.UncertaintyVolts, _noise.SigmaVolts);

    private double ArmingVolts => _settings.HardShort.ArmingVolts(_offset.UncertaintyVolts, _noise.SigmaVolts);

    /// <summary>The last sample that counted, as it was measured.</summary>
    private Sample LastSample => new((long)Math.Round(_lastSeconds * 1e9), _lastVolts, _lastAmperes, null);

    /// <summary>
    /// Looks at samples in order of time, all of the present segment; returns the most severe detection that nobody has taken yet, or null. Others wait for the
    /// next call or for <see cref="TakeNext"/>.
    /// </summary>
    public DetectionEvent? Observe(ReadOnlySpan<Sample> samples)
    {
        foreach (ref readonly var sample in samples)
        {
            if (!PassesAsHealthy(sample))
            {
                Look(sample);
            }
        }

        return _findings.Any ? _findings.Take() : null;
    }

    /// <summary>The most severe detection that waits, or null.</summary>
    public DetectionEvent? TakeNext() => _findings.Take();

    /// <summary>The record is over: judges the last half-cycle. What was found waits in <see cref="TakeNext"/>.</summary>
    public void Finish()
    {
        EndSegment();
        EndHalfCycle();
    }

    /// <summary>Rule 8: compares a spectrum with the first one of this cell. No instrument of this version supplies spectra during a run.</summary>
    /// <param name="points">At least two points, in any order; fewer say nothing.</param>
    /// <param name="timeSeconds">Test time of the spectrum, s.</param>
    public DetectionEvent? ObserveImpedance(ReadOnlySpan<ImpedancePoint> points, double timeSeconds)
    {
        _boundary.ObserveImpedance(points, new Sample((long)Math.Round(timeSeconds * 1e9), _lastVolts, _lastAmperes, null));
        return _findings.Take();
    }

    /// <summary>
    /// A finding of kind <see cref="DetectionKind.NotObservable"/> when current flows and a hard short could not be seen at this level; null otherwise. It is
    /// never reported by itself: a run shows <see cref="Arming"/>. Who searches a finished record asks at the end of each segment, and says it once per level.
    /// </summary>
    public DetectionEvent? NotObservable()
    {
        var arming = Arming;
        return arming.Reason is ArmingReason.BelowFloor or ArmingReason.CollectorNotReady && _lastSeconds >= _segment.StartNanoseconds * 1e-9
            ? DetectionSentences.NotObservable(LastSample, _segment.StartNanoseconds * 1e-9, arming, _direction, _kind)
            : null;
    }

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
}
