using CyclerControl.Core.Detection.Models;

namespace CyclerControl.Core.Detection.Rules;

/// <summary>Rule 9, balance of a full cell: what a path beside the cell takes is charged and never comes back.</summary>
internal sealed class FullCellRule
{
    private readonly FullCellSettings _settings;
    private readonly double _nominalAmpHours;
    private HalfCycleRecord? _charge;
    private HalfCycleRecord? _discharge;
    private HalfCycleRecord? _lastCharge;
    private HalfCycleRecord? _lastDischarge;
    private int _cycles;
    private int _low;
    private int _high;

    /// <param name="nominalAmpHours">Nominal capacity, Ah; null: unknown.</param>
    public FullCellRule(FullCellSettings settings, double? nominalAmpHours)
    {
        _settings = settings;
        _nominalAmpHours = nominalAmpHours ?? double.PositiveInfinity;
    }

    /// <summary>A charge that takes more than this is endless, Ah; infinity: nothing to compare with.</summary>
    /// <param name="amperes">|I| of the charge that begins, A.</param>
    public double MostAmpHours(double amperes)
    {
        var most = _settings.NominalRatio * _nominalAmpHours;
        return _cycles >= _settings.FirstCycle - 1 && _charge is { } last && _lastCharge is { } before && _discharge is { } out1 && _lastDischarge is { } out2
            && Same(last, before) && Same(out1, out2) && last.SetAmperes is { } rate && Math.Abs(amperes - rate) <= _settings.SameRate * rate
            ? Math.Min(most, _settings.ChargeRatio * last.AmpHours)
            : most;
    }

    /// <summary>What an endless charge says.</summary>
    public static Evidence Endless(double startSeconds, double ampHours, double mostAmpHours, double volts, double hours)
    {
        var leak = hours > 0 ? (ampHours - mostAmpHours) / hours : 0;
        return new Evidence(
            9, DetectionKind.FullCellShort, startSeconds, null, ampHours, mostAmpHours, leak > 0 ? volts / leak : null,
            Evidence.Say($"Endless charge: {ampHours * 1e3:G4} mAh have gone in where {mostAmpHours * 1e3:G4} mAh are the most that belongs there; a part of it goes around the cell."));
    }

    /// <summary>A half-cycle is over.</summary>
    public Evidence? Observe(in HalfCycleRecord half)
    {
        if (half.Direction > 0)
        {
            _lastCharge = _charge;
            _charge = half;
            return null;
        }

        _lastDischarge = _discharge;
        _discharge = half;
        if (_charge is not { AmpHours: > 0 } charge)
        {
            return null;
        }

        _cycles++;
        var comparable = _lastCharge is { } c && _lastDischarge is { } d && Same(charge, c) && Same(half, d);
        return _cycles >= _settings.FirstCycle && comparable ? Efficiency(half.AmpHours / charge.AmpHours, charge, (half.ErrorAmpHours + charge.ErrorAmpHours) / charge.AmpHours) : Forget();
    }

    private Evidence? Forget()
    {
        _low = 0;
        _high = 0;
        return null;
    }

    private Evidence? Efficiency(double efficiency, in HalfCycleRecord charge, double error)
    {
        _low = efficiency < _settings.LowestEfficiency - error ? _low + 1 : 0;
        _high = efficiency > _settings.HighestEfficiency + error ? _high + 1 : 0;
        if (_low == 2)
        {
            var hours = (charge.EndSeconds - charge.StartSeconds) / 3600;
            var lost = (1 - efficiency) * charge.AmpHours / hours;
            return Report(
                charge, efficiency, _settings.LowestEfficiency, charge.EndVolts / lost, true, "a part of the charge goes around the cell instead of into it.");
        }

        if (_high == 2 || efficiency > _settings.NotableEfficiency + error)
        {
            return Report(charge, efficiency, _settings.HighestEfficiency, null, true, "more comes out than went in.");
        }

        return efficiency > _settings.NotedEfficiency + error ? Report(charge, efficiency, _settings.NotedEfficiency, null, false, "more came out than went in; once it may be temperature or the meter.") : null;
    }

    private static Evidence Report(in HalfCycleRecord charge, double efficiency, double threshold, double? ohms, bool notable, string text) => new(
        9, DetectionKind.FullCellShort, charge.StartSeconds, null, efficiency, threshold, ohms,
        Evidence.Say($"Coulombic efficiency of {100 * efficiency:G4} %: ") + text, notable);

    private bool Same(in HalfCycleRecord a, in HalfCycleRecord b) => a.SetAmperes is { } x && b.SetAmperes is { } y && Math.Abs(x - y) <= _settings.SameRate * x
        && a.EndVolts is { } v && b.EndVolts is { } w && Math.Abs(v - w) <= _settings.SameWindowVolts;
}
