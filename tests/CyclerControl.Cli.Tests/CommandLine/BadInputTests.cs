using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Tests.Processes;

namespace CyclerControl.Cli.Tests.CommandLine;

/// <summary>What cannot be worked with is refused before anything is opened: exit 2, what is wrong, and the cure, on standard error.</summary>
public sealed class BadInputTests
{
    private const string RealStation = """
        station: real
        instruments:
          - { name: smu, profile: keithley-2450, connect: "tcp://127.0.0.1:9" }
        """;

    [Fact]
    public void Run_FileWithSeveralMistakes_NamesAllOfThemWithLineAndColumn()
    {
        using var bench = new Workbench("""
            protocol: small
            version: 1
            about: For tests
            measure: cycling
            cell: { kind: symmetric, area: ask }
            record: { every: 10 }
            sample: { every: 1 s }
            steps:
              - plate: 1 Q
                for: 1 h
              - strip: 0.2 mA/cm2
              - ramp: { from: 0.1 mA/cm2, by: -0.1 mA/cm2, to: 5 mA/cm2 }
                steps:
                  - plate: ramp
                    for: 1 h
            """);

        var result = bench.Run();

        AssertRefused(result, bench);
        var lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Matches(@"^small\.yaml:\d+:\d+: [\w\[\].]+: .*; .+", line));
        Assert.Contains(lines, l => l.StartsWith("small.yaml:6:", StringComparison.Ordinal) && l.Contains("10 s", StringComparison.Ordinal)); // A bare number.
        Assert.Contains(lines, l => l.StartsWith("small.yaml:9:", StringComparison.Ordinal) && l.Contains("'1 Q'", StringComparison.Ordinal)); // An unknown unit.
        Assert.Contains(lines, l => l.StartsWith("small.yaml:11:", StringComparison.Ordinal) && l.Contains("until", StringComparison.Ordinal)); // An endless step.
        Assert.Contains(lines, l => l.StartsWith("small.yaml:12:", StringComparison.Ordinal)); // A ramp that goes away from its end.
    }

    [Fact]
    public void Run_WithoutTheArea_NamesIt()
    {
        using var bench = new Workbench(SmallProtocols.Cycling);

        var result = bench.Cycler("run", "small.yaml");

        AssertRefused(result, bench);
        Assert.Contains("area", result.Error);
        Assert.Contains("--cell area=", result.Error);
    }

    [Fact]
    public void Run_BeyondTheChannelsRange_NamesStepAndRange()
    {
        using var bench = new Workbench(SmallProtocols.Cycling.Replace("0.2 mA/cm2", "900 mA/cm2", StringComparison.Ordinal));

        var result = bench.Run();

        AssertRefused(result, bench);
        Assert.Contains("small.yaml:13:", result.Error);
        Assert.Contains("100 mA", result.Error);
    }

    [Fact]
    public void Run_CellOfAnotherKind_NamesBothKinds()
    {
        using var bench = new Workbench(SmallProtocols.Cycling);

        var result = bench.Run("--channel", "demo/8");

        AssertRefused(result, bench);
        Assert.Contains("demo/8 holds a full cell", result.Error);
        Assert.Contains("symmetric", result.Error);
    }

    [Theory]
    [InlineData("does not exist in station 'demo'", "--channel", "demo/9")]
    [InlineData("is no channel", "--channel", "first")]
    [InlineData("write --speed 10", "--speed", "fast")]
    [InlineData("write --set current=0.5mA/cm2", "--set", "current")]
    [InlineData("'nosuch'", "--set", "nosuch=1mA")]
    [InlineData("'0.785'", "--cell", "area=0.785")]
    [InlineData("'--sped'", "--sped", "1")]
    [InlineData("nosuch.yaml", "--station", "nosuch.yaml")]
    public void Run_WrongOption_SaysWhatIsWrong(string said, string option, string value)
    {
        using var bench = new Workbench(SmallProtocols.Cycling);
        string[] cell = option == "--cell" ? [] : ["--cell", Workbench.Area];

        var result = bench.Cycler(["run", "small.yaml", .. cell, option, value]);

        AssertRefused(result, bench);
        Assert.Contains(said, result.Error);
    }

    [Fact]
    public void Run_StationFileWithoutChannel_NamesTheChannels()
    {
        using var bench = new Workbench(SmallProtocols.Cycling);
        bench.Write("real.yaml", RealStation);

        var result = bench.Run("--station", "real.yaml");

        AssertRefused(result, bench);
        Assert.Contains("--channel: required with --station", result.Error);
        Assert.Contains("smu/1", result.Error);
    }

    [Fact]
    public void Run_FastClockOnRealInstruments_IsRefused()
    {
        using var bench = new Workbench(SmallProtocols.Cycling);
        bench.Write("real.yaml", RealStation);

        var result = bench.Run("--station", "real.yaml", "--channel", "smu/1", "--speed", "10");

        AssertRefused(result, bench);
        Assert.Contains("real instruments; their time cannot be scaled", result.Error);
    }

    [Theory]
    [InlineData("no runs in", "report", "last")]
    [InlineData("'nosuch'", "report", "nosuch")]
    [InlineData("'nosuch'", "export", "nosuch")]
    [InlineData("bdf", "export", "last", "--format", "xlsx")]
    [InlineData("see 'cycler report --help'", "report")]
    [InlineData("see 'cycler profiles check --help'", "profiles", "check", "kepco-bop")]
    [InlineData("'dance'", "dance")]
    [InlineData("nosuch.yaml:1:1:", "validate", "nosuch.yaml")]
    [InlineData("cycler --help")]
    public void Cycler_WrongCommandLine_SaysWhatIsWrong(string said, params string[] arguments)
    {
        using var bench = new Workbench();

        var result = bench.Cycler(arguments);

        Assert.Equal(ExitCode.InvalidInput, result.ExitCode);
        Assert.Contains(said, result.Error);
        Assert.Equal("", result.Output);
    }

    private static void AssertRefused(ProgramResult result, Workbench bench)
    {
        Assert.True(result.ExitCode == ExitCode.InvalidInput, $"{result.ExitCode}: {result.Output}{result.Error}");
        Assert.Equal("", result.Output);
        Assert.NotEqual("", result.Error);
        Assert.Empty(bench.RunFolders);
    }
}
