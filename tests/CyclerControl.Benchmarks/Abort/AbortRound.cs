using CyclerControl.Acquisition.Clocks;
using CyclerControl.Benchmarks.Sampling;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Instruments.Links;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Simulation;
using CyclerControl.Simulation.BioLogic;
using CyclerControl.Simulation.Cells;
using CyclerControl.Simulation.Cyclers;
using CyclerControl.Simulation.Neware;
using CyclerControl.Simulation.Shorts;
using CyclerControl.Simulation.Wire;
using CyclerControl.Simulation.Wire.Serial;
using CyclerControl.Testing.EcLab;

namespace CyclerControl.Benchmarks.Abort;

/// <summary>New instruments of one kind, and what becomes of one short on each of their channels. Rule 1 of the detector is in none of them: we switch off.</summary>
internal sealed class AbortRound : IDisposable
{
    public const int MostChannels = 8;

    private const string Cell = "li-lpsc-li";
    private const double Ohms = 3;

    private readonly List<IDisposable> owned = [];
    private readonly string folder = Directory.CreateTempSubdirectory("cycler-abort-").FullName;
    private readonly WallClock clock = new(TimeProvider.System);
    private Func<int, double, BurntShort?> truth = (_, _) => null;
    private Action begin = () => { };

    private AbortRound()
    {
    }

    public SampledStation Station { get; private set; } = null!;

    /// <summary>What the profile says, s.</summary>
    public double StatedSeconds { get; private set; }

    /// <summary>Source-measure units on serial lines of 9600 baud, one channel each, four samples a second.</summary>
    public static AbortRound OnSerial(int channels, int seed)
    {
        const string Profile = "keithley-2400";
        var round = new AbortRound();
        _ = WireProfile.TryFind(Profile, out var wire); // It is shipped.
        var files = Enumerable.Range(1, channels).Select(n => Path.Combine(round.folder, $"truth-{n}.jsonl")).ToArray();
        var servers = files.Select((file, n) => SimulatedCyclerServer.Start(new SimulatedCyclerOptions
        {
            Clock = round.clock,
            Profile = wire!,
            Cells = [Cell],
            Seed = seed + n,
            Shorts = false,
            Injection = new ShortInjection(6, 8, Ohms),
            TruthPath = file,
            Line = new SerialLineOptions(Path.Combine(round.folder, $"tty{n + 1}")) { Baud = 9600 },
        })).ToArray();
        round.owned.AddRange(servers);
        round.Open(
            Profile, new SerialInstrumentFactory(ProfileLibrary.Shipped),
            [.. servers.Select((server, n) => new InstrumentAddress($"c{n + 1}", Profile, server.Address))], channels, rate: 4);
        var starts = new double[channels];
        round.begin = () => Array.Copy(round.WhenRunsBegan(), starts, channels);
        round.truth = (n, decided) => ShortTruth.Last(files[n], 1) is { } last ? new BurntShort(last.Onset, starts[n] + decided, last.Off) : null;
        return round;
    }

    /// <summary>One unit behind a BTS program, a row a second.</summary>
    public static AbortRound OnNeware(int channels, int seed)
    {
        const string Profile = "neware-bts-8ch";
        var round = new AbortRound();
        var file = Path.Combine(round.folder, "truth.jsonl");
        var log = TruthLog.ToFile(file);
        var cycler = SimulatedCyclerServer.MakeCycler(
            new SimulatedCyclerOptions
            {
                Clock = round.clock,
                Cells = [.. Enumerable.Repeat(Cell, BtsBox.ChannelsPerUnit)],
                Seed = seed,
                Shorts = false,
                Injection = new ShortInjection(25, 30, Ohms),
            },
            log);
        var server = new BtsServer(new BtsBox(cycler, round.folder, @"C:\bts"));
        round.owned.AddRange([server, log]);
        var connect = new Uri(
            $"{server.Address}?devtype={BtsBox.DeviceType}&devid={BtsBox.DeviceId}&unit=1&share={Uri.EscapeDataString(round.folder)}&bts_path=C%3A%5Cbts");
        round.Open(Profile, new NewareInstrumentFactory(ProfileLibrary.Shipped), [new InstrumentAddress("nw", Profile, connect)], channels, rate: 1);
        round.truth = (n, decided) => ShortTruth.Last(file, n + 1) is { } last ? new BurntShort(last.Onset, last.On + decided, last.Off) : null;
        return round;
    }

    /// <summary>The stand-in for the vendor's library, ten rows a second.</summary>
    public static AbortRound OnBioLogic(int channels, int seed)
    {
        const string Profile = "biologic-vmp3";
        var round = new AbortRound();
        var madeAt = round.clock.NowNanoseconds * 1e-9;
        var lab = new SimulatedEcLab(
            round.clock, deviceCode: 5, isSp300: false, Enumerable.Range(0, channels).Select(n => NamedCells.Make(Cell, seed + n, false)));
        round.Open(
            Profile, new BioLogicInstrumentFactory(ProfileLibrary.Shipped), [new InstrumentAddress("bl", Profile, EcLibStandIn.Uri(lab))], channels, rate: 10);
        round.begin = () => round.PlantShorts(lab, 4, 7, new Random(seed));
        round.truth = (n, decided) => lab.Channels[n] is { Cell.Truth.FirstShort: { } onset } channel
            ? new BurntShort(madeAt + onset.TimeSeconds, channel.StartedAtSeconds + decided, channel.OffAtSeconds)
            : null;
        return round;
    }

    /// <summary>The runs have been asked for.</summary>
    public void Begin() => begin();

    /// <param name="channel">Its place in the station.</param>
    /// <param name="decidedSeconds">Test time of the sample that decided.</param>
    /// <returns>Null where there was none.</returns>
    public BurntShort? Truth(int channel, double decidedSeconds) => truth(channel, decidedSeconds);

    public void Dispose()
    {
        Station?.Dispose();
        owned.ForEach(one => one.Dispose());
        Directory.Delete(folder, recursive: true);
    }

    private void Open(string profile, IInstrumentFactory factory, IReadOnlyList<InstrumentAddress> instruments, int channels, double rate)
    {
        StatedSeconds = ProfileLibrary.Shipped.Find(profile)!.Capabilities.AbortLatency.TotalSeconds;
        Station = new SampledStation(factory, instruments, channels, rate, clock);
    }

    /// <summary>Test time zero of each run, s: the time of a sample on the clock, less its time in the run.</summary>
    private double[] WhenRunsBegan() => [.. Station.Channels.Select(channel =>
    {
        while (true)
        {
            if (Station.HostOf(channel).Snapshot(channel) is { State: ChannelState.Running, Samples: > 1, ReadAtNanoseconds: { } readAt } snapshot)
                return (readAt - snapshot.TestTimeNanoseconds) * 1e-9;
            Station.Wait(0.05);
        }
    })];

    private void PlantShorts(SimulatedEcLab lab, double earliestSeconds, double latestSeconds, Random random)
    {
        var waited = 0.0;
        var moments = lab.Channels.Select((_, n) => (Channel: n, After: earliestSeconds + (random.NextDouble() * (latestSeconds - earliestSeconds))));
        foreach (var (channel, after) in moments.OrderBy(one => one.After).ToList())
        {
            Station.Wait(after - waited);
            waited = after;
            lab.PlantShort(channel, Ohms);
        }
    }
}
