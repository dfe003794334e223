using CyclerControl.Analysis.Reports;
using CyclerControl.Core.Runs;
using CyclerControl.Simulation.Wire.Faults;

namespace CyclerControl.Service.Tests.Runs;

/// <summary>A whole run on the simulated BTS program over its socket, with everything that it can do wrong there.</summary>
public sealed class NewareFaultTests
{
    internal const string Cell = "area=0.785cm2,bulk_resistance=20ohm"; // Protections of rule 1 are armed, too.

    internal const string Protocol = """
        protocol: short-cycles
        version: 1
        about: For faults
        measure: cycling
        cell: { kind: symmetric, area: ask }
        record: { every: 1 s }
        sample: { every: 1 s }
        limits: { voltage: { min: -1 V, max: 1 V } }
        short_circuit: { hard: abort, soft: report }
        steps:
          - rest: 1 min
          - repeat: 2
            steps:
              - plate: 0.5 mA/cm2
                for: 10 min
              - strip: 0.5 mA/cm2
                for: 10 min
        """;

    [Theory]
    [InlineData(WireFault.Late)]
    [InlineData(WireFault.Garble)]
    [InlineData(WireFault.Drop)]
    [InlineData(WireFault.Freeze)]
    public async Task Run_LineGoesWrongAgainAndAgain_IsAdoptedWithTheSameChargeAndNoRowTwice(WireFault fault)
    {
        var sound = await RunAsync(null);
        var theirs = await RunAsync(new FaultPlan(fault, 197, new FastTime()) { Late = TimeSpan.FromSeconds(2) });

        Assert.Equal(RunOutcome.Completed, theirs.Ending!.Outcome);
        Assert.True(theirs.Events.Count(told => told.Kind == "link_fault") > 1);
        Assert.Equal(theirs.Events.Count(told => told.Kind == "link_fault"), theirs.Events.Count(told => told.Kind == "adopted"));
        AssertSameRowsAndCharges(sound, theirs);
    }

    // A voltage that is another one in every 50th answer: one reading acts on nothing, and charges are the instrument's own.
    [Fact]
    public async Task Run_VoltagesLieNowAndThen_EndsWithTheSameChargeAndNoShort()
    {
        var sound = await RunAsync(null);
        var theirs = await RunAsync(new FaultPlan(WireFault.Lie, 50, new FastTime()));

        Assert.Equal(RunOutcome.Completed, theirs.Ending!.Outcome);
        Assert.Null(theirs.Short);
        Assert.DoesNotContain(theirs.Events, told => told.Kind == "link_fault");
        AssertSameRowsAndCharges(sound, theirs);
    }

    private static void AssertSameRowsAndCharges(RunReport sound, RunReport theirs)
    {
        Assert.Equal(sound.Totals.Rows, theirs.Totals.Rows);
        Assert.Equal(4, theirs.HalfCycles.Count);
        Assert.All(sound.HalfCycles.Zip(theirs.HalfCycles), pair => Assert.Equal(pair.First.Stretch.AmpHours, pair.Second.Stretch.AmpHours, 1e-12));
    }

    private static async Task<RunReport> RunAsync(FaultPlan? faults)
    {
        using var share = new TemporaryFolder();
        using var station = SimulatedStation.OfNeware("dpf-lpsc", share.Path, faults: faults, reply: TimeSpan.FromMilliseconds(200));
        return await ShippedRun.OfTextAsync(station, "short-cycles.yaml", Protocol, Cell);
    }

    /// <summary>A hundred times as fast, so that what is frozen for 10 s is not frozen for long.</summary>
    private sealed class FastTime : TimeProvider
    {
        public override long TimestampFrequency => System.TimestampFrequency / 100;

        public override long GetTimestamp() => System.GetTimestamp();
    }
}
