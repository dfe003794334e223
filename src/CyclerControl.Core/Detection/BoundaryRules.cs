using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection.Models;
using CyclerControl.Core.Detection.Rules;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Detection;

/// <summary>Rules 5, 6, 7, 8 and 9: what is looked at when a half-cycle is over, in rests and in holds.</summary>
internal sealed class BoundaryRules
{
    private readonly CellKind _kind;
    private readonly Findings _findings;
    private readonly CycleRule _cycle;
    private readonly PolarityRule _polarity;
    private readonly LinearityRule _linearity;
    private readonly RestRule _rest;
    private readonly ImpedanceRule _impedance;
    private readonly FullCellRule _full;
    private readonly VoltageFallRule _fall;
    private readonly LeakageRule _leakage;
    private readonly StripBalanceRule _strip;
    private double _mostAmpHours;

    public BoundaryRules(DetectionSettings settings, CellSpec cell, ResistanceMemory memory, Findings findings)
    {
        _kind = cell.Kind ?? CellKind.Full;
        _findings = findings;
        _cycle = new CycleRule(settings.Cycle);
        _polarity = new PolarityRule(settings.Polarity);
        _linearity = new LinearityRule(settings.Linearity, memory);
        _rest = new RestRule(settings.Rest);
        _impedance = new ImpedanceRule(settings.Impedance);
        _full = new FullCellRule(settings.FullCell, cell.NominalAmpHours);
        _fall = new VoltageFallRule(settings.FullCell);
        _leakage = new LeakageRule(settings.Leakage);
        _strip = new StripBalanceRule(settings.StripBalance, cell.WorkingLithiumAmpHours);
    }

    /// <summary>A charge below this voltage must be looked at, V; minus infinity where none is.</summary>
    public double LowVolts(int direction, double noiseVolts) =>
        _kind == CellKind.Full && direction > 0 ? _fall.LowVolts(noiseVolts) : double.NegativeInfinity;

    public bool Busy => _fall.Busy;

    /// <summary>What a full cell showed at half the age of its charge, V; infinite while that is not known and in a discharge.</summary>
    public double HalfAgeVolts => _fall.HalfAgeVolts;

    public void BeginCurrent(double setAmperes)
    {
        _fall.Reset();
        _mostAmpHours = _full.MostAmpHours(setAmperes);
    }

    public void BeginRest(double startSeconds, int direction, double loadVolts, double loadAmperes) =>
        _rest.Begin(startSeconds, direction, loadVolts, loadAmperes);

    public void BeginHold(double startSeconds) => _leakage.Begin(startSeconds);

    public void EndRest(in Sample last, double noiseVolts)
    {
        if (_kind == CellKind.Full && _rest.End(noiseVolts) is { } found)
        {
            _findings.Add(found, last, 1, stands: false);
        }
    }

    /// <summary>A half-cycle is over.</summary>
    public void EndHalfCycle(in HalfCycleRecord half, in Sample last, double noiseVolts)
    {
        if (half.Direction == 0)
        {
            return;
        }

        if (_kind == CellKind.Full)
        {
            Report(_full.Observe(half), last, half.Direction);
            return;
        }

        if (_kind == CellKind.Symmetric || half.Direction < 0)
        {
            Report(_cycle.Observe(half), last, half.Direction);
            Report(_linearity.Observe(half, noiseVolts), last, half.Direction);
        }

        Report(_kind == CellKind.Symmetric ? _polarity.Observe(half) : _strip.Observe(half), last, half.Direction);
    }

    /// <summary>A reading without current, whatever came before, V.</summary>
    public void NoteRest(double volts) => _fall.Rest(volts);

    /// <param name="volts">V mirrored as under the load before, V.</param>
    public void ObserveRest(in Sample sample, double volts, double clearVolts, int direction)
    {
        if (_rest.Observe(sample.TimeSeconds, volts, Math.Abs(sample.Amperes), clearVolts, _kind == CellKind.Full) is { } found)
        {
            _findings.Add(found, sample, direction, stands: true);
        }
    }

    public void ObserveHold(in Sample sample, int direction)
    {
        if (_kind == CellKind.Full && direction > 0)
        {
            Report(_leakage.Observe(sample.TimeSeconds, sample.Amperes, sample.Volts), sample, direction);
        }
    }

    /// <summary>A settled sample of a full cell under constant current, now and then.</summary>
    public void ObserveCharge(in Sample sample, double levelVolts, HalfCycleTally tally, double ageSeconds, double noiseVolts)
    {
        if (_kind != CellKind.Full || tally.Direction <= 0)
        {
            return;
        }

        if (_fall.Observe(sample.TimeSeconds, ageSeconds, levelVolts, noiseVolts))
        {
            Report(_fall.Report(levelVolts, noiseVolts), sample, 1);
        }

        JudgeCharge(sample, tally);
    }

    /// <summary>Charge so far, in constant current or hold.</summary>
    public void JudgeCharge(in Sample sample, HalfCycleTally tally)
    {
        if (_kind == CellKind.Full && tally.Direction > 0 && tally.AmpHours > _mostAmpHours)
        {
            var hours = (sample.TimeSeconds - tally.StartSeconds) / 3600;
            Report(FullCellRule.Endless(tally.StartSeconds, tally.AmpHours, _mostAmpHours, sample.Volts, hours), sample, 1);
            _mostAmpHours = double.PositiveInfinity;
        }
    }

    public void ObserveImpedance(ReadOnlySpan<ImpedancePoint> points, in Sample at) => Report(_impedance.Observe(points, at.TimeSeconds), at, 1);

    private void Report(in Evidence? found, in Sample sample, int direction)
    {
        if (found is { } evidence)
        {
            _findings.Add(evidence, sample, direction, stands: true);
        }
    }
}
