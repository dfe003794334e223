using CyclerControl.Analysis.Legs;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Tests.Legs;

public sealed class LegTableTests
{
    /// <summary>On the way down from 1 V a cell at 0.2 V is charged for most of the time.</summary>
    [Fact]
    public void Legs_OfSweeps_HaveTheSignOfTheirDirection()
    {
        var down = Sweep(1, 1, from: 1, to: 0, charging: 0.8e-3, discharging: 0.2e-3);
        var up = Sweep(2, 2, from: 0, to: 1, charging: 0.1e-3, discharging: 0.9e-3);
        var legs = new LegTable([down, up], new ActiveTime([])).Legs;

        Assert.Equal([(-1, 0.2e-3), (1, 0.1e-3)], legs.Select(l => (l.Sign, l.AmpHours)));
        Assert.All(legs, l => Assert.True(l.Finished));
    }

    private static StepRecord Sweep(int count, int halfCycle, double from, double to, double charging, double discharging) => new(
        count, count, "steps[0]", "sweep", null, null, to, null, 1, halfCycle, null, null, 0, 1_000_000_000, charging, discharging, 0, 0, from, to, StepEnd.Time, false, null);
}
