using CyclerControl.Acquisition.Clocks;
using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;
using CyclerControl.Instruments.Links;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Service.Stations;
using CyclerControl.Simulation;
using CyclerControl.Simulation.Shorts;
using CyclerControl.Simulation.Wire;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Service.Tests.Runs;

/// <summary>The instrument samples by itself; blocks come over a real socket.</summary>
public sealed class BufferedRunTests
{
    private const string Text = """
        protocol: plating
        version: 1
        about: For tests
        measure: cycling
        cell: { kind: symmetric, area: 1 cm2 }
        record: { every: 0.1 s }
        sample: { every: EVERY, required: true }
        limits: { voltage: { min: -1 V, max: 1 V } }
        steps:
          - plate: 0.2 mA/cm2
            for: 2 s
        """;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("0.5 ms", "float64", "REAL,64")]
    [InlineData("0.2 ms", "ascii", "ASC")]
    public async Task Run_ShortWithinABlock_IsFoundInTheBlockAndOff(string every, string block, string format)
    {
        var clock = new VirtualClock();
        var (recorder, result, server) = await RunAsync(clock, WireProfile.Cycler, every, new ShortInjection(0.7, 0.9), text => text
            .Replace("block: float64", "block: " + block, StringComparison.Ordinal)
            .Replace("    byte_order: little\n", block == "ascii" ? "" : "    byte_order: little\n", StringComparison.Ordinal)
            .Replace("FORM REAL,64", "FORM " + format, StringComparison.Ordinal));

        var found = recorder.Events.Last(e => e.Kind == "detection");
        Assert.Equal(RunOutcome.Tripped, result.Ending!.Outcome);
        Assert.False(server.Cycler.Channels[0].IsOn);
        AssertRising(recorder.Bursts.Single().Samples);
        Assert.InRange(SamplesToNotice(recorder, found), 1, 20); // The cell takes a millisecond to collapse; a block is 40 or 100 samples.
        Assert.DoesNotContain(recorder.Events, e => e.Kind is "instrument_buffer_overflow" or "missed_deadlines");
    }

    [Fact]
    public async Task Run_RealTime_CompletesWithRisingTimesAndExactCharge()
    {
        var (recorder, result, server) = await RunAsync(new WallClock(TimeProvider.System), WireProfile.Cycler, "0.5 ms", null, text => text);

        Assert.Equal(RunOutcome.Completed, result.Ending!.Outcome);
        var step = Assert.Single(recorder.Steps);
        Assert.Equal(server.Cycler.Channels[0].Charge.NetAmpHours, -step.DischargingAmpHours, 0.1 * step.DischargingAmpHours);
        AssertRising(recorder.Rows.Select(r => new Sample(r.TimeNanoseconds, r.Volts, r.Amperes, null)));
    }

    [Fact]
    public async Task Run_Keithley2450_FillsItsOneBufferAndIsFetchedByPlaces()
    {
        var (recorder, result, server) = await RunAsync(new VirtualClock(), WireProfile.Keithley2450, "2 ms", new ShortInjection(0.7, 0.9), text => text);

        var found = recorder.Events.Last(e => e.Kind == "detection");
        Assert.Equal(RunOutcome.Tripped, result.Ending!.Outcome);
        Assert.False(server.Cycler.Channels[0].IsOn);
        AssertRising(recorder.Bursts.Single().Samples);
        Assert.InRange(SamplesToNotice(recorder, found), 1, 4);
    }

    /// <summary>Samples of the burst from the collapse of the voltage to the one that decided.</summary>
    private static int SamplesToNotice(FakeRecorder recorder, RunEvent found)
    {
        var samples = recorder.Bursts.Single().Samples;
        var healthy = Array.FindIndex(samples, s => s.TimeNanoseconds > found.TimeNanoseconds - 50_000_000);
        var onset = Array.FindIndex(samples, healthy, s => Math.Abs(s.Volts) < 0.8 * Math.Abs(samples[healthy].Volts));
        return Array.FindIndex(samples, s => s.TimeNanoseconds == found.TimeNanoseconds) - onset + 1;
    }

    private static void AssertRising(IEnumerable<Sample> samples)
    {
        var times = samples.Select(s => s.TimeNanoseconds).ToList();
        Assert.True(times.Count > 10);
        Assert.Equal(times.Distinct().Order(), times);
    }

    private static async Task<(FakeRecorder Recorder, RunResult Result, SimulatedCyclerServer Server)> RunAsync(
        IClock clock, WireProfile wire, string every, ShortInjection? injection, Func<string, string> profile)
    {
        var options = new SimulatedCyclerOptions
        {
            Clock = clock,
            Cells = ["li-lpsc-li"],
            Profile = wire,
            Injection = injection,
            Shorts = injection is not null,
            Cpu = clock.Kind == ClockKind.Virtual ? StationHost.VirtualClockProcessor : null,
        };
        using var server = SimulatedCyclerServer.Start(options);
        var (read, problems) = ProfileReader.Read(wire.Name + ".yaml", profile(ProfileLibrary.ShippedTexts()[wire.Name]));
        Assert.Empty(problems);
        var factory = new TcpInstrumentFactory(ProfileLibrary.Shipped.With(read!), isSimulated: _ => true);
        var link = factory.CreateLink(new InstrumentAddress("bench", wire.Name, server.Address), clock);
        var definition = ProtocolReader.Read("plating.yaml", Text.Replace("EVERY", every, StringComparison.Ordinal)).Definition!;
        var compiled = RunProgramCompiler.Compile(definition, CellGiven.Nothing, new Dictionary<string, string>(StringComparer.Ordinal), link.Capabilities);
        Assert.Empty(compiled.Problems);
        var recorder = new FakeRecorder();
        await using var host = new LinkHost(link, clock, new LinkOptions { BurstAfter = TimeSpan.FromMilliseconds(100), Processor = options.Cpu });
        host.Start();
        var result = await host.StartRunAsync(new StartRunRequest
        {
            Channel = new ChannelId("bench", 1),
            Program = compiled.Program!,
            CreateRecorder = _ => recorder,
            EndOnPause = true,
        }).WaitAsync(s_patience);
        return (recorder, result, server);
    }
}
