using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Tests.Processes;

namespace CyclerControl.Cli.Tests.CommandLine;

/// <summary>Nothing runs that cannot be recorded.</summary>
public sealed class RecordingFailureTests
{
    [Fact]
    public void Run_DataFolderBelowAFile_IsRefusedBeforeTheOutputGoesOn()
    {
        using var bench = new Workbench(SmallProtocols.Cycling);
        bench.Write("occupied", "not a folder");

        var result = bench.Run("--data", "occupied/data", "--truth", "truth.jsonl");

        Assert.Equal(ExitCode.InternalFailure, result.ExitCode);
        Assert.Contains("data folder cannot be written", result.Error);
        Assert.Contains("--data", result.Error);
        Assert.DoesNotContain(TruthEvent.Read(bench.File("truth.jsonl")), e => e.Event == "output");
    }

    [Theory]
    [InlineData("runs")]
    [InlineData("report", "last")]
    public void Cycler_DataFolderBelowAFile_SaysSo(params string[] arguments)
    {
        using var bench = new Workbench();
        bench.Write("occupied", "not a folder");

        var result = bench.Cycler([.. arguments, "--data", "occupied/data"]);

        Assert.Contains(result.ExitCode, new[] { ExitCode.InvalidInput, ExitCode.InternalFailure });
        Assert.Contains("data folder cannot be written", result.Error);
    }
}
