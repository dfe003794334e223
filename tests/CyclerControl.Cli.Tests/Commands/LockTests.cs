using System.Globalization;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Tests.Processes;
using CyclerControl.Service.Locks;

namespace CyclerControl.Cli.Tests.Commands;

/// <summary>Two programs that want the same thing.</summary>
public sealed class LockTests
{
    private const string Simulator = "listening on tcp://127.0.0.1:";

    [Fact]
    public void Run_InstrumentOfAnotherProcess_IsRefusedUntilThatOneIsDead()
    {
        using var simulator = RunningProgram.Simulator("--tcp", "0");
        var port = int.Parse(
            simulator.WaitForLine(l => l.StartsWith(Simulator, StringComparison.Ordinal)).Trim().Split(':')[^1], CultureInfo.InvariantCulture);
        using var bench = new Workbench(SmallProtocols.Endless);
        bench.Write("real.yaml", ScriptedInstrument.Station(port));
        bench.Write("other.yaml", $$"""
            station: other
            instruments:
              - { name: mine, profile: scpi-cycler-8ch, connect: "tcp://localhost:{{port}}" }
            """);
        using var first = bench.StartRun("--station", "real.yaml", "--channel", "bench/1");
        first.WaitForLine(l => l.Contains("half-cycle   1", StringComparison.Ordinal));

        var second = bench.Run("--station", "other.yaml", "--channel", "mine/2", "--data", "other-data");
        first.KillHard();
        first.WaitForExit();
        using var third = bench.StartRun("--station", "real.yaml", "--channel", "bench/1");
        third.WaitForLine(l => l.Contains("half-cycle   1", StringComparison.Ordinal));
        third.Interrupt();

        Assert.Equal(ExitCode.InvalidInput, second.ExitCode);
        Assert.Contains($"in use by process {first.Id} (since ", second.Error, StringComparison.Ordinal);
        Assert.Single(second.Error.Trim().Split('\n'));
        Assert.False(Directory.Exists(bench.File("other-data/runs/")) && Directory.EnumerateFileSystemEntries(bench.File("other-data/runs/")).Any());
        Assert.Equal(ExitCode.Stopped, third.WaitForExit().ExitCode);
    }

    [Fact]
    public void Run_OnAChannelThatTrippedUnderAService_IsRefusedUntilSomebodyHasSeenIt()
    {
        using var simulator = RunningProgram.Simulator("--tcp", "0");
        var port = int.Parse(
            simulator.WaitForLine(l => l.StartsWith(Simulator, StringComparison.Ordinal)).Trim().Split(':')[^1], CultureInfo.InvariantCulture);
        using var bench = new Workbench(SmallProtocols.Endless);
        bench.Write("real.yaml", ScriptedInstrument.Station(port));
        Directory.CreateDirectory(bench.File("cycler-data"));
        bench.Write("cycler-data/latches.json", """[{"channel":"bench/1","state":"Tripped","reason":"a hard short"}]""");

        var refused = bench.Run("--station", "real.yaml", "--channel", "bench/1");
        using var other = bench.StartRun("--station", "real.yaml", "--channel", "bench/2");
        other.WaitForLine(l => l.Contains("half-cycle   1", StringComparison.Ordinal));
        other.Interrupt();

        Assert.Equal(ExitCode.Tripped, refused.ExitCode);
        Assert.Contains("bench/1 is Tripped since a service ran it in this data folder: a hard short. Look at the cell", refused.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Stopped, other.WaitForExit().ExitCode);
    }

    [Fact]
    public void Serve_FolderOfAnotherService_IsRefusedWithItsUrl()
    {
        using var bench = new Workbench();
        using var first = bench.Start("serve", "--url", "http://127.0.0.1:0");
        var url = first.WaitForLine(l => l.StartsWith("listening on ", StringComparison.Ordinal)).Trim()["listening on ".Length..];

        var second = bench.Cycler("serve", "--url", "http://127.0.0.1:0");
        first.Interrupt();

        Assert.Equal(ExitCode.InvalidInput, second.ExitCode);
        Assert.Contains($"process {first.Id} ({url}", second.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Planned, first.WaitForExit().ExitCode);
        Assert.Null(ServiceLock.OwnerOf(bench.File("cycler-data")));
    }

    [Fact]
    public void Run_BesideAService_IsRefusedAndNamesTheWayToStartIt()
    {
        using var bench = new Workbench(SmallProtocols.Cycling);
        Directory.CreateDirectory(bench.File("cycler-data"));
        ProgramResult refused;
        using (ServiceLock.Take(bench.File("cycler-data"), "http://127.0.0.1:5080", TimeProvider.System))
        {
            refused = bench.Run();
        }

        Assert.Equal(ExitCode.InvalidInput, refused.ExitCode);
        Assert.Contains("cycler start", refused.Error, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:5080", refused.Error, StringComparison.Ordinal);
        Assert.Empty(bench.RunFolders);
        Assert.Equal(ExitCode.Planned, bench.Run().ExitCode);
    }
}
