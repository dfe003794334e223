using CyclerControl.Cli.Tests.Processes;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Reading;

namespace CyclerControl.Cli.Tests.Commands;

/// <summary>The process dies without a chance to say goodbye, or somebody else wants its file.</summary>
public sealed class KilledRunTests
{
    /// <summary>Rows are asked for every 100 ms; at 50 times real time a busy machine may miss some.</summary>
    private const long LongestGapNanoseconds = 60_000_000_000;

    [Fact]
    public void Runs_AfterAKill_ListsTheRunAsInterruptedWithAllThatWasCommitted()
    {
        using var bench = new Workbench(SmallProtocols.Endless);
        var committed = RunUntilKilled(bench);

        var runs = bench.Cycler("runs", "--json");
        var report = bench.Cycler("report", "last", "--json");
        var export = bench.Cycler("export", "last");

        var listed = Workbench.Json(runs.Output)[0];
        Assert.Equal("interrupted", listed.GetProperty("outcome").GetString());
        Assert.True(report.ExitCode == 0, report.Error);
        Assert.Equal("interrupted", Workbench.Json(report.Output).GetProperty("outcome").GetString());
        using var reader = RunFileReader.Open(bench.RunFolder);
        Assert.Equal(RunOutcome.Interrupted, reader.Ending?.Outcome);
        var rows = reader.EnumerateSamples().ToList();
        Assert.True(rows.Count >= committed, $"{rows.Count} rows, {committed} were committed");
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.InRange(pair.Second.TimeNanoseconds - pair.First.TimeNanoseconds, 0, LongestGapNanoseconds));
        Assert.True(export.ExitCode == 0, export.Error);
        Assert.Equal(rows.Count + 1, export.OutputLines.Length);
    }

    [Fact]
    public void Report_WhileTheRunGoesOn_IsOfWhatThereIsAndLeavesTheRunAlone()
    {
        using var bench = new Workbench(SmallProtocols.Endless);
        using var run = bench.StartRun("--speed", "50");
        run.WaitForLine(l => l.Contains("half-cycle   1", StringComparison.Ordinal));

        var report = bench.Cycler("report", "last", "--json");
        var runs = bench.Cycler("runs");
        run.Interrupt();

        Assert.True(report.ExitCode == 0, report.Error);
        Assert.Equal("unfinished", Workbench.Json(report.Output).GetProperty("outcome").GetString());
        Assert.EndsWith("running", Assert.Single(runs.OutputLines));
        Assert.Equal(1, run.WaitForExit().ExitCode);
        Assert.Equal("stopped", bench.Report().GetProperty("outcome").GetString());
    }

    [Fact]
    public void RunFolder_OfARunThatGoesOn_CannotBeOwnedByASecondProcess()
    {
        using var bench = new Workbench(SmallProtocols.Endless);
        using var run = bench.StartRun("--speed", "50");
        run.WaitForLine(l => l.Contains("half-cycle   1", StringComparison.Ordinal));

        var refused = Assert.ThrowsAny<Exception>(() => RunFolder.Own(bench.RunFolder));
        run.Interrupt();

        Assert.Contains("this run is being recorded by another process; wait until it has ended, or stop it", refused.Message);
        Assert.Equal(1, run.WaitForExit().ExitCode);
    }

    // 10 s until it is plain that nobody answers, 10 s more until the link is given up.
    [Fact]
    public void Run_EndedWhileTheInstrumentIsGone_ClosesTheRecordingAndSaysThatTheOutputIsUnconfirmed()
    {
        using var bench = new Workbench(SmallProtocols.Endless);
        using var simulator = RunningProgram.Simulator("--tcp", "0");
        var address = simulator.WaitForLine(l => l.StartsWith("listening on tcp://127.0.0.1:", StringComparison.Ordinal)).Trim()["listening on ".Length..];
        bench.Write("lab.yaml", $"station: lab\nabout: one\ninstruments:\n  - {{ name: c, profile: scpi-cycler-8ch, connect: \"{address}\" }}\n");
        using var run = bench.StartRun("--station", "lab.yaml", "--channel", "c/1");
        run.WaitForLine(l => l.Contains("half-cycle   1", StringComparison.Ordinal));

        simulator.KillHard();
        run.WaitForLine(l => l.Contains("link lost, output UNCONFIRMED", StringComparison.Ordinal));
        run.Interrupt();
        var result = run.WaitForExit();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("OUTPUT STILL UNCONFIRMED: look at the instrument", result.Error, StringComparison.Ordinal);
        Assert.Equal("stopped", bench.Report().GetProperty("outcome").GetString());
        using var reader = RunFileReader.Open(bench.RunFolder);
        Assert.Equal(["link_fault", "output_unconfirmed"], reader.Events.Select(e => e.Kind).Where(kind => kind is "link_fault" or "output_unconfirmed").Take(2));
        Assert.Equal("output_unconfirmed", reader.Events.Last(e => e.Kind.StartsWith("output_", StringComparison.Ordinal)).Kind);
    }

    /// <returns>Rows that were durable before the kill.</returns>
    private static int RunUntilKilled(Workbench bench)
    {
        using var run = bench.StartRun("--speed", "50");
        run.WaitForLine(l => l.Contains("half-cycle   1", StringComparison.Ordinal));
        var committed = bench.WaitForRows(run, 100);

        run.KillHard();
        run.WaitForExit();
        return committed;
    }
}
