using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection.Models;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Detection.Rules;

/// <summary>Rules 2, 3 and 10 side by side: for cells whose voltage is the current's own (symmetric and half cells).</summary>
internal sealed class PassiveCellRules
{
    private readonly DetectionSettings _settings;
    private readonly CellKind _kind;
    private readonly HalfCycleModel _model;
    private readonly ReportLedger _ledger;
    private readonly OhmicFloorRule _floor;
    private readonly DropRule _drop;
    private readonly LevelDropRule _levelDrop;
    private readonly ContactLossRule _contact;
    private int _direction;
    private double? _healthyVolts;

    public PassiveCellRules(DetectionSettings settings, CellSpec cell, HalfCycleModel model, ReportLedger ledger)
    {
        _settings = settings;
        _kind = cell.Kind ?? CellKind.Full;
        _model = model;
        _ledger = ledger;
        _floor = new OhmicFloorRule(settings.OhmicFloor, cell.BulkResistanceOhms, cell.TemperatureCelsius);
        _drop = new DropRule(settings.Drop);
        _levelDrop = new LevelDropRule(settings.LevelDrop);
        _contact = new ContactLossRule(settings.ContactLoss);
    }

    /// <summary>A drop was flagged in this segment: its level is not to be taken for healthy.</summary>
    public bool Doubtful { get; private set; }

    /// <summary>How much the model may learn from the last sample, 0 to 1.</summary>
    public double LearningWeight => _drop.LearningWeight;

    /// <summary>True once, when a dropped level has lasted: the model is to start again from it.</summary>
    public bool TakeAcceptance() => _drop.TakeAcceptance();

    /// <param name="direction">+1 or -1.</param>
    /// <param name="healthyVolts">What the last healthy half-cycle of this direction promises, V; null when there was none.</param>
    public void BeginSegment(int direction, double? healthyVolts)
    {
        _direction = direction;
        _healthyVolts = healthyVolts;
        _floor.Reset();
        _drop.Reset();
        _levelDrop.Reset();
        _contact.Reset();
        Doubtful = false;
    }

    /// <param name="expectedVolts">|V| that is expected now, V; null while nothing is known.</param>
    /// <param name="armingVolts">Expected |V| below which relative residuals mean nothing, V.</param>
    /// <param name="offsetVolts">Uncertainty of V, V.</param>
    /// <param name="noiseVolts">Standard deviation of the readings, V.</param>
    public DetectionEvent? Judge(
        in Sample sample, in DirectedSample directed, double? expectedVolts, double armingVolts, double offsetVolts, double noiseVolts)
    {
        var fast = _model.Usable && expectedVolts >= armingVolts
            ? _drop.Observe(directed, expectedVolts.Value, _model.SigmaVolts(directed.TimeSeconds, noiseVolts))
            : null;
        var slow = _model.Settled && (_healthyVolts ?? _model.LevelVolts) >= armingVolts
            ? _levelDrop.Observe(directed, _model.LevelVolts, _healthyVolts, _kind == CellKind.Symmetric)
            : null;
        var low = _floor.Observe(directed, offsetVolts);
        var lost = (_kind == CellKind.Symmetric || _direction < 0) && _model.Usable && _contact.Observe(directed, _model.LevelVolts);
        Doubtful |= fast is not null || slow is not null;
        return fast is null && slow is null && !low && !lost ? null : Report(sample, directed, fast, slow, low, lost);
    }

    /// <summary>The most severe of what is new.</summary>
    private DetectionEvent? Report(
        in Sample sample, in DirectedSample directed, DetectionSeverity? fast, DetectionSeverity? slow, bool low, bool lost)
    {
        if (fast is { } drop && drop >= (slow ?? drop) && _ledger.Take(3, drop))
        {
            return DetectionSentences.Drop(sample, directed, _drop, _settings.Drop, drop, _direction, _kind);
        }

        if (slow is { } level && _ledger.Take(3, level))
        {
            return DetectionSentences.LevelDrop(sample, directed, _levelDrop, level, _direction, _kind);
        }

        if (low && _ledger.Take(2, DetectionSeverity.Suspect))
        {
            return DetectionSentences.OhmicFloor(sample, directed, _floor, _direction, _kind);
        }

        return lost && _ledger.Take(10, DetectionSeverity.Warn)
            ? DetectionSentences.ContactLoss(sample, directed, _contact, _model.LevelVolts, _settings.ContactLoss, _direction, _kind)
            : null;
    }
}
