using System.Net.Sockets;
using System.Text;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Tests.Processes;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Reading;

namespace CyclerControl.Cli.Tests.CommandLine;

/// <summary>Nobody behind the port, somebody else, somebody ill, or somebody who dies: a clear message, and nothing is switched on blindly.</summary>
public sealed class BrokenInstrumentTests
{
    private const string Identity = "CYCLERCONTROL,SIM-CYCLER-8,0042,1.0\n";

    /// <summary>Real time; a link that is lost ends it.</summary>
    private const string Short = """
        protocol: small
        version: 1
        about: For tests
        measure: cycling
        cell: { kind: symmetric, area: ask }
        record: { every: 100 ms }
        sample: { every: 100 ms }
        limits: { voltage: { min: -1 V, max: 1 V } }
        on_link_loss: LOSS
        steps:
          - plate: 0.2 mA/cm2
            for: 1 h
        """;

    [Fact]
    public void Run_PortRefused_IsUnreachable()
    {
        using var bench = Bench(ScriptedInstrument.ClosedPort());

        var result = Run(bench);

        AssertUnreachable(result);
        Assert.Contains("127.0.0.1", result.Error);
        Assert.Contains("refused", result.Error);
        Assert.Empty(bench.RunFolders);
    }

    [Fact]
    public void Run_LineBreaksDuringTheStartOfASchedule_IsOffWhenItIsBackAndSaysSo()
    {
        using var bench = new Workbench(SmallProtocols.Endless);
        Directory.CreateDirectory(bench.File("share"));
        using var simulator = RunningProgram.Simulator("--neware", "0", "--share", bench.File("share"), "--fault", "drop:9");
        var port = simulator.WaitForLine(l => l.StartsWith("listening on neware://127.0.0.1:", StringComparison.Ordinal)).Trim().Split(':')[^1];
        bench.Write("bts.yaml", $$"""
            station: bts
            instruments:
              - { name: nw, profile: neware-bts-8ch, connect: "neware://127.0.0.1:{{port}}?share={{bench.File("share")}}&bts_path=C%3A%5Cbts" }
            """);

        var result = bench.Run("--station", "bts.yaml", "--channel", "nw/1");

        Assert.Equal(ExitCode.Tripped, result.ExitCode);
        Assert.Contains("OUTPUT UNCONFIRMED", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Contains("nw/1: the link is back, output off, confirmed", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WrongInstrumentBehindThePort_IsUnreachableAndWrittenNothing()
    {
        using var other = new ScriptedInstrument(line => line.StartsWith("*IDN?", StringComparison.Ordinal) ? "ACME,TOASTER,1,1.0\n" : "0\n");
        using var bench = Bench(other.Port);

        var result = Run(bench);

        AssertUnreachable(result);
        Assert.Contains("ACME,TOASTER", result.Error);
        Assert.All(other.Received, line => Assert.Equal("*IDN?", line));
        Assert.Empty(bench.RunFolders);
    }

    [Theory]
    [InlineData("garbage", "\u00ff\u00fe~~garbage~~\n")]
    [InlineData("half a line", "CYCLERCONTROL,SIM-CY")]
    [InlineData("silence", null)]
    public void Run_InstrumentThatCannotBeUnderstood_IsUnreachable(string illness, string? reply)
    {
        using var other = new ScriptedInstrument(_ => reply);
        using var bench = Bench(other.Port);

        var result = Run(bench);

        Assert.True(result.ExitCode == ExitCode.Unreachable, $"{illness}: {result.ExitCode} {result.Error}");
        Assert.Contains("bench", result.Error);
        Assert.DoesNotContain(other.Received, line => line.Contains("OUTP ON", StringComparison.Ordinal));
        Assert.Empty(bench.RunFolders);
    }

    [Fact]
    public void Run_AnswersOfThePreviousQuestion_AreNeverTakenForAnswers()
    {
        var previous = Identity;
        using var other = new ScriptedInstrument(line =>
        {
            var reply = previous;
            previous = line.Contains("SYST:ERR?", StringComparison.Ordinal) ? "0,\"No error\"\n" : "0\n";
            return reply;
        });
        using var bench = Bench(other.Port);

        var result = Run(bench);

        AssertUnreachable(result);
        Assert.DoesNotContain(other.Received, line => line.Contains("OUTP ON", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_SimulatorKilledInTheMiddle_EndsFaultedWithAClosedRecording()
    {
        using var simulator = RunningProgram.Simulator("--tcp", "0");
        using var bench = Bench(PortOf(simulator), "{ resume_within: 1 s }");
        using var run = Start(bench);
        run.WaitForLine(l => l.Contains("half-cycle   1", StringComparison.Ordinal));
        bench.WaitForRows(run, 3);

        simulator.KillHard();
        var result = run.WaitForExit();

        Assert.True(result.ExitCode == ExitCode.Tripped, $"{result.ExitCode}: {result.Output}{result.Error}");
        Assert.Contains("link", result.Error);
        Assert.Contains("the link was lost for longer than", result.Output);
        Assert.Equal("faulted", bench.Report().GetProperty("outcome").GetString());
        Assert.Equal(["report.json", "report.md", "run.sqlite"], Directory.GetFiles(bench.RunFolder).Select(Path.GetFileName).Order());
        using var reader = RunFileReader.Open(bench.RunFolder);
        Assert.Equal(RunOutcome.Faulted, reader.Ending?.Outcome);
        Assert.Contains(reader.Events, e => e.Kind == "link_fault");
    }

    [Fact]
    public void Run_OneGarbledReadingInTheMiddle_ReopensTheLinkGoesOnAndIsRecorded()
    {
        using var bench = new Workbench(Short.Replace("1 h", "3 s", StringComparison.Ordinal).Replace("LOSS", "{ resume_within: 1 min }", StringComparison.Ordinal));
        using var simulator = RunningProgram.Simulator("--tcp", "0", "--truth", bench.File("truth.jsonl"));
        using var wire = new TcpClient("127.0.0.1", PortOf(simulator));
        using var replies = new StreamReader(wire.GetStream());
        var readings = 0;
        using var tampering = new ScriptedInstrument(line =>
        {
            wire.GetStream().Write(Encoding.ASCII.GetBytes(line + "\n"));
            if (!line.Contains('?', StringComparison.Ordinal))
            {
                return null;
            }

            var reply = replies.ReadLine() + "\n";
            var isTenth = line.StartsWith("MEAS?", StringComparison.Ordinal) && Interlocked.Increment(ref readings) == 10;
            return isTenth ? "+1.0E-0~\n" : reply;
        });
        bench.Write("real.yaml", ScriptedInstrument.Station(tampering.Port));

        var result = Run(bench);

        Assert.True(result.ExitCode == ExitCode.Planned, $"{result.ExitCode}: {result.Output}{result.Error}");
        Assert.Contains("+1.0E-0~", result.Error);
        using var reader = RunFileReader.Open(bench.RunFolder);
        Assert.Single(reader.Events, e => e.Kind == "link_fault");
        var outputs = TruthEvent.Read(bench.File("truth.jsonl")).Where(e => e is { Event: "output", Channel: 1 }).Select(e => e.Value.GetString());
        Assert.Equal(["on", "off", "on", "off"], outputs);
    }

    [Fact]
    public void Run_AgainstTheStandAloneSimulator_SwitchesItsOutputOnAndOff()
    {
        using var bench = new Workbench(Short.Replace("1 h", "1 s", StringComparison.Ordinal).Replace("LOSS", "stop", StringComparison.Ordinal));
        using var simulator = RunningProgram.Simulator("--tcp", "0", "--truth", bench.File("truth.jsonl"));
        bench.Write("real.yaml", ScriptedInstrument.Station(PortOf(simulator)));

        var result = Run(bench);

        Assert.True(result.ExitCode == ExitCode.Planned, result.Output + result.Error);
        var outputs = TruthEvent.Read(bench.File("truth.jsonl")).Where(e => e.Event == "output").Select(e => e.Value.GetString());
        Assert.Equal(["on", "off"], outputs);
    }

    private static Workbench Bench(int port, string loss = "stop")
    {
        var bench = new Workbench(Short.Replace("LOSS", loss, StringComparison.Ordinal));
        bench.Write("real.yaml", ScriptedInstrument.Station(port));
        return bench;
    }

    private static RunningProgram Start(Workbench bench) => bench.StartRun("--station", "real.yaml", "--channel", "bench/1");

    private static ProgramResult Run(Workbench bench) => bench.Run("--station", "real.yaml", "--channel", "bench/1");

    private static int PortOf(RunningProgram simulator) => int.Parse(
        simulator.WaitForLine(l => l.StartsWith("listening on tcp://127.0.0.1:", StringComparison.Ordinal)).Trim().Split(':')[^1],
        System.Globalization.CultureInfo.InvariantCulture);

    private static void AssertUnreachable(ProgramResult result) =>
        Assert.True(result.ExitCode == ExitCode.Unreachable, $"{result.ExitCode}: {result.Output}{result.Error}");
}
