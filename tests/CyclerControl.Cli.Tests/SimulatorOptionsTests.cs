using CyclerControl.Cli.Tests.Processes;

namespace CyclerControl.Cli.Tests;

/// <summary>The stand-alone simulator's command line.</summary>
public sealed class SimulatorOptionsTests
{
    [Theory]
    [InlineData("--instruments", "0", "--instruments: '0' is no number from 1 to 256")]
    [InlineData("--shorts", "maybe", "--shorts: 'maybe' is neither on nor off")]
    [InlineData("--short-after", "3-2", "--short-after: '3-2' is no span of seconds; write 1.5-2.5")]
    [InlineData("--short-after", "soon", "--short-after: 'soon' is no span of seconds; write 1.5-2.5")]
    [InlineData("--pty", "/tmp/x", "--tcp PORT, --pty PATH, --neware PORT or --land DIR is missing, or two are given")]
    [InlineData("--land", "/tmp/x", "--tcp PORT, --pty PATH, --neware PORT or --land DIR is missing, or two are given")]
    [InlineData("--recipe", "rest", "--recipe: step 1, 'rest', has '', which is empty")]
    [InlineData("--recipe", "rest 1 h", "--recipe belongs to --land")]
    [InlineData("--format", "xls", "--format: 'xls' is unknown; write cex, csv or txt")]
    [InlineData("--record", "0 s", "--record: '0 s' is no time from 0.1 s to 1 h")]
    [InlineData("--channel", "256", "--channel: '256' is no number from 1 to 255")]
    [InlineData("--baud", "fast", "--baud: 'fast' is no speed from 50 to 4000000")]
    [InlineData("--baud", "9600", "--baud, --terminator and --return-as belong to --pty")]
    [InlineData("--terminator", "etx", "--terminator: 'etx' is unknown; write lf, cr or crlf")]
    [InlineData("--fault", "burn", "--fault: 'burn' is unknown; write late, garble, drop, freeze or lie, and :N for every N-th reply")]
    [InlineData("--fault", "late:0", "--fault: 'late:0' is unknown")]
    [InlineData("--serial-number", "a,b", "--serial-number: 'a,b' is none")]
    public void Simulator_WrongValue_SaysWhatAndExitsWith2(string option, string value, string message)
    {
        using var simulator = RunningProgram.Simulator("--tcp", "0", option, value);

        var result = simulator.WaitForExit();

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Simulator_SeveralMistakes_AreToldInOneGo()
    {
        using var simulator = RunningProgram.Simulator(
            "--tcp", "70000", "--colour", "red", "--speed", "--cells", "lacss,gold,silver", "--seed", "1.5", "--seed", "2", "--format", "xls", "--fault", "burn");

        var result = simulator.WaitForExit();

        Assert.Equal(2, result.ExitCode);
        string[] expected =
        [
            "--tcp: '70000' is no port; write 0 to 65535",
            "unknown option '--colour'",
            "--speed: a value is missing",
            "--cells: 'gold', 'silver' are unknown; there are",
            "--seed: '1.5' is no whole number",
            "--seed: given twice",
            "--format: 'xls' is unknown",
            "--fault: 'burn' is unknown",
            "usage: ",
        ];
        Assert.All(result.Error.Split('\n').Zip(expected), pair => Assert.StartsWith(pair.Second, pair.First, StringComparison.Ordinal));
    }

    [Fact]
    public void Simulator_OptionsThatDoNotGoTogether_AreToldInOneGo()
    {
        using var simulator = RunningProgram.Simulator("--pty", "/tmp/x", "--share", "/tmp/y", "--instruments", "2", "--channel", "3");

        var result = simulator.WaitForExit();

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            ["--neware and --share belong together", "--instruments: one serial line is one instrument", "--channel belongs to --land"],
            result.Error.Split('\n').Take(3));
    }

    [Theory]
    [InlineData("--share /proc/nope: ", "--neware", "0", "--share", "/proc/nope")]
    [InlineData("--pty /proc/nope/x: ", "--pty", "/proc/nope/x")]
    [InlineData("--truth /proc/nope/t: ", "--tcp", "0", "--truth", "/proc/nope/t")]
    [InlineData("--land /proc/nope: ", "--land", "/proc/nope", "--recipe", "rest 1 h")]
    [InlineData("--neware is one unit", "--neware", "0", "--share", "/tmp", "--profile", "keithley-2400")]
    public void Simulator_WhatCannotBeHad_IsNamedByItsOption(string expected, params string[] options)
    {
        using var simulator = RunningProgram.Simulator(options);

        var result = simulator.WaitForExit();

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Simulator_ThreeInstruments_ListenOnAPortEachAndWriteATruthFileEach()
    {
        using var folder = new TemporaryFolder();
        var truth = Path.Combine(folder.Path, "truth.jsonl");
        using var simulator = RunningProgram.Simulator("--tcp", "0", "--instruments", "3", "--truth", truth);
        simulator.WaitForLine(line => line.StartsWith("simulated", StringComparison.Ordinal));

        var ports = simulator.OutputSoFar.Split('\n').Where(line => line.StartsWith("listening on tcp://127.0.0.1:", StringComparison.Ordinal)).ToList();

        Assert.Equal(3, ports.Distinct().Count());
        Assert.All([1, 2, 3], n => Assert.True(File.Exists($"{truth}.{n}")));
    }

    [Fact]
    public void Simulator_LandWithoutRecipe_SaysHowOneIsWritten()
    {
        using var simulator = RunningProgram.Simulator("--land", "/tmp/x");

        var result = simulator.WaitForExit();

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("--recipe is missing; write --recipe \"rest 10 min; dchg 0.5 mA 1 h; chg 0.5 mA 1 h to 1.0 V; loop 2 500\"", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cex", "li-lpsc-li_012_1.cex", "lacss_013_1.cex")]
    [InlineData("csv", "li-lpsc-li-1_12.csv", "lacss-1_13.csv")]
    [InlineData("txt", "li-lpsc-li-1_12.txt", "lacss-1_13.txt")]
    public void Simulator_Land_WritesAFileForEachCellUntilTheRecipeIsOver(string format, string first, string second)
    {
        using var folder = new TemporaryFolder();
        using var simulator = RunningProgram.Simulator(
            "--land", folder.Path, "--format", format, "--recipe", "dchg 0.5 mA 10 min; chg 0.5 mA 10 min; loop 1 2", "--cells", "li-lpsc-li,lacss", "--channel", "12",
            "--record", "1 min", "--speed", "100000");

        var result = simulator.WaitForExit();

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith($"writing {Path.Combine(folder.Path, first)}", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("the recipe is over", result.Output.TrimEnd(), StringComparison.Ordinal);
        const int Records = 4 * 11;
        Assert.All([first, second], name => Assert.Equal(
            format switch { "csv" => Records + 1, "txt" => Records + 3, _ => 3648 + 16 + (4 * 32) + (Records * 16) },
            format == "cex" ? (int)new FileInfo(Path.Combine(folder.Path, name)).Length : File.ReadLines(Path.Combine(folder.Path, name)).Count()));
    }
}
