using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Tests.Processes;

namespace CyclerControl.Cli.Tests.Commands;

/// <summary>What `cycler doctor` says depends on the machine; that it says it does not.</summary>
public sealed class DoctorTests
{
    [Fact]
    public void Doctor_Json_HasTimingRightsDiskAndClock()
    {
        using var folder = new TemporaryFolder();
        using var running = RunningProgram.Cycler(folder.Path, "doctor", "--seconds", "0.2", "--json");
        var result = running.WaitForExit();

        Assert.True(result.ExitCode == ExitCode.Planned, result.Error);
        using var json = JsonDocument.Parse(result.Output);
        var found = json.RootElement;
        Assert.Equal([1000, 100, 10], found.GetProperty("timing").EnumerateArray().Select(beat => beat.GetProperty("rate_hz").GetDouble()));
        Assert.All(found.GetProperty("timing").EnumerateArray(), beat => Assert.True(
            beat.GetProperty("deadlines").GetInt64() >= 0.2 * beat.GetProperty("rate_hz").GetDouble()));
        Assert.True(found.GetProperty("realtime").TryGetProperty("granted", out _));
        Assert.True(found.GetProperty("fsync_p99_ms").GetDouble() >= found.GetProperty("fsync_p50_ms").GetDouble());
        Assert.True(found.GetProperty("free_bytes").GetInt64() > 0);
        Assert.NotEqual("", found.GetProperty("file_system").GetString());
        Assert.Equal(["sleep", "updates"], found.GetProperty("settings").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        Assert.True(found.GetProperty("processors").GetInt32() > 0);
        Assert.DoesNotContain(Directory.GetFiles(found.GetProperty("data").GetString()!), file => file.Contains("disk-check", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("forever")]
    public void Doctor_WrongSeconds_SaysWhatIsAllowed(string seconds)
    {
        using var folder = new TemporaryFolder();
        using var running = RunningProgram.Cycler(folder.Path, "doctor", "--seconds", seconds);
        var result = running.WaitForExit();

        Assert.Equal(ExitCode.InvalidInput, result.ExitCode);
        Assert.Contains($"--seconds: '{seconds}' is no number between 0.1 and 3600; write --seconds 10", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_Station_OpensItsInstrumentsAndSaysWhoIsMissing()
    {
        using var simulator = RunningProgram.Simulator("--tcp", "0");
        var port = simulator.WaitForLine(l => l.StartsWith("listening on tcp://127.0.0.1:", StringComparison.Ordinal)).Trim().Split(':')[^1];
        using var bench = new Workbench();
        bench.Write("lab.yaml", $$"""
            station: lab
            instruments:
              - { name: there, profile: scpi-cycler-8ch, connect: "tcp://127.0.0.1:{{port}}" }
              - { name: gone, profile: scpi-cycler-8ch, connect: "tcp://127.0.0.1:{{ScriptedInstrument.ClosedPort()}}" }
            """);

        var result = bench.Cycler("doctor", "--seconds", "0.1", "--station", "lab.yaml");

        Assert.True(result.ExitCode == ExitCode.Planned, result.Error);
        Assert.Contains(result.OutputLines, l => l.StartsWith("instrument there: CYCLERCONTROL SIM-CYCLER-8", StringComparison.Ordinal)
            && l.EndsWith("outputs off, confirmed; 8 of 8 channels read with their output off; watchdog 30 s", StringComparison.Ordinal));
        Assert.Contains(result.OutputLines, l => l.StartsWith("instrument gone: could not be opened", StringComparison.Ordinal));
        Assert.Contains(result.OutputLines, l => l.StartsWith("warning: gone (tcp://127.0.0.1:", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_RealTimeAtFullSpeed_IsRefused()
    {
        using var bench = new Workbench(SmallProtocols.Ccd);

        var result = bench.Run("--realtime");

        Assert.Equal(ExitCode.InvalidInput, result.ExitCode);
        Assert.StartsWith("--realtime: at --speed max no thread waits for time", result.Error, StringComparison.Ordinal);
    }
}
