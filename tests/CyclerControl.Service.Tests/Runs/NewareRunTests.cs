using CyclerControl.Analysis.Reports;
using CyclerControl.Core.Runs;

namespace CyclerControl.Service.Tests.Runs;

/// <summary>Shipped protocols on the simulated BTS program, which runs them by itself, against the same cell on a channel that our engine drives.</summary>
public sealed class NewareRunTests
{
    [Fact]
    public async Task PlatingStripping1h_OnNeware_MovesTheSameChargeAsUnderOurEngine()
    {
        var ours = await OursAsync("plating-stripping-1h", "dpf-lpsc", "area=0.785cm2", "cycles=3");
        var theirs = await TheirsAsync("plating-stripping-1h", "dpf-lpsc", "area=0.785cm2", "cycles=3");
        Assert.Equal(RunOutcome.Completed, theirs.Ending!.Outcome);
        Assert.Null(theirs.Short);
        AssertSameHalfCycles(ours, theirs);
    }

    private static void AssertSameHalfCycles(RunReport ours, RunReport theirs)
    {
        Assert.Equal(ours.HalfCycles.Count, theirs.HalfCycles.Count);
        Assert.Equal(ours.PlatedAmpHours, theirs.PlatedAmpHours, 0.001 * ours.PlatedAmpHours);
    }

    private static async Task<RunReport> OursAsync(string protocol, string cell, string given, params string[] settings)
    {
        using var station = SimulatedStation.InProcess(cell);
        return await ShippedRun.OfAsync(station, protocol, given, settings);
    }

    private static async Task<RunReport> TheirsAsync(string protocol, string cell, string given, params string[] settings)
    {
        using var share = new TemporaryFolder();
        using var station = SimulatedStation.OfNeware(cell, share.Path);
        return await ShippedRun.OfAsync(station, protocol, given, settings);
    }
}
