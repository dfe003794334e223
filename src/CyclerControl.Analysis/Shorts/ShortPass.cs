using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Shorts;

/// <summary>One pass over the rows: the charge of the half-cycle up to a detection.</summary>
internal sealed class ShortPass(DetectionEvent detection, ShortKind kind)
{
    private readonly long _time = Nanoseconds.FromSeconds(detection.TimeSeconds);
    private int _halfCycle = -1;
    private double _startCharging;
    private double _startDischarging;
    private SampleRow _previous;
    private bool _any;
    private bool _passed;
    private Charge _at;
    private SampleRow _row;

    public void Take(in SampleRow row)
    {
        if (_passed)
        {
            return;
        }

        if (row.TimeNanoseconds > _time && _any)
        {
            _passed = true;
            _at = Between(_previous, row);
            return;
        }

        if (row.HalfCycle != _halfCycle)
        {
            _halfCycle = row.HalfCycle;
            _startCharging = row.ChargingAmpHours - row.StepChargingAmpHours;
            _startDischarging = row.DischargingAmpHours - row.StepDischargingAmpHours;
        }

        _previous = row;
        _any = true;
        _row = row;
        _at = new Charge(row.ChargingAmpHours - _startCharging, row.DischargingAmpHours - _startDischarging);
    }

    public ShortResult Finish(IReadOnlyList<StepRecord> steps)
    {
        StepRecord? step = steps.Where(s => s.StartNanoseconds < _time && _time <= s.EndNanoseconds).Select(s => (StepRecord?)s).LastOrDefault();
        var amperes = step?.SetAmperes ?? detection.Amperes;
        double? ampHours = !_any ? null : amperes >= 0 ? _at.Charging : _at.Discharging;
        return new ShortResult(kind, detection, step?.HalfCycle ?? (_any ? _row.HalfCycle : 0), amperes, ampHours);
    }

    /// <summary>The detector sees more samples than the file has rows: the charge between two rows is interpolated.</summary>
    private Charge Between(in SampleRow before, in SampleRow after)
    {
        var here = new Charge(before.ChargingAmpHours - _startCharging, before.DischargingAmpHours - _startDischarging);
        if (after.HalfCycle != before.HalfCycle || after.TimeNanoseconds == before.TimeNanoseconds)
        {
            return here;
        }

        var share = (double)(_time - before.TimeNanoseconds) / (after.TimeNanoseconds - before.TimeNanoseconds);
        return new Charge(
            here.Charging + (share * (after.ChargingAmpHours - before.ChargingAmpHours)),
            here.Discharging + (share * (after.DischargingAmpHours - before.DischargingAmpHours)));
    }

    private readonly record struct Charge(double Charging, double Discharging);
}
