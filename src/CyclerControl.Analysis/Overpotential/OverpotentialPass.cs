using CyclerControl.Analysis.Legs;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Overpotential;

/// <summary>One pass over the rows: mean, end and smallest overpotential of every stretch. The mean is weighted by time, by the trapezoid.</summary>
internal sealed class OverpotentialPass(LegTable table, double offsetVolts)
{
    private const long SettledNanoseconds = 60 * Nanoseconds.PerSecond;

    private readonly HalfCycleResult?[] _results = new HalfCycleResult?[table.Stretches.Count];
    private int _stretch = -1;
    private long _half;
    private int _previousStep = -1;
    private double _previousSeconds;
    private double _previousVolts;
    private double _integral;
    private double _covered;
    private double _lastInHalf;
    private bool _anyInHalf;
    private double _min;

    /// <summary>Rows must come in the order of time.</summary>
    /// <param name="stepIndex">Index of the row's step in the table; -1: a step without a result.</param>
    public void Take(in SampleRow row, int stepIndex)
    {
        if (stepIndex < 0 || row.Reason == RowReason.Confirmation)
        {
            return;
        }

        var place = table.PlaceOf(stepIndex);
        if (place.Stretch < 0 || row.StepTimeNanoseconds > place.ConstantCurrentNanoseconds)
        {
            return;
        }

        if (place.Stretch != _stretch)
        {
            Close();
            Open(place.Stretch);
        }

        var time = place.OffsetNanoseconds + row.StepTimeNanoseconds;
        var volts = Math.Abs(row.Volts - offsetVolts);
        Add(stepIndex, (time - _half) * 1e-9, volts);
        if (time >= SettledNanoseconds)
        {
            _min = Math.Min(_min, volts);
        }
    }

    public IReadOnlyList<HalfCycleResult> Finish()
    {
        Close();
        return [.. table.Stretches.Select((stretch, i) => _results[i] ?? new HalfCycleResult(stretch, null, null, null))];
    }

    /// <param name="seconds">Since the middle of the stretch.</param>
    private void Add(int stepIndex, double seconds, double volts)
    {
        if (stepIndex == _previousStep && seconds > 0 && seconds > _previousSeconds)
        {
            var (from, fromVolts) = (_previousSeconds, _previousVolts);
            if (from < 0)
            {
                fromVolts += (volts - fromVolts) * -from / (seconds - from);
                from = 0;
            }

            _integral += 0.5 * (fromVolts + volts) * (seconds - from);
            _covered += seconds - from;
        }

        if (seconds >= 0)
        {
            _lastInHalf = volts;
            _anyInHalf = true;
        }

        (_previousStep, _previousSeconds, _previousVolts) = (stepIndex, seconds, volts);
    }

    private void Open(int stretch)
    {
        _stretch = stretch;
        _half = table.Stretches[stretch].ActiveNanoseconds / 2;
        _previousStep = -1;
        _integral = 0;
        _covered = 0;
        _anyInHalf = false;
        _min = double.PositiveInfinity;
    }

    private void Close()
    {
        if (_stretch < 0)
        {
            return;
        }

        var stretch = table.Stretches[_stretch];
        double? mean = !stretch.Finished || !_anyInHalf ? null : _covered > 0 ? _integral / _covered : _lastInHalf;
        _results[_stretch] = new HalfCycleResult(stretch, mean, _previousVolts, double.IsFinite(_min) ? _min : null);
    }
}
