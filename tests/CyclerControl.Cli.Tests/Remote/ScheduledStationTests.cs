using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Tests.Processes;

namespace CyclerControl.Cli.Tests.Remote;

/// <summary>Channels that run by themselves, behind the stand-alone simulator, served and asked.</summary>
public sealed class ScheduledStationTests : IDisposable
{
    private const string Listening = "listening on ";

    private readonly Workbench _bench = new(SmallProtocols.Endless);
    private readonly RunningProgram _simulator;

    public ScheduledStationTests()
    {
        Directory.CreateDirectory(_bench.File("share"));
        _simulator = RunningProgram.Simulator("--neware", "0", "--share", _bench.File("share"));
        var port = _simulator.WaitForLine(l => l.StartsWith("listening on neware://127.0.0.1:", StringComparison.Ordinal)).Trim().Split(':')[^1];
        _bench.Write("bts.yaml", $$"""
            station: bts
            instruments:
              - { name: nw, profile: neware-bts-8ch, connect: "neware://127.0.0.1:{{port}}?share={{_bench.File("share")}}&bts_path=C%3A%5Cbts" }
            """);
    }

    public void Dispose()
    {
        _simulator.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public void Serve_WishesThatTheInstrumentCannotFulfil_AreRefusedAndAStopSaysWhatItEnds()
    {
        using var service = _bench.Start("serve", "--station", "bts.yaml", "--url", "http://127.0.0.1:0");
        var environment = new Dictionary<string, string>
        {
            ["CYCLER_URL"] = service.WaitForLine(l => l.StartsWith(Listening, StringComparison.Ordinal))[Listening.Length..].Trim(),
            ["CYCLER_TOKEN"] = File.ReadAllText(_bench.File("cycler-data/admin.token")).Trim(),
            ["XDG_CONFIG_HOME"] = _bench.File("config"),
        };
        ProgramResult Ask(params IEnumerable<string> arguments)
        {
            using var program = RunningProgram.Cycler(_bench.Path, environment, arguments);
            return program.WaitForExit();
        }

        var started = Ask("start", "small.yaml", "--channel", "nw/3", "--cell", Workbench.Area);
        Assert.True(started.ExitCode == 0, started.Error);
        var paused = Ask("pause", "nw/3");
        var skipped = Ask("skip", "nw/3");
        var all = Ask("stop-all");

        Assert.Equal(ExitCode.Tripped, paused.ExitCode);
        Assert.Contains("use 'stop' or 'end', which end the run", paused.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Tripped, skipped.ExitCode);
        Assert.Contains("cannot end a step before its time", skipped.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Planned, all.ExitCode);
        Assert.Contains("0 channels told to stop and hold", all.Output, StringComparison.Ordinal);
        Assert.Contains("nw/3: the instrument runs its schedule by itself and cannot hold it: the stop ends the run", all.Output, StringComparison.Ordinal);
        Assert.Contains("nw/1, nw/2, nw/4", all.Output, StringComparison.Ordinal);
        Assert.Contains("only what this program has started there is stopped", Ask("stop", "nw/1").Output, StringComparison.Ordinal);
    }
}
