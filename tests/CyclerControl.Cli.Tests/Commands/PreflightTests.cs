using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Tests.Processes;
using CyclerControl.Recording.Reading;

namespace CyclerControl.Cli.Tests.Commands;

/// <summary>What is looked at before a start.</summary>
public sealed class PreflightTests
{
    /// <summary>0.1 uA: a fifth of it is the offset of the smallest range.</summary>
    private const string TinyCell = "area=0.0005cm2";

    [Fact]
    public void Preflight_RunThatWouldStart_ListsAllAndStartsNothing()
    {
        using var bench = new Workbench(SmallProtocols.Cycling);

        var result = bench.Cycler("preflight", "small.yaml", "--cell", Workbench.Area);

        Assert.True(result.ExitCode == ExitCode.Planned, result.Output + result.Error);
        Assert.True(result.OutputLines.Length >= 12);
        Assert.All(result.OutputLines, l => Assert.StartsWith("pass  ", l, StringComparison.Ordinal));
        Assert.Empty(bench.RunFolders);
    }

    [Fact]
    public void Preflight_RunThatWouldBeRefused_Exits3AndSaysWhatToDo()
    {
        using var bench = new Workbench(SmallProtocols.Cycling);

        var result = bench.Cycler("preflight", "small.yaml", "--cell", TinyCell, "--json");

        Assert.Equal(ExitCode.Tripped, result.ExitCode);
        var list = Workbench.Json(result.Output);
        Assert.False(list.GetProperty("starts").GetBoolean());
        var failed = Assert.Single(list.GetProperty("checks").EnumerateArray(), c => c.GetProperty("status").GetString() == "fail");
        Assert.Equal("accuracy", failed.GetProperty("name").GetString());
        Assert.True(failed.GetProperty("overridable").GetBoolean());
    }

    [Fact]
    public void Run_PreflightFails_IsRefusedUntilItIsOverriddenWithAReason()
    {
        using var bench = new Workbench(SmallProtocols.Cycling);

        var refused = bench.Cycler("run", "small.yaml", "--cell", TinyCell);
        var foldersAfterRefusal = bench.RunFolders.Count;
        var overridden = bench.Cycler("run", "small.yaml", "--cell", TinyCell, "--override", "only a rehearsal");

        Assert.Equal((ExitCode.Tripped, 0), (refused.ExitCode, foldersAfterRefusal));
        Assert.Contains("more than 10 %", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--override REASON", refused.Error, StringComparison.Ordinal);
        Assert.Equal("", refused.Output);
        Assert.Contains("warning: overridden: ", overridden.Error, StringComparison.Ordinal);
        using var reader = RunFileReader.Open(bench.RunFolder);
        Assert.Contains(reader.Events, e => e.Kind == "preflight" && e.Message.EndsWith("reason given: only a rehearsal", StringComparison.Ordinal));
    }
}
