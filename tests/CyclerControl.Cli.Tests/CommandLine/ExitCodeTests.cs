using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Tests.Processes;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Reading;

namespace CyclerControl.Cli.Tests.CommandLine;

/// <summary>How the built program ends when a run ends: one start for each way. Bad input and broken instruments have their own files.</summary>
public sealed class ExitCodeTests
{
    [Fact]
    public void Run_AllStepsDone_IsPlanned()
    {
        using var bench = new Workbench(SmallProtocols.Cycling);

        var result = bench.Run();

        Assert.True(result.ExitCode == ExitCode.Planned, result.Error);
        Assert.Contains(result.OutputLines, l => l.StartsWith("The run ended as planned after 8.167 min", StringComparison.Ordinal));
        Assert.Contains(result.OutputLines, l => l == $"recording and report: {bench.RunFolder}");
        Assert.Equal("completed", bench.Report().GetProperty("outcome").GetString());
        Assert.Equal("", result.Error);
    }

    [Fact]
    public void Run_ProtocolLimitReached_IsTripped()
    {
        using var bench = new Workbench(SmallProtocols.Trip);

        var result = bench.Run("--truth", "truth.jsonl");

        Assert.Equal(ExitCode.Tripped, result.ExitCode);
        Assert.Contains("voltage.max", result.Output);
        Assert.Equal("tripped", bench.Report().GetProperty("outcome").GetString());
        AssertOutputIsOff(bench);
    }

    [Fact]
    public void Run_GoalNotReachedInTime_IsProtection()
    {
        using var bench = new Workbench(SmallProtocols.Protection);

        var result = bench.Run("--truth", "truth.jsonl");

        Assert.Equal(ExitCode.Tripped, result.ExitCode);
        Assert.Contains("the goal of 'strip' was not reached in time", result.Output);
        Assert.Equal("protected", bench.Report().GetProperty("outcome").GetString());
        AssertOutputIsOff(bench);
    }

    [Fact]
    public void Run_CtrlCInTheMiddle_SwitchesOffClosesTheRecordingAndIsStopped()
    {
        using var bench = new Workbench(SmallProtocols.Endless);
        using var run = bench.StartRun("--speed", "1", "--truth", "truth.jsonl");
        run.WaitForLine(l => l.Contains("half-cycle   1", StringComparison.Ordinal));
        bench.WaitForRows(run, 3);

        run.Interrupt();
        var result = run.WaitForExit();

        Assert.True(result.ExitCode == ExitCode.Stopped, result.Output + result.Error);
        Assert.Contains("stopped by the operator", result.Output);
        Assert.Equal("stopped", bench.Report().GetProperty("outcome").GetString());
        AssertOutputIsOff(bench);
        Assert.Equal(["report.json", "report.md", "run.sqlite"], Directory.GetFiles(bench.RunFolder).Select(Path.GetFileName).Order());
        using var reader = RunFileReader.Open(bench.RunFolder);
        Assert.Equal(RunOutcome.Stopped, reader.Ending?.Outcome);
        Assert.NotEmpty(reader.EnumerateSamples());
    }

    private static void AssertOutputIsOff(Workbench bench)
    {
        var outputs = TruthEvent.Read(bench.File("truth.jsonl")).Where(e => e.Event == "output").ToList();
        Assert.Equal("on", outputs[0].Value.GetString());
        Assert.Equal("off", outputs[^1].Value.GetString());
    }
}
