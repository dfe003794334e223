using System.Globalization;
using System.Text;
using CyclerControl.Analysis.CriticalCurrent;
using CyclerControl.Analysis.Reports;
using CyclerControl.Core.Runs;
using CyclerControl.Simulation.Shorts;
using CyclerControl.Simulation.Wire.Faults;

namespace CyclerControl.Service.Tests.Runs;

/// <summary>Protocols on the simulated BTS program, which runs them by itself, against the same cell on a channel that our engine drives.</summary>
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

    [Fact]
    public async Task CcdStepIncreased_OnNeware_FindsTheSameCriticalCurrent()
    {
        var ours = await OursAsync("ccd-step-increased", "li-lpsc-li", "area=0.785cm2");
        var theirs = await TheirsAsync("ccd-step-increased", "li-lpsc-li", "area=0.785cm2");
        Assert.Equal(RunOutcome.ShortFound, theirs.Ending!.Outcome);
        Assert.Equal(CcdRelation.Equal, theirs.Ccd!.Verdict.Relation);
        Assert.Equal(ours.Ccd!.Verdict.Amperes!.Value, theirs.Ccd.Verdict.Amperes!.Value, 1e-9);
    }

    [Fact]
    public async Task CccvCycling_OnNeware_HoldsWithinTheStep()
    {
        const string Cell = "area=0.785cm2,nominal_capacity=2mAh";
        var ours = await OursAsync("cccv-cycling", "ncm83125-li", Cell, "cycles=1");
        var theirs = await TheirsAsync("cccv-cycling", "ncm83125-li", Cell, "cycles=1");
        Assert.Equal(RunOutcome.Completed, theirs.Ending!.Outcome);
        AssertSameHalfCycles(ours, theirs, 0.002);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task AnyProtocol_OnNeware_MovesTheSameChargesAsUnderOurEngine(int seed)
    {
        var text = Protocol(new Random(seed));
        using var station = SimulatedStation.InProcess("dpf-lpsc", shorts: false);
        var ours = await ShippedRun.OfTextAsync(station, "any.yaml", text, "area=1cm2");
        using var share = new TemporaryFolder();
        using var neware = SimulatedStation.OfNeware("dpf-lpsc", share.Path, shorts: false);
        var theirs = await ShippedRun.OfTextAsync(neware, "any.yaml", text, "area=1cm2");
        Assert.Equal(RunOutcome.Completed, ours.Ending!.Outcome);
        Assert.Equal(RunOutcome.Completed, theirs.Ending!.Outcome);
        AssertSameHalfCycles(ours, theirs);
    }

    [Fact]
    public async Task PlatingStripping1h_LineDropsAgainAndAgain_IsAdoptedWithTheSameCharge()
    {
        var ours = await OursAsync("plating-stripping-1h", "dpf-lpsc", "area=0.785cm2", "cycles=2");
        using var share = new TemporaryFolder();
        using var station = SimulatedStation.OfNeware("dpf-lpsc", share.Path, faults: new FaultPlan(WireFault.Drop, 1499, TimeProvider.System));
        var theirs = await ShippedRun.OfAsync(station, "plating-stripping-1h", "area=0.785cm2,bulk_resistance=20ohm", "cycles=2"); // protections of rule 1 are armed, too
        Assert.Equal(RunOutcome.Completed, theirs.Ending!.Outcome);
        AssertSameHalfCycles(ours, theirs);
    }

    [Fact]
    public async Task PlatingStripping1h_HardShort_IsSwitchedOffByTheBoxBeforeWeAsk()
    {
        using var share = new TemporaryFolder();
        using var station = SimulatedStation.OfNeware(
            "dpf-lpsc", share.Path, shorts: false, injection: new ShortInjection(3000.5, 3000.5, 1));
        var report = await ShippedRun.OfAsync(station, "plating-stripping-1h", "area=0.785cm2,bulk_resistance=30ohm", "cycles=2");
        Assert.Equal(RunOutcome.Tripped, report.Ending!.Outcome);
        Assert.NotNull(report.Short);
        var seconds = station.ThroughputAmpHours!.Value * 3600 / (0.5e-3 * 0.785);
        Assert.InRange(seconds, 3003.4, 3004.6); // The short after 3000.5 s, and the 3 s of the protection; the next fetch is at 3005 s.
    }

    [Fact]
    public async Task Gitt_WhichAStepFileCannotSay_IsRefusedByThePreflightWithEveryReason()
    {
        using var share = new TemporaryFolder();
        using var data = new TemporaryFolder();
        using var station = SimulatedStation.OfNeware("ncm83125-li", share.Path);
        var file = ShippedRun.FileOf("gitt");
        var order = ShippedRun.Order(station, file, await File.ReadAllTextAsync(file), "area=0.785cm2,nominal_capacity=2mAh", []);

        var (session, conclusion) = await ShippedRun.ConcludeAsync(station, data, order);

        Assert.Contains("cannot run this protocol by itself: steps", conclusion.Refusal, StringComparison.Ordinal);
        Assert.Contains("end_repeat", conclusion.Refusal, StringComparison.Ordinal);
        Assert.True(session.Preflight.Failures.Count() > 1);
        Assert.Empty(Directory.GetFiles(share.Path));
        Assert.Null(session.Folder);
    }

    /// <summary>Rests, plating and stripping by time and charge, in repeats and ramps, at most two deep.</summary>
    private static string Protocol(Random random)
    {
        var text = new StringBuilder("protocol: any\nversion: 1\nabout: Made by a test\nmeasure: cycling\ncell: { kind: symmetric, area: ask }\n")
            .Append("record: { every: 10 s }\nsample: { every: 1 s }\nlimits:\n  voltage: { min: -1 V, max: 1 V, longer_than: 1 s }\n")
            .Append("short_circuit: { hard: abort, soft: report }\non_restart: stop\non_link_loss: stop\nsteps:\n  - rest: 1 min\n");
        for (var i = 0; i < 3; i++)
        {
            Part(text, random, "  ", random.Next(3));
        }

        return text.ToString();
    }

    private static void Part(StringBuilder text, Random random, string indent, int kind)
    {
        switch (kind)
        {
            case 0:
                Pair(text, random, indent, string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, 9) * 0.1:0.0} mA"));
                break;
            case 1:
                _ = text.Append(CultureInfo.InvariantCulture, $"{indent}- repeat: {random.Next(2, 4)}\n{indent}  steps:\n");
                Part(text, random, indent + "    ", indent.Length > 2 ? 0 : random.Next(3));
                _ = text.Append(CultureInfo.InvariantCulture, $"{indent}    - rest: {random.Next(1, 300)} s\n");
                break;
            default:
                _ = text.Append(CultureInfo.InvariantCulture, $"{indent}- ramp: {{ from: 0.1 mA/cm2, by: 0.1 mA/cm2, to: 0.{random.Next(2, 5)} mA/cm2 }}\n{indent}  steps:\n");
                Pair(text, random, indent + "    ", "ramp");
                break;
        }
    }

    private static void Pair(StringBuilder text, Random random, string indent, string current)
    {
        var first = random.Next(2) == 0;
        foreach (var verb in (string[])[first ? "plate" : "strip", first ? "strip" : "plate"])
        {
            var end = random.Next(2) == 0
                ? string.Create(CultureInfo.InvariantCulture, $"for: {random.Next(30, 900)} s")
                : string.Create(CultureInfo.InvariantCulture, $"until: {random.Next(5, 80)} uAh");
            _ = text.Append(CultureInfo.InvariantCulture, $"{indent}- {verb}: {current}\n{indent}  {end}\n");
        }
    }

    private static void AssertSameHalfCycles(RunReport ours, RunReport theirs, double fraction = 0.001)
    {
        Assert.Equal(ours.HalfCycles.Count, theirs.HalfCycles.Count);
        Assert.All(
            ours.HalfCycles.Zip(theirs.HalfCycles),
            pair => Assert.Equal(pair.First.Stretch.AmpHours, pair.Second.Stretch.AmpHours, fraction * Math.Abs(pair.First.Stretch.AmpHours)));
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
