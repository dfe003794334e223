using System.Collections.Immutable;
using CyclerControl.Acquisition.Clocks;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Links;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Service.Stations;
using CyclerControl.Simulation;
using CyclerControl.Simulation.BioLogic;
using CyclerControl.Simulation.Cells;
using CyclerControl.Simulation.Cyclers;
using CyclerControl.Simulation.InProcess;
using CyclerControl.Simulation.Land;
using CyclerControl.Simulation.Neware;
using CyclerControl.Simulation.Shorts;
using CyclerControl.Simulation.Wire;
using CyclerControl.Simulation.Wire.Faults;
using CyclerControl.Simulation.Wire.Serial;
using CyclerControl.Testing.EcLab;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Service.Tests.Runs;

/// <summary>One simulated cell on one channel, on a virtual clock: in this process, or behind the simulated cycler's socket.</summary>
internal sealed class SimulatedStation : IDisposable
{
    private readonly IDisposable _owner;
    private readonly SimulatedCycler? _cycler;
    private readonly Func<StationLinks>? _again;

    private SimulatedStation(StationLinks links, SimulatedCell cell, IDisposable owner, SimulatedCycler? cycler = null, Func<StationLinks>? again = null)
    {
        _cycler = cycler;
        _again = again;
        Links = links;
        Cell = cell;
        _owner = owner;
    }

    public StationLinks Links { get; }

    /// <summary>The same instrument, seen by a process that has begun anew.</summary>
    public StationLinks LinksOfAnotherProcess() => _again!();

    /// <summary>The model, for its truth; read it when the run is over.</summary>
    public SimulatedCell Cell { get; }

    /// <summary>The instrument of <see cref="OnEcLab"/>.</summary>
    public SimulatedEcLab? EcLab { get; private init; }

    /// <summary>What the channel of <see cref="OfNeware"/> or <see cref="OfLand"/> really sourced, without signs, Ah.</summary>
    public double? ThroughputAmpHours => _cycler?.Channels[0].Charge.ThroughputAmpHours;

    public static SimulatedStation InProcess(string cell, long seed = 1, bool shorts = true)
    {
        const string Profile = "simulated-8ch";
        var clock = new VirtualClock();
        var connect = new Uri(FormattableString.Invariant($"sim://?cells={cell}&seed={seed}&shorts={(shorts ? "true" : "false")}"));
        var link = (SimulatedInstrumentLink)new SimulatedInstrumentFactory().CreateLink(new InstrumentAddress("bench", Profile, connect), clock);
        return new SimulatedStation(Station(link, Profile, clock), link.Cycler.Channels[0].Cell, link);
    }

    public static SimulatedStation OverTheWire(string cell, long seed = 1, ShortInjection? injection = null)
    {
        const string Profile = "scpi-cycler-8ch";
        var clock = new VirtualClock();
        var options = new SimulatedCyclerOptions { Clock = clock, Cells = [cell], Seed = seed, Injection = injection, Cpu = StationHost.VirtualClockProcessor };
        var server = SimulatedCyclerServer.Start(options);
        var factory = new TcpInstrumentFactory(ProfileLibrary.Shipped, isSimulated: _ => true);
        var link = factory.CreateLink(new InstrumentAddress("bench", Profile, server.Address), clock);
        return new SimulatedStation(Station(link, Profile, clock), server.Cycler.Channels[0].Cell, server);
    }

    /// <summary>Over one of the ways to an instrument, as tests of the same protocol on all of them name it.</summary>
    /// <param name="folder">For what the way needs.</param>
    /// <param name="injection">Not on a serial line, and not on BioLogic.</param>
    public static SimulatedStation Over(string way, string cell, string folder, ShortInjection? injection = null) => way switch
    {
        "scpi over tcp" => OverTheWire(cell, injection: injection),
        "scpi over serial" => OnSerial(cell, Path.Combine(folder, "tty")),
        "neware" => OfNeware(cell, folder, injection: injection),
        "biologic" => OnEcLab(cell),
        _ => throw new ArgumentOutOfRangeException(nameof(way), way, "is no way to an instrument"),
    };

    /// <summary>A source-measure unit on a serial line (a pseudo-terminal).</summary>
    public static SimulatedStation OnSerial(string cell, string line, long seed = 1)
    {
        const string Profile = "keithley-2400";
        var clock = new VirtualClock();
        Assert.True(WireProfile.TryFind(Profile, out var wire));
        var server = SimulatedCyclerServer.Start(new SimulatedCyclerOptions
        {
            Clock = clock,
            Cells = [cell],
            Seed = seed,
            Cpu = StationHost.VirtualClockProcessor,
            Profile = wire,
            Line = new SerialLineOptions(line),
        });
        var link = new SerialInstrumentFactory(ProfileLibrary.Shipped, isSimulated: _ => true).CreateLink(new InstrumentAddress("bench", Profile, server.Address), clock);
        return new SimulatedStation(Station(link, Profile, clock), server.Cycler.Channels[0].Cell, server);
    }

    /// <summary>A BioLogic instrument: the stand-in for the vendor's library, through its real marshalling.</summary>
    /// <param name="techniques">That its channels hold; null: any number.</param>
    public static SimulatedStation OnEcLab(string cell, long seed = 1, int? techniques = null)
    {
        const string Profile = "biologic-vmp3";
        var profile = ProfileLibrary.Shipped.Find(Profile)!;
        var library = techniques is not { } most ? ProfileLibrary.Shipped : ProfileLibrary.Shipped.With(profile with { BioLogic = profile.BioLogic! with { Techniques = most } });
        var clock = new VirtualClock();
        var simulated = NamedCells.Make(cell, seed);
        var lab = new SimulatedEcLab(clock, deviceCode: 5, isSp300: false, [simulated]) { MostTechniques = techniques ?? int.MaxValue };
        var factory = new BioLogicInstrumentFactory(library, isSimulated: _ => true);
        var link = factory.CreateLink(new InstrumentAddress("bench", Profile, EcLibStandIn.Uri(lab)), clock);
        return new SimulatedStation(Station(link, Profile, clock), simulated, new MemoryStream()) { EcLab = lab };
    }

    /// <summary>Behind the simulated BTS program, which runs the protocol by itself.</summary>
    /// <param name="reply">After which an exchange is given up; null: the profile's 30 s.</param>
    /// <param name="truth">Where it writes when its outputs went on and off.</param>
    public static SimulatedStation OfNeware(
        string cell, string share, long seed = 1, bool shorts = true, FaultPlan? faults = null, ShortInjection? injection = null, TimeSpan? reply = null,
        TruthLog? truth = null)
    {
        const string Profile = "neware-bts-8ch";
        var profile = ProfileLibrary.Shipped.Find(Profile)!;
        var timeouts = profile.Link.Timeouts;
        var library = ProfileLibrary.Shipped.With(reply is null ? profile : profile with
        {
            Link = profile.Link with { Timeouts = timeouts with { Reply = reply.Value, Idle = reply.Value } },
        });
        var clock = new VirtualClock();
        var cycler = SimulatedCyclerServer.MakeCycler(new SimulatedCyclerOptions { Clock = clock, Cells = [cell], Seed = seed, Shorts = shorts, Injection = injection }, truth);
        var server = new BtsServer(new BtsBox(cycler, share, @"C:\bts"), faults: faults, cpu: StationHost.VirtualClockProcessor);
        var connect = new Uri($"{server.Address}?devtype={BtsBox.DeviceType}&devid={BtsBox.DeviceId}&unit=1&share={Uri.EscapeDataString(share)}&bts_path=C%3A%5Cbts");
        StationLinks Links() => Station(
            new NewareInstrumentFactory(library, isSimulated: _ => true).CreateLink(new InstrumentAddress("bench", Profile, connect), clock), Profile, clock);
        return new SimulatedStation(Links(), cycler.Channels[0].Cell, server, cycler, Links);
    }

    /// <summary>A test that the simulated LAND software has run by itself, and whose file is watched.</summary>
    public static SimulatedStation OfLand(string cell, string folder, string recipe, LandFileKind kind)
    {
        const string Profile = "land-watched-8ch";
        const long Hour = 3600_000_000_000;
        var vendor = new ManualClock();
        var cycler = SimulatedCyclerServer.MakeCycler(new SimulatedCyclerOptions { Clock = vendor, Cells = [cell] });
        using var software = new LandSoftware(cycler, 1, folder, kind, LandRecipe.Parse(recipe, out var problem) ?? throw new InvalidOperationException(problem));
        while (!software.IsOver)
        {
            vendor.NowNanoseconds += Hour;
            software.BringUpToNow();
        }

        var clock = new VirtualClock();
        var connect = new Uri($"watch://{folder}?files={(kind == LandFileKind.Cex ? "*_{channel}_*.cex" : "*_{channel}." + kind.ToString().ToLowerInvariant())}");
        var signed = ProfileLibrary.ShippedTexts()[Profile].Replace("land:\n", "land:\n  signed_volts: true\n", StringComparison.Ordinal)
            .Replace("offset: 10 uA", "offset: 0.3 uA", StringComparison.Ordinal); // the lowest level of a ramp is 0.08 mA
        var profiles = ProfileLibrary.Shipped.With(ProfileReader.Read(Profile + ".yaml", signed).Profile!);
        var link = new WatchedInstrumentFactory(profiles, isSimulated: _ => true).CreateLink(new InstrumentAddress("bench", Profile, connect), clock);
        return new SimulatedStation(Station(link, Profile, clock), cycler.Channels[0].Cell, new MemoryStream(), cycler);
    }

    public void Dispose() => _owner.Dispose();

    private static StationLinks Station(IInstrumentLink link, string profile, IClock clock)
    {
        var text = ProfileLibrary.Shipped.Find(profile)!.Text;
        var instrument = new StationInstrument(link, text, ImmutableDictionary<int, SimulatedCellNote>.Empty);
        return new StationLinks("test", [instrument], clock);
    }
}
