using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Schedules;

/// <summary>Whether an instrument that sweeps by itself does so as the protocol says: how it takes what was written to it, nobody has tried.</summary>
internal sealed class SweepFit
{
    private const int RowsInARow = 3;

    /// <summary>Beside the channel's own error and what the sweep moves in <see cref="ClockSeconds"/>, V.</summary>
    private const double MostVolts = 0.02;

    /// <summary>What its clock of the step and the time of a reading may differ, s.</summary>
    private const double ClockSeconds = 2;

    private int _off;

    /// <param name="begins">The step begins with it.</param>
    /// <param name="offsetVolts">What the channel's reading may be off, V.</param>
    /// <returns>What does not fit; null: nothing.</returns>
    public string? Take(in ScheduleRow row, bool begins, StepNode step, double offsetVolts)
    {
        if (step.Sweep is not { FromVolts: { } from } path)
        {
            return null;
        }

        var expected = path.VoltsAt(from, row.StepSeconds);
        var isOff = !begins && Math.Abs(row.Volts - expected) > MostVolts + offsetVolts + (ClockSeconds * path.VoltsPerSecond);
        _off = isOff ? _off + 1 : 0;
        return _off < RowsInARow ? null : FormattableString.Invariant(
            $"{step.Path} sweeps from {from} V to {path.ToVolts} V, and {row.StepSeconds:0.#} s after it began the instrument's record has {row.Volts:0.####} V for {expected:0.####} V, {RowsInARow} records in a row");
    }
}
