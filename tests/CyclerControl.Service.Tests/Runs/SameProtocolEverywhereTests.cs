using CyclerControl.Analysis.CriticalCurrent;
using CyclerControl.Core.Runs;

namespace CyclerControl.Service.Tests.Runs;

/// <summary>One protocol file, one cell, four ways to an instrument: the same result as without any wire.</summary>
public sealed class SameProtocolEverywhereTests
{
    private const string Cell = "area=0.785cm2,bulk_resistance=40ohm";

    public static TheoryData<string> Ways { get; } = ["scpi over tcp", "scpi over serial", "neware", "biologic"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task CcdStepIncreased_OnAnyInstrument_IsTheSameCriticalCurrent(string way)
    {
        using var plain = SimulatedStation.InProcess("li-lpsc-li");
        var expected = await ShippedRun.OfAsync(plain, "ccd-step-increased", Cell);
        using var folder = new TemporaryFolder();
        using var station = SimulatedStation.Over(way, "li-lpsc-li", folder.Path);
        var report = await ShippedRun.OfAsync(station, "ccd-step-increased", Cell);

        Assert.Equal(RunOutcome.ShortFound, report.Ending!.Outcome);
        Assert.Equal(CcdRelation.Equal, report.Ccd!.Verdict.Relation);
        Assert.Equal(expected.Ccd!.Verdict.Amperes!.Value, report.Ccd.Verdict.Amperes!.Value, 1e-9);
        Assert.Equal(expected.HalfCycles.Count, report.HalfCycles.Count);
        foreach (var (ours, theirs) in expected.HalfCycles.Zip(report.HalfCycles).SkipLast(1))
        {
            Assert.InRange(theirs.Stretch.AmpHours / ours.Stretch.AmpHours, 0.999, 1.001);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task PlatingStripping_OnAnyInstrument_MovesTheSameCharge(string way)
    {
        using var plain = SimulatedStation.InProcess("dpf-lpsc");
        var expected = await ShippedRun.OfAsync(plain, "plating-stripping-1h", Cell, "cycles=3");
        using var folder = new TemporaryFolder();
        using var station = SimulatedStation.Over(way, "dpf-lpsc", folder.Path);
        var report = await ShippedRun.OfAsync(station, "plating-stripping-1h", Cell, "cycles=3");

        Assert.Equal(RunOutcome.Completed, report.Ending!.Outcome);
        Assert.Null(report.Short);
        Assert.Equal(6, report.HalfCycles.Count);
        Assert.Equal(expected.HalfCycles.Count, report.HalfCycles.Count);
        foreach (var (ours, theirs) in expected.HalfCycles.Zip(report.HalfCycles))
        {
            Assert.InRange(theirs.Stretch.AmpHours / ours.Stretch.AmpHours, 0.999, 1.001);
        }
    }
}
