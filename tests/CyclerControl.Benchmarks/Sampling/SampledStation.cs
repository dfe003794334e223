using System.Collections.Immutable;
using System.Globalization;
using CyclerControl.Acquisition.Clocks;
using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Benchmarks.Simulate;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;
using CyclerControl.Instruments.Links;
using CyclerControl.Instruments.Profiles;

namespace CyclerControl.Benchmarks.Sampling;

/// <summary>Links as the product makes them, to instruments in another process, each channel plating at one current for ever.</summary>
internal sealed class SampledStation : IDisposable
{
    private const string Cell = "area=0.785cm2";

    private readonly LinkHost[] hosts;
    private readonly ChannelId[] channels;
    private readonly RunProgram program;

    /// <param name="instruments">Where they are.</param>
    /// <param name="channels">In all; spread evenly.</param>
    /// <param name="rate">Samples per second on each channel.</param>
    /// <param name="realTime">Link threads ask for SCHED_FIFO.</param>
    public SampledStation(IReadOnlyList<InstrumentAddress> instruments, int channels, double rate, bool realTime = false)
        : this(new TcpInstrumentFactory(ProfileLibrary.Shipped), instruments, channels, rate, new WallClock(TimeProvider.System), realTime, Cell + ",bulk_resistance=40ohm")
    {
    }

    /// <param name="factory">Makes the links.</param>
    /// <param name="instruments">Where they are.</param>
    /// <param name="channels">In all; spread evenly.</param>
    /// <param name="rate">Samples per second on each channel.</param>
    /// <param name="clock">The links' clock.</param>
    /// <param name="realTime">Link threads ask for SCHED_FIFO.</param>
    /// <param name="cell">As <c>--cell</c>. Without <c>bulk_resistance</c> nobody but the detector knows a hard short.</param>
    public SampledStation(
        IInstrumentFactory factory, IReadOnlyList<InstrumentAddress> instruments, int channels, double rate, WallClock clock, bool realTime = false, string cell = Cell)
    {
        Clock = clock;
        var links = instruments.Select(address => factory.CreateLink(address, Clock)).ToArray();
        program = Compile(rate, links[0].Capabilities, cell);
        hosts = [.. links.Select((link, i) => new LinkHost(
            link, Clock, new LinkOptions { Index = i, Count = links.Length, BurstAfter = TimeSpan.Zero, RealTime = realTime }, SilentLinkObserver.Instance))];
        this.channels = [.. Enumerable.Range(0, channels).Select(n => new ChannelId(instruments[n % links.Length].Name, (n / links.Length) + 1))];
        foreach (var host in hosts)
            host.Start();
        foreach (var host in hosts)
            host.WhenOpenAsync().GetAwaiter().GetResult();
    }

    public WallClock Clock { get; }

    public IReadOnlyList<LinkHost> Hosts => hosts;

    public IReadOnlyList<ChannelId> Channels => channels;

    public RunProgram Program => program;

    public long Samples => channels.Sum(channel => HostOf(channel).Snapshot(channel).Samples);

    public LinkHost HostOf(ChannelId channel) => hosts.First(host => host.Name == channel.Instrument);

    /// <summary>One run, to its end, with a recorder that keeps nothing unless another one is given.</summary>
    public Task<RunResult> Run(ChannelId channel, Func<IRunRecorder>? recorder = null) => HostOf(channel).StartRunAsync(new StartRunRequest
    {
        Channel = channel,
        Program = program,
        EndOnPause = true,
        CreateRecorder = _ => recorder?.Invoke() ?? new CountingRecorder(),
    });

    public void EndAll()
    {
        foreach (var channel in channels)
            HostOf(channel).End(channel);
    }

    /// <summary>The calling thread sleeps.</summary>
    public void Wait(double seconds)
    {
        using var participant = Clock.Join("benchmark");
        participant.WaitUntil(Clock.NowNanoseconds + Nanoseconds.FromSeconds(seconds));
    }

    public void Dispose() => Task.WhenAll(hosts.Select(host => host.DisposeAsync().AsTask())).GetAwaiter().GetResult();

    private static RunProgram Compile(double rate, ChannelCapabilities capabilities, string cellText)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $$"""
            protocol: sampling
            version: 1
            measure: cycling
            cell: { kind: symmetric, area: ask }
            record: { every: {{1000 / rate}} ms }
            sample: { every: {{1000 / rate}} ms, required: true }
            limits:
              voltage: { min: -1 V, max: 1 V, longer_than: 200 ms }
              current: { max: 6 mA/cm2, deviation: 2 %, longer_than: 1 s }
            short_circuit: { hard: abort, soft: report }
            steps:
              - plate: 0.5 mA/cm2
                for: 24 h
            """);
        var reading = ProtocolReader.Read("sampling.yaml", text);
        var problems = new ProblemList(CellSpecReader.CommandLine);
        var cell = CellSpecReader.FromText(cellText, problems);
        var compiled = reading.Definition is { } definition
            ? RunProgramCompiler.Compile(definition, cell, ImmutableDictionary<string, string>.Empty, capabilities)
            : null;
        return compiled?.Program
            ?? throw new InvalidOperationException(string.Join('\n', [.. reading.Problems, .. problems.Items, .. compiled?.Problems ?? []]));
    }
}
