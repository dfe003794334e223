using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Neware;
using CyclerControl.Instruments.Sessions;
using CyclerControl.Instruments.Stations;
using CyclerControl.Instruments.Tests.Doubles;

namespace CyclerControl.Instruments.Tests.Dialects.Neware;

/// <summary>A unit of channels on a wire in memory.</summary>
internal sealed class BtsBench : IDisposable
{
    private const string Steps = "  - rest: 1 min\n  - repeat: 2\n    steps:\n      - plate: 1 mA\n        for: 1 h\n      - strip: 1 mA\n        until: 0.5 V\n        hold_until: [0.1 mA, 1 h]";
    private readonly string _share = Directory.CreateTempSubdirectory("bts-").FullName;
    private readonly BtsExecution[] _executions = [.. Enumerable.Range(0, 8).Select(_ => new BtsExecution())];

    public BtsBench(string query = "devtype=27&devid=21&unit=1")
    {
        Query = query;
        Schedule = Recipes.Compile(Steps).Schedule!;
        Reconnect();
    }

    public FakeBts Bts { get; } = new();

    public CompiledSchedule Schedule { get; }

    public ManualClock Clock { get; } = new();

    public BtsWire Wire { get; private set; } = null!;

    public BtsInstrument Instrument { get; private set; } = null!;

    public IScheduledChannel Channel => (IScheduledChannel)Instrument.Channels[0];

    private string Query { get; }

    public static BtsBench Ready()
    {
        var bench = new BtsBench();
        _ = bench.Instrument.Initialize(null);
        bench.Bts.Commands.Clear();
        return bench;
    }

    /// <summary>With a run of ours.</summary>
    public static BtsBench Started()
    {
        var bench = Ready();
        _ = bench.Channel.Start(bench.Schedule, "run-1");
        bench.Bts.Commands.Clear();
        return bench;
    }

    public void Reconnect()
    {
        var address = NewareAddress.TryParse(new Uri($"neware://bts.lab?{Query}&share={Uri.EscapeDataString(_share)}&bts_path=C%3A%5Cbts"), out _)!;
        Wire = BtsWire.Of(Bts.Answer);
        Instrument = new BtsInstrument(Recipes.Profile, address, new BtsSession("bts", Wire, LinkTimeouts.Default, Clock), _executions);
    }

    public IReadOnlyList<string> StepFiles => [.. Directory.GetFiles(_share)];

    public void Dispose()
    {
        Instrument.Dispose();
        if (Directory.Exists(_share))
        {
            Directory.Delete(_share, recursive: true);
        }
    }

    /// <summary>Where a file is tried, nothing can be written; permissions would not stop everybody.</summary>
    public void BlockShare() => Directory.CreateDirectory(Path.Combine(_share, "bts_1.trial"));

    public void LoseShare() => Directory.Delete(_share, recursive: true);
}
