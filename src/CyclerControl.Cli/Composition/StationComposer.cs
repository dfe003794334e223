using System.Collections.Immutable;
using System.Globalization;
using CyclerControl.Acquisition.Clocks;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Quantities;
using CyclerControl.Instruments.Links;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Stations;
using CyclerControl.Service.Stations;
using CyclerControl.Simulation;
using CyclerControl.Simulation.Cells;
using CyclerControl.Simulation.Cyclers;
using CyclerControl.Simulation.InProcess;

namespace CyclerControl.Cli.Composition;

/// <summary>The composition root of stations: reads the file or starts the demo, and makes a link for each instrument by its scheme.</summary>
internal static class StationComposer
{
    private const string DemoProfile = "scpi-cycler-8ch";

    /// <exception cref="InputException">The station file is wrong, or the speed is.</exception>
    public static ComposedStation Compose(StationChoice choice)
    {
        if (choice.File is null)
        {
            return Demo(choice);
        }

        if (choice.TruthFile is not null)
        {
            throw new InputException("--truth: only the built-in station's cycler writes its truth; leave --station out, or use the stand-alone simulator's --truth");
        }

        var station = ReadFile(choice.File);
        var isSimulated = station.Instruments.All(i => i.Connect.Scheme == "sim");
        if (!isSimulated && choice.IsSpeedGiven && choice.Speed != "1")
        {
            throw new InputException($"--speed: '{choice.Speed}' on station '{station.Name}', which has real instruments; their time cannot be scaled, leave --speed out");
        }

        var clock = isSimulated ? ClockOf(choice.Speed) : new WallClock(TimeProvider.System);
        IInstrumentFactory[] factories =
        [
            new TcpInstrumentFactory(station.Profiles),
            new SerialInstrumentFactory(station.Profiles),
            new NewareInstrumentFactory(station.Profiles),
            new BioLogicInstrumentFactory(station.Profiles),
            new WatchedInstrumentFactory(station.Profiles),
            new SimulatedInstrumentFactory(),
        ];
        var instruments = station.Instruments.Select(address => Instrument(factories, station.Profiles, address, clock)).ToImmutableArray();
        return new ComposedStation(
            new StationLinks(station.Name, instruments, clock), [.. instruments.Select(i => i.Link).OfType<SimulatedInstrumentLink>()]);
    }

    /// <exception cref="InputException">The file cannot be read, or anything in it is wrong.</exception>
    public static Instruments.Stations.Station ReadFile(string path)
    {
        var (station, problems) = StationReader.Read(path, ProtocolSource.ReadText(path), ProfileLibrary.Shipped);
        return station ?? throw new InputException(problems.Select(p => p.ToString()));
    }

    private static ComposedStation Demo(StationChoice choice)
    {
        var clock = ClockOf(choice.Speed);
        var server = SimulatedCyclerServer.Start(new SimulatedCyclerOptions
        {
            Clock = clock,
            Seed = choice.Seed,
            TruthPath = choice.TruthFile,
            Cpu = clock.Kind == ClockKind.Virtual ? StationHost.VirtualClockProcessor : null,
        });
        var address = new InstrumentAddress("demo", DemoProfile, server.Address);
        var factory = new TcpInstrumentFactory(ProfileLibrary.Shipped, isSimulated: a => a == address);
        var instrument = new StationInstrument(
            factory.CreateLink(address, clock), ProfileLibrary.Shipped.Find(DemoProfile)!.Text, Notes(server.Cycler));
        return new ComposedStation(new StationLinks("demo", [instrument], clock), [server]);
    }

    private static StationInstrument Instrument(
        IReadOnlyList<IInstrumentFactory> factories, ProfileLibrary profiles, InstrumentAddress address, IClock clock)
    {
        var factory = factories.FirstOrDefault(f => f.Scheme == address.Connect.Scheme)
            ?? throw new InputException($"{address.Name}: nothing here speaks '{address.Connect.Scheme}://'; use {string.Join(", ", factories.Select(f => f.Scheme + "://"))}");
        var link = Link(factory, address, clock);
        var cells = link is SimulatedInstrumentLink simulated ? Notes(simulated.Cycler) : ImmutableDictionary<int, SimulatedCellNote>.Empty;
        return new StationInstrument(link, profiles.Find(address.Profile)!.Text, cells);
    }

    private static IInstrumentLink Link(IInstrumentFactory factory, InstrumentAddress address, IClock clock)
    {
        try
        {
            return factory.CreateLink(address, clock);
        }
        catch (InstrumentException refused)
        {
            throw new InputException(refused.Message, refused);
        }
    }

    private static ImmutableDictionary<int, SimulatedCellNote> Notes(SimulatedCycler cycler) =>
        cycler.Channels.ToImmutableDictionary(c => c.Number, c => NoteOf(c.Cell));

    private static SimulatedCellNote NoteOf(SimulatedCell cell)
    {
        var kind = cell.Chemistry switch
        {
            SymmetricChemistry => CellKind.Symmetric,
            CollectorChemistry => CellKind.Half,
            _ => CellKind.Full,
        };
        return new SimulatedCellNote(kind, $"simulated cell {cell.Name}, seed {cell.Seed}");
    }

    private static IClock ClockOf(string speed)
    {
        if (speed == "max")
        {
            return new VirtualClock();
        }

        return double.TryParse(speed, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor is > 0 and <= 1e6
            ? factor == 1 ? new WallClock(TimeProvider.System) : new ScaledClock(factor, TimeProvider.System)
            : throw new InputException($"--speed: '{speed}' is neither max nor a number above 0 and at most 1000000; write --speed 10");
    }
}
