using CyclerControl.Analysis.Reports;
using CyclerControl.Core.Runs;
using CyclerControl.Simulation.Shorts;

namespace CyclerControl.Service.Tests.Runs;

/// <summary>Cyclic voltammetry: by steps of our own on set-point instruments, by the box itself on a Neware one.</summary>
public sealed class SweepRunTests
{
    private const string Cell = "area=0.785cm2,bulk_resistance=40ohm";

    public static TheoryData<string> Ways { get; } = ["scpi over tcp", "scpi over serial", "neware"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task CyclicVoltammetry_OnAnyInstrument_MovesTheSameCharges(string way)
    {
        using var plain = SimulatedStation.InProcess("dpf-lpsc");
        var expected = await RunAsync(plain);
        using var folder = new TemporaryFolder();
        using var station = SimulatedStation.Over(way, "dpf-lpsc", folder.Path);
        var report = await RunAsync(station);

        Assert.Equal(expected.Steps.Select(s => (s.Verb, s.SetVolts, s.Cycle, s.HalfCycle)), report.Steps.Select(s => (s.Verb, s.SetVolts, s.Cycle, s.HalfCycle)));
        foreach (var (ours, theirs) in expected.Steps.Zip(report.Steps).Skip(1))
        {
            Assert.Equal((ours.EndNanoseconds - ours.StartNanoseconds) * 1e-9, (theirs.EndNanoseconds - theirs.StartNanoseconds) * 1e-9, 1.01);
            Assert.Equal(ours.SetVolts!.Value, theirs.EndVolts!.Value, 1e-3);
            var moved = ours.ChargingAmpHours + ours.DischargingAmpHours;
            Assert.True(moved > 10e-6);
            Assert.Equal(ours.ChargingAmpHours, theirs.ChargingAmpHours, 0.005 * moved);
            Assert.Equal(ours.DischargingAmpHours, theirs.DischargingAmpHours, 0.005 * moved);
        }
    }

    /// <summary>The charges of a scan come to nearly nothing; its legs have signs all the same.</summary>
    [Fact]
    public async Task CyclicVoltammetry_Scans_AreCyclesOfARisingAndAFallingLeg()
    {
        using var station = SimulatedStation.InProcess("dpf-lpsc");
        var report = await RunAsync(station);

        Assert.Equal([1, 2, 3], report.Cycles.Select(c => c.Cycle));
        Assert.All(report.Cycles, c => Assert.Equal(1, c.First.Sign));
        Assert.All(report.Cycles.SkipLast(1), c => Assert.Equal(-1, c.Second!.Sign));
        Assert.Null(report.Short);
        Assert.Empty(report.Detections);
    }

    [Theory]
    [InlineData("scpi over tcp", "current.max")]
    [InlineData("neware", "protect")]
    public async Task CyclicVoltammetry_CellShorts_TripsOnTheSurge(string way, string words)
    {
        using var folder = new TemporaryFolder();
        using var station = SimulatedStation.Over(way, "dpf-lpsc", folder.Path, new ShortInjection(230.5, 230.5, 1));
        var report = await ConcludedAsync(station);

        Assert.Equal(RunOutcome.Tripped, report.Ending!.Outcome);
        Assert.Equal("sweep", report.Steps[^1].Verb);
        Assert.Equal(StepEnd.Interrupted, report.Steps[^1].End);
        Assert.Contains(words, report.Ending.Reason, StringComparison.Ordinal);
    }

    private static async Task<RunReport> RunAsync(SimulatedStation station)
    {
        var report = await ConcludedAsync(station);
        Assert.Equal(RunOutcome.Completed, report.Ending!.Outcome);
        Assert.Equal(6, report.Steps.Count);
        return report;
    }

    private static Task<RunReport> ConcludedAsync(SimulatedStation station) => ShippedRun.OfAsync(station, "cyclic-voltammetry", Cell, "scans=2", "rate=1 mV/s");
}
