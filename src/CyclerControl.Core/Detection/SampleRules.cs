using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection.Models;
using CyclerControl.Core.Detection.Rules;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Detection;

/// <summary>Rules 2, 3, 4 and 10 side by side, for the samples of one segment. All but the noise are for cells whose voltage is the current's own (symmetric and half cells).</summary>
internal sealed class SampleRules
{
    /// <summary>A metal path leaves a full cell I x R_s below zero, tens of millivolts; one that is driven further has no contact or no charge, V.</summary>
    private const double ReversedVolts = 0.1;

    private readonly DetectionSettings _settings;
    private readonly CellKind _kind;
    private readonly HalfCycleModel _model;
    private readonly Findings _findings;
    private readonly OhmicFloorRule _floor;
    private readonly LevelDropRule _levelDrop;
    private readonly TelegraphRule _telegraph;
    private readonly ContactLossRule _contact;
    private int _direction;
    private double? _healthyVolts;

    public SampleRules(DetectionSettings settings, CellSpec cell, HalfCycleModel model, Findings findings)
    {
        _settings = settings;
        _kind = cell.Kind ?? CellKind.Full;
        _model = model;
        _findings = findings;
        _floor = new OhmicFloorRule(settings.OhmicFloor, cell.BulkResistanceOhms, cell.TemperatureCelsius);
        Drop = new DropRule(settings.Drop, settings.Cusum);
        _levelDrop = new LevelDropRule(settings.LevelDrop);
        _telegraph = new TelegraphRule(settings.Telegraph);
        _contact = new ContactLossRule(settings.ContactLoss);
    }

    public DropRule Drop { get; }

    /// <summary>A drop was flagged in this segment: its level is not to be taken for healthy.</summary>
    public bool Doubtful { get; private set; }

    /// <summary>Something is under way: every sample counts.</summary>
    public bool Busy => Drop.Busy || _levelDrop.Busy || _telegraph.Down || _floor.Busy;

    /// <param name="direction">+1 or -1.</param>
    /// <param name="healthyVolts">What the last healthy half-cycle of this direction promises, V; null when there was none.</param>
    public void BeginSegment(int direction, double? healthyVolts)
    {
        _direction = direction;
        _healthyVolts = healthyVolts;
        _floor.Reset();
        Drop.Reset();
        _levelDrop.Reset();
        _telegraph.Reset();
        _contact.Reset();
        Doubtful = false;
    }

    /// <summary>No rule can have anything to say about a sample above this, V.</summary>
    /// <param name="expectedVolts">|V| that is expected now, V.</param>
    /// <param name="amperes">|I|, A.</param>
    public double LowVolts(double expectedVolts, double amperes) => Math.Max(
        Math.Max((1 - _settings.Telegraph.Fraction) * expectedVolts, _levelDrop.LowVolts), _floor.ThresholdOhms * amperes);

    /// <summary>Rule 3 on a full cell, and the telegraph while it is charged. A discharge falls by itself: it is never aborted for being low.</summary>
    /// <param name="judged">False: whatever has fallen is no short.</param>
    public void JudgeFull(in Sample sample, in DirectedSample directed, double? expectedVolts, double armingVolts, bool judged, double noiseVolts)
    {
        if (directed.Volts < -ReversedVolts || (!judged && !Drop.Alarmed))
        {
            Drop.Reset();
        }
        else if (_model.Usable && expectedVolts >= armingVolts)
        {
            JudgeDrop(sample, directed, expectedVolts.Value, noiseVolts, armed: _direction > 0);
        }
    }

    /// <param name="expectedVolts">|V| that is expected now, V; null while nothing is known.</param>
    /// <param name="floorVolts">Expected |V| below which not even a change can be told, V.</param>
    /// <param name="armingVolts">Expected |V| below which V / I means nothing, V: infinite before a collector is ready.</param>
    /// <param name="offsetVolts">Uncertainty of V, V.</param>
    /// <param name="noiseVolts">Standard deviation of the readings, V.</param>
    /// <param name="temperatureFactor">R at the cell's temperature / R at the reference.</param>
    /// <param name="samples">Since the last call, this one included.</param>
    public void Judge(
        in Sample sample, in DirectedSample directed, double? expectedVolts, double floorVolts, double armingVolts, double offsetVolts, double noiseVolts,
        double temperatureFactor, int samples)
    {
        if (_model.Usable && expectedVolts >= floorVolts)
        {
            JudgeDrop(sample, directed, expectedVolts.Value, noiseVolts, expectedVolts >= armingVolts);
        }

        var healthy = _healthyVolts * temperatureFactor;
        if (_model.Settled && (healthy ?? _model.LevelVolts) >= armingVolts
            && _levelDrop.Observe(directed, _model.LevelVolts, healthy, _model.RecoveryVolts, _kind == CellKind.Symmetric) is { } halved)
        {
            Doubtful = true;
            var severity = _findings.Policy.Drop(_levelDrop.OnsetSeconds, 1 - directed.Volts / _levelDrop.ReferenceVolts, halved);
            if (_findings.IsNew(3, DetectionKind.SoftShort, severity))
            {
                _findings.Add(DetectionSentences.LevelDrop(sample, directed, _levelDrop, severity, _direction, _kind));
            }
        }

        var ready = double.IsFinite(armingVolts);
        if (ready && _floor.Observe(directed, offsetVolts) && _findings.IsNew(2, DetectionKind.OhmicFloorShort, DetectionSeverity.Suspect))
        {
            _findings.Add(DetectionSentences.OhmicFloor(sample, directed, _floor, _direction, _kind));
        }

        if (ready && (_kind == CellKind.Symmetric || _direction < 0) && _model.Usable)
        {
            JudgeContact(sample, directed, samples);
        }
    }

    private void JudgeDrop(in Sample sample, in DirectedSample directed, double expectedVolts, double noiseVolts, bool armed)
    {
        var sigma = _model.SigmaVolts(directed.TimeSeconds, noiseVolts);
        if (Drop.Observe(directed, expectedVolts, sigma, _model.LevelVolts, _model.Memories, _model.OffsetVolts, _model.RecoveryVolts, armed) is { } halved)
        {
            Doubtful = true;
            var lost = Math.Min(Drop.Fraction, 1 - directed.Volts / Drop.ReferenceVolts);
            var severity = _findings.Policy.Drop(Drop.OnsetSeconds, lost, halved && armed);
            if (_findings.IsNew(3, _kind == CellKind.Full ? DetectionKind.FullCellShort : DetectionKind.SoftShort, severity))
            {
                _findings.Add(DetectionSentences.Drop(sample, directed, Drop, _settings.Drop, severity, halved && armed, _direction, _kind));
            }
        }

        var reference = Drop.Busy ? Drop.ReferenceVolts : expectedVolts;
        if (!armed)
        {
            return;
        }

        if (_telegraph.Observe(directed.TimeSeconds, directed.Volts, reference, noiseVolts) && _model.Settled)
        {
            Doubtful = true;
            var large = 1 - _telegraph.LowVolts / reference > _settings.Alarm.JoinFraction;
            _findings.Add(DetectionSentences.Telegraph(directed, _telegraph, _settings.Telegraph, reference), sample, _direction, large);
        }
    }

    private void JudgeContact(in Sample sample, in DirectedSample directed, int samples)
    {
        var level = _model.LevelVolts;
        if (_contact.Observe(directed, level, samples))
        {
            if (_findings.IsNew(10, DetectionKind.ContactLoss, DetectionSeverity.Warn))
            {
                _findings.Add(DetectionSentences.ContactLoss(sample, directed, _contact, level, _settings.ContactLoss, _direction, _kind));
            }
        }
        else if (_contact.RunsAway(directed, level) && _findings.IsUnreported(10))
        {
            _findings.Add(DetectionSentences.Runaway(directed, level, _settings.ContactLoss), sample, _direction, stands: false);
        }
    }
}
