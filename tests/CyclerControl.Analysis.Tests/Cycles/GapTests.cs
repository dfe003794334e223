using CyclerControl.Analysis.Legs;
using CyclerControl.Analysis.Reports;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Tests.Cycles;

public sealed class GapTests
{
    /// <summary>Three cycles of two hours.</summary>
    private static ScriptedRun ThreeCycles()
    {
        var run = new ScriptedRun { Measure = Measure.Cycling, Cell = new CellSpec { Kind = CellKind.Full, AreaSquareCentimetres = 1 } };
        foreach (var discharge in (double[])[-0.9e-3, -0.5e-3, -0.8e-3])
        {
            run.Current(1e-3, 3600, _ => 4, l => l with { End = StepEnd.Voltage }).Current(discharge, 3600, _ => 3, l => l with { End = StepEnd.Voltage });
        }

        return run;
    }

    [Theory]
    [InlineData("restart_gap", 9000, 9600)]
    [InlineData("recording_gap", 9000, 9010)]
    [InlineData("restart_gap", 7300, 14_300)]
    public void Cycle_WithAGap_IsMarkedAndLeftOutOfAverages(string kind, double from, double to)
    {
        var run = ThreeCycles();
        run.Events.Add(new RunEvent(Nanoseconds.FromSeconds(from), kind, "a gap", null, Nanoseconds.FromSeconds(to)));

        var report = run.Report(RunOutcome.Completed);

        Assert.Equal([false, true, false], report.Cycles.Select(c => c.HasGap));
        Assert.Equal(0.85, report.Efficiency!.Mean!.Value, 12);
        Assert.Equal([2], report.Efficiency.CyclesWithGap);
        Assert.Equal(0.8 / 0.9, report.Retention!.LastOfFirst, 12);
        Assert.Contains(report.Notes, n => n.StartsWith("cycle 2 has a gap", StringComparison.Ordinal));
        Assert.Contains("\"gap\": true", ReportJson.Write(report, indented: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Cycle_WithALostLink_IsMarkedUntilItIsBack()
    {
        var run = ThreeCycles().Event("link_lost", atSeconds: 7000).Event("link_back", atSeconds: 7300);

        Assert.Equal([true, true, false], run.Report(RunOutcome.Completed).Cycles.Select(c => c.HasGap));
    }

    [Fact]
    public void Cycles_WithoutAGap_AreAllCounted()
    {
        var report = ThreeCycles().Event("paused", atSeconds: 7000).Event("resumed", atSeconds: 7300).Report(RunOutcome.Completed);

        Assert.All(report.Cycles, c => Assert.False(c.HasGap));
        Assert.Equal(3, report.Efficiency!.Count);
        Assert.DoesNotContain(report.Notes, n => n.Contains("gap", StringComparison.Ordinal));
    }

    [Fact]
    public void Retention_OnlyCyclesWithAGap_IsNotGiven()
    {
        var run = ThreeCycles();
        run.Events.Add(new RunEvent(0, "restart_gap", "", null, Nanoseconds.FromSeconds(1e6)));

        Assert.Null(run.Report(RunOutcome.Completed).Retention);
    }

    [Fact]
    public void ActiveTime_OverARestart_LeavesTheGapOut()
    {
        var second = Nanoseconds.PerSecond;
        var active = new ActiveTime([new RunEvent(10 * second, "restart_gap", "", null, 40 * second), new RunEvent(40 * second, "restarted", "")]);

        Assert.Equal(20 * second, active.Between(0, 50 * second));
    }
}
