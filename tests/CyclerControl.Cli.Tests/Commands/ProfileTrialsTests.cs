using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Tests.Processes;
using CyclerControl.Instruments.Profiles;

namespace CyclerControl.Cli.Tests.Commands;

/// <summary>`cycler profiles check` and `record` against the stand-alone simulator on a socket.</summary>
public sealed class ProfileTrialsTests
{
    [Theory]
    [InlineData("scpi-cycler-8ch")]
    [InlineData("kepco-bop")]
    [InlineData("keithley-2400")]
    public void Check_TheInstrumentOfTheProfile_PassesAndProposesTimes(string profile)
    {
        using var simulator = Simulated(profile, out var connect);
        using var bench = new Workbench();

        var result = bench.Cycler("profiles", "check", profile, "--connect", connect, "--json");

        Assert.True(result.ExitCode == ExitCode.Planned, result.Output + result.Error);
        var found = Workbench.Json(result.Output);
        Assert.True(found.GetProperty("passed").GetBoolean());
        var tried = found.GetProperty("tried").EnumerateArray().Select(t => t.GetProperty("what").GetString()).ToList();
        Assert.Equal(["identify", "safe state", "limits of 1", "reading of 1"], tried.Take(4));
        Assert.Equal(["exchange time", "outputs off"], tried.TakeLast(2));
        Assert.True(found.GetProperty("longest_ms").GetDouble() >= found.GetProperty("median_ms").GetDouble());
        Assert.True(found.GetProperty("proposed_reply_ms").GetDouble() >= 200);

        // What gives no reading with its output off is not called tried, and no sampling is proposed from other questions.
        var reads = profile != "keithley-2400";
        Assert.Equal(reads, found.GetProperty("tried").EnumerateArray().ElementAt(3).GetProperty("tried").GetBoolean());
        Assert.Equal(reads, found.GetProperty("proposed_fastest_ms").ValueKind == System.Text.Json.JsonValueKind.Number);
    }

    [Theory]
    [InlineData("OUTP? (@1:8)", "OUTP:NONE? (@1:8)")]
    public void Check_WrongOutputOff_IsTheSetupsFailureAndNotAnotherInstrument(string right, string wrong)
    {
        using var simulator = Simulated("scpi-cycler-8ch", out var connect);
        using var bench = new Workbench();
        var text = ProfileLibrary.ShippedTexts()["scpi-cycler-8ch"].Replace("scpi-cycler-8ch", "mistaken", StringComparison.Ordinal);
        Assert.Contains(right, text, StringComparison.Ordinal);
        bench.Write("mistaken.yaml", text.Replace(right, wrong, StringComparison.Ordinal));

        var result = bench.Cycler("profiles", "check", "mistaken.yaml", "--connect", connect);

        Assert.Equal(ExitCode.Tripped, result.ExitCode);
        Assert.StartsWith("ok     identify", result.OutputLines[0]);
        Assert.StartsWith("FAILED setup, off", result.OutputLines[1]);
    }

    [Fact]
    public void Check_AnotherInstrument_FailsAtOnceAndSwitchesNothing()
    {
        using var simulator = Simulated("scpi-cycler-8ch", out var connect);
        using var bench = new Workbench();
        var result = bench.Cycler("profiles", "check", "kepco-bop", "--connect", connect);
        Assert.Equal(ExitCode.Unreachable, result.ExitCode);
        Assert.StartsWith("FAILED identify", Assert.Single(result.OutputLines));
    }

    [Fact]
    public void Check_NobodyThere_SaysSo()
    {
        using var bench = new Workbench();
        var result = bench.Cycler("profiles", "check", "kepco-bop", "--connect", $"tcp://127.0.0.1:{ScriptedInstrument.ClosedPort()}");
        Assert.Equal(ExitCode.Unreachable, result.ExitCode);
        Assert.StartsWith("FAILED connect", result.OutputLines[0]);
        Assert.DoesNotContain("transcript", bench.Cycler("profiles", "record", "kepco-bop", "--connect", $"tcp://127.0.0.1:{ScriptedInstrument.ClosedPort()}").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-profile", "tcp://127.0.0.1:1", "no-such-profile")]
    [InlineData("kepco-bop", "http://127.0.0.1", "neither tcp:// nor serial://")]
    [InlineData("neware-bts-8ch", "tcp://127.0.0.1:1", "only scpi can be tried so")]
    public void Check_WrongInput_IsNamed(string profile, string connect, string message)
    {
        using var bench = new Workbench();
        var result = bench.Cycler("profiles", "check", profile, "--connect", connect);
        Assert.Equal(ExitCode.InvalidInput, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_LimitThatIsNotTakenOver_FailsAndSaysWhatWasAnswered()
    {
        using var simulator = Simulated("scpi-cycler-8ch", out var connect);
        using var bench = new Workbench();
        var text = ProfileLibrary.ShippedTexts()["scpi-cycler-8ch"].Replace("VOLT:LIM:HIGH?", "VOLT:LIM:LOW?", StringComparison.Ordinal).Replace("scpi-cycler-8ch", "mistaken", StringComparison.Ordinal);
        Assert.Contains("VOLT:LIM:LOW?", text, StringComparison.Ordinal);
        bench.Write("mistaken.yaml", text);

        var result = bench.Cycler("profiles", "check", "mistaken.yaml", "--connect", connect);

        Assert.Equal(ExitCode.Tripped, result.ExitCode);
        Assert.Contains(result.OutputLines, l => l.StartsWith("FAILED limits of 1", StringComparison.Ordinal) && l.Contains("VOLT:LIM", StringComparison.Ordinal));
    }

    [Fact]
    public void Record_WritesATranscriptThatTheProfileTakes()
    {
        using var simulator = Simulated("kepco-bop", out var connect);
        using var bench = new Workbench();

        var result = bench.Cycler("profiles", "record", "kepco-bop", "--connect", connect);

        Assert.True(result.ExitCode == ExitCode.Planned, result.Error);
        Assert.Equal("transcript:", result.OutputLines[0]);
        Assert.StartsWith("- { send: \"*IDN?\", reply: \"KEPCO,", result.OutputLines[1]);
        var text = ProfileLibrary.ShippedTexts()["kepco-bop"];
        text = text[..text.IndexOf("transcript:", StringComparison.Ordinal)] + result.Output;
        var (profile, problems) = ProfileReader.Read("kepco-bop.yaml", text);
        Assert.Empty(problems);
        Assert.True(profile!.Transcript.Length > 20);
    }

    private static RunningProgram Simulated(string profile, out string connect)
    {
        var simulator = RunningProgram.Simulator("--tcp", "0", "--profile", profile);
        connect = simulator.WaitForLine(l => l.StartsWith("listening on tcp://127.0.0.1:", StringComparison.Ordinal)).Trim()["listening on ".Length..];
        return simulator;
    }
}
