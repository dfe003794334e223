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
    [InlineData("--pty", "/tmp/x", "--tcp PORT, --pty PATH or --neware PORT is missing, or two are given")]
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
}
