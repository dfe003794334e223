using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Schedules;

/// <summary>
/// Whether the record of a watched channel can be one of the protocol: what was programmed there cannot be read, only what it does. Compares currents and the
/// times of steps; the direction is <see cref="ScheduleStep.Is"/>'s.
/// </summary>
internal sealed class RecordFit
{
    private const int RowsInARow = 3;
    private const double SettlingSeconds = 2;
    private const double MostDeviation = 0.1;
    private const double LeastOfTheTime = 0.9;

    /// <summary>So near to the voltage of a constant-voltage part the current may have begun to fall, V.</summary>
    private const double AtGoalVolts = 0.01;

    private int _off;
    private bool _isAtGoal;
    private double? _lastSeconds;
    private double _rowSeconds;

    /// <summary>A row of a step, after the engine was brought into that step.</summary>
    /// <param name="begins">The step begins with it.</param>
    /// <param name="amperes">|I| that the protocol asks for, A.</param>
    /// <param name="offsetAmperes">What the channel's reading may be off at any current, A.</param>
    /// <returns>What does not fit; null: nothing.</returns>
    public string? Take(in ScheduleRow row, bool begins, StepNode step, double amperes, double offsetAmperes)
    {
        if (begins)
        {
            (_off, _isAtGoal) = (0, false);
        }
        else if (_lastSeconds is { } last)
        {
            _rowSeconds = row.StepSeconds - last;
        }

        _lastSeconds = row.StepSeconds;
        _isAtGoal |= MayBeHolding(row, step);
        var isOff = step.Kind == StepKind.Current && !begins && !_isAtGoal && row.StepSeconds >= SettlingSeconds
            && Math.Abs((step.Direction * row.Amperes) - amperes) > (MostDeviation * amperes) + offsetAmperes;
        _off = isOff ? _off + 1 : 0;
        return _off < RowsInARow ? null : FormattableString.Invariant(
            $"{step.Path} asks for {step.Direction * amperes * 1000:0.####} mA, and the instrument's record has {row.Amperes * 1000:0.####} mA, {RowsInARow} records in a row");
    }

    /// <summary>The record has gone on to its next step.</summary>
    /// <param name="seconds">That the step took, s; as exact as the distance of the last two records.</param>
    /// <returns>What does not fit; null: nothing.</returns>
    public string? End(StepNode step, double seconds) =>
        step is { ForSeconds: { } planned, Goals.IsEmpty: true } && seconds < Math.Min(LeastOfTheTime * planned, planned - _rowSeconds)
            ? FormattableString.Invariant($"{step.Path} lasts {planned:0.###} s and has no other end, and in the instrument's record it ended after {seconds:0.###} s")
            : null;

    private static bool MayBeHolding(in ScheduleRow row, StepNode step)
    {
        if (step.HoldUntil is null)
        {
            return false;
        }

        foreach (var goal in step.Goals)
        {
            if (goal.Kind == GoalKind.Voltage && step.Direction * (row.Volts - goal.Value) >= -AtGoalVolts)
            {
                return true;
            }
        }

        return false;
    }
}
