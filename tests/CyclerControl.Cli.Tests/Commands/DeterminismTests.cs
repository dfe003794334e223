using CyclerControl.Cli.Tests.Processes;

namespace CyclerControl.Cli.Tests.Commands;

public sealed class DeterminismTests
{
    [Fact]
    public void Export_OfTwoRunsWithOneSeed_IsTheSameToTheByte()
    {
        using var bench = new Workbench(SmallProtocols.Cycling);
        Run(bench, "first", "1");
        Run(bench, "second", "1");
        Run(bench, "other", "2");

        foreach (var format in (string[])["bdf", "csv"])
        {
            var first = Export(bench, "first", format);
            Assert.True(first.Split('\n').Length > 50, first);
            Assert.Equal(first, Export(bench, "second", format));
            Assert.NotEqual(first, Export(bench, "other", format));
        }
    }

    [Fact]
    public void Export_ToAFile_IsTheSameAsToStandardOutput()
    {
        using var bench = new Workbench(SmallProtocols.Cycling);
        Run(bench, "data", "1");

        var printed = Export(bench, "data", "bdf");
        Assert.Equal(0, bench.Cycler("export", "last", "--data", "data", "--output", "run.csv").ExitCode);

        Assert.Equal(printed, File.ReadAllText(bench.File("run.csv")).ReplaceLineEndings("\n"));
    }

    private static void Run(Workbench bench, string data, string seed)
    {
        var result = bench.Run("--data", data, "--seed", seed);
        Assert.True(result.ExitCode == 0, result.Error);
    }

    private static string Export(Workbench bench, string data, string format)
    {
        var result = bench.Cycler("export", "last", "--data", data, "--format", format);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }
}
