using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Reports;

/// <summary>What all rows together tell.</summary>
/// <param name="Last">The last row; null without rows.</param>
/// <param name="MeanCelsius">Time-mean of the measured temperature, degC; null where it was not measured.</param>
/// <param name="ChargingAmpHours">Ah with I > 0, from steps and rows.</param>
/// <param name="DischargingAmpHours">Ah with I &lt; 0, positive.</param>
public sealed record RowTotals(
    long Rows,
    SampleRow? Last,
    double? MeanCelsius,
    double? MinCelsius,
    double? MaxCelsius,
    double ChargingAmpHours,
    double DischargingAmpHours);

/// <summary>One pass over the rows: last row and temperature.</summary>
internal sealed class RowTotalsPass
{
    private long _rows;
    private SampleRow _last;
    private double? _previousCelsius;
    private long _previousTime;
    private double _integral;
    private double _seconds;
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;

    public void Take(in SampleRow row)
    {
        _rows++;
        _last = row;
        if (row.Celsius is not { } celsius)
        {
            return;
        }

        if (_previousCelsius is { } before && row.TimeNanoseconds > _previousTime)
        {
            var seconds = (row.TimeNanoseconds - _previousTime) * 1e-9;
            _integral += 0.5 * (before + celsius) * seconds;
            _seconds += seconds;
        }

        (_previousCelsius, _previousTime) = (celsius, row.TimeNanoseconds);
        _min = Math.Min(_min, celsius);
        _max = Math.Max(_max, celsius);
    }

    /// <summary>Both sources are cumulative: the one that reaches further counts.</summary>
    public RowTotals Finish(IReadOnlyList<StepRecord> steps) => new(
        _rows,
        _rows > 0 ? _last : null,
        _seconds > 0 ? _integral / _seconds : _previousCelsius,
        _previousCelsius is null ? null : _min,
        _previousCelsius is null ? null : _max,
        Math.Max(_last.ChargingAmpHours, steps.Sum(s => s.ChargingAmpHours)),
        Math.Max(_last.DischargingAmpHours, steps.Sum(s => s.DischargingAmpHours)));
}
