using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Tests.Processes;
using CyclerControl.Recording.Reading;

namespace CyclerControl.Cli.Tests.CommandLine;

/// <summary>The built program and the stand-alone simulator at the two ends of a serial line: a Keithley 2400 at 9600 baud, in real time.</summary>
public sealed class SerialRunTests : IDisposable
{
    private const string Cycling = """
        protocol: small
        version: 1
        about: For tests
        measure: cycling
        cell: { kind: symmetric, area: ask }
        record: { every: 250 ms }
        sample: { every: 250 ms }
        limits: { voltage: { min: -1 V, max: 1 V } }
        on_link_loss: { resume_within: 1 min }
        short_circuit: abort
        steps:
          - plate: 0.5 mA/cm2
            for: TIME
          - rest: 1 s
          - strip: 0.5 mA/cm2
            for: 3 s
        """;

    private readonly TemporaryFolder _ports = new();
    private readonly Workbench _bench = new();

    private string Port => _ports.File("ttyUSB0");

    private string Truth => _bench.File("truth.jsonl");

    public void Dispose()
    {
        _bench.Dispose();
        _ports.Dispose();
    }

    private RunningProgram Simulator(params string[] more)
    {
        var simulator = RunningProgram.Simulator(["--pty", Port, "--profile", "keithley-2400", "--baud", "9600", "--truth", Truth, .. more]);
        simulator.WaitForLine(line => line.StartsWith("listening on serial://", StringComparison.Ordinal));
        return simulator;
    }

    private ProgramResult Run(string connect, string plating = "3 s")
    {
        _bench.Write("small.yaml", Cycling.Replace("TIME", plating, StringComparison.Ordinal));
        _bench.Write("real.yaml", $$"""
            station: real
            instruments:
              - { name: smu, profile: keithley-2400, connect: "{{connect}}" }
            """);
        return _bench.Run("--station", "real.yaml", "--channel", "smu/1");
    }

    private IEnumerable<string?> Outputs() => TruthEvent.Read(Truth).Where(e => e.Event == "output").Select(e => e.Value.GetString());

    [Fact]
    public void Run_OverSerial_GoesToItsEndWithTheChargeOfTheInstrument()
    {
        using var simulator = Simulator("--shorts", "off", "--terminator", "crlf");

        var result = Run($"serial://{Port}?baud=9600&parity=none&data_bits=8&stop_bits=1&handshake=none");

        Assert.True(result.ExitCode == ExitCode.Planned, $"{result.ExitCode}: {result.Output}{result.Error}");
        Assert.Equal(["on", "off"], Outputs());
        using var reader = RunFileReader.Open(_bench.RunFolder);
        var last = reader.EnumerateSamples().Last();
        var sourced = TruthEvent.Read(Truth).Last(e => e.Event == "charge").Value.GetProperty("throughput_ah").GetDouble();
        Assert.Equal(1, (last.ChargingAmpHours + last.DischargingAmpHours) / sourced, 0.1);
        Assert.DoesNotContain(reader.Events, e => e.Kind is "link_fault" or "invalid_reading");
    }

    [Fact]
    public void Run_ShortOverSerial_IsAbortedWithTheOutputConfirmedOff()
    {
        using var simulator = Simulator("--short-after", "10-11");

        var result = Run($"serial://{Port}", plating: "1 min");

        Assert.True(result.ExitCode == ExitCode.Tripped, $"{result.ExitCode}: {result.Output}{result.Error}");
        Assert.Equal(["on", "off"], Outputs());
        var events = TruthEvent.Read(Truth);
        var onset = events.First(e => e.Event == "short").Seconds;
        Assert.InRange(events.Last(e => e is { Event: "output" }).Seconds - onset, 0, 5);
        using var reader = RunFileReader.Open(_bench.RunFolder);
        Assert.Contains(reader.Events, e => e.Kind == "detection");
    }

    [Fact]
    public void Run_DeviceVanishesInMidReplyAndComesBackUnderAnotherName_IsFoundByItsIdentityAndGoesOn()
    {
        var elsewhere = _ports.File("ttyUSB7");
        using var simulator = Simulator("--shorts", "off", "--fault", "drop:28", "--return-as", elsewhere);

        var result = Run($"serial://auto?id=1234567&ports={_ports.Path}/ttyUSB*");

        using var reader = RunFileReader.Open(_bench.RunFolder);
        Assert.True(result.ExitCode == ExitCode.Planned, $"{result.ExitCode}: {result.Output}{result.Error}");
        Assert.Contains(reader.Events, e => e.Kind == "link_fault");
        Assert.Equal("off", Outputs().Last());
        Assert.True(Outputs().Count() >= 4, string.Join(' ', Outputs()));
    }
}
