using System.Text;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Neware;
using CyclerControl.Instruments.Dialects.Neware.StepFiles;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Stations;
using CyclerControl.Simulation;
using CyclerControl.Simulation.Cyclers;
using CyclerControl.Simulation.Neware;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Conformance.Tests.Subjects;

/// <summary>A shipped profile of adapter <c>neware</c>, and the simulated BTS program on a wire in memory.</summary>
internal sealed class NewareSubject : IScheduledSubject, IScheduleTruth
{
    private const string Terminator = "\n\n#\r\n";
    private static readonly BtsAddress s_first = new("127.0.0.1", BtsBox.DeviceType, BtsBox.DeviceId, 1, 1);
    private static readonly string s_root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    private readonly HardwareProfile _profile;
    private readonly ManualClock _clock = new();
    private readonly string _share = Directory.CreateDirectory(Path.Combine(s_root, "conform-" + Guid.NewGuid().ToString("N"))).FullName;
    private readonly NewareAddress _address;
    private readonly SimulatedCycler _cycler;
    private readonly BtsBox _box;
    private readonly BtsLanguage _language;
    private readonly List<string> _commands = [];
    private BtsExecution[] _executions;
    private (int Exchange, Trouble Trouble)? _next;
    private int _lastTest;

    public NewareSubject(HardwareProfile profile)
    {
        _profile = profile;
        _cycler = SimulatedCyclerServer.MakeCycler(new SimulatedCyclerOptions { Clock = _clock, Cells = [.. Enumerable.Repeat("li-lpsc-li", BtsBox.ChannelsPerUnit)], Shorts = false });
        _box = new BtsBox(_cycler, _share, @"C:\bts");
        _language = new BtsLanguage(_box, TimeProvider.System);
        _address = NewareAddress.TryParse(
            new Uri($"neware://bts?devtype={BtsBox.DeviceType}&devid={BtsBox.DeviceId}&unit=1&share={Uri.EscapeDataString(_share)}&bts_path=C%3A%5Cbts"), out _)!;
        _executions = NoExecutions();
        Compiler = new StepFileCompiler(profile.Capabilities, profile.Neware!);
        Wire = new MemoryWire(Encoding.ASCII.GetBytes(Terminator)) { OtherEnd = Answer };
        Strangers =
        [
            ("another unit", () => Wire.Tamper = (_, reply) => Replace(reply, "devid=\"21\"", "devid=\"22\"")),
            ("no unit at all", () => Wire.Tamper = (_, reply) => Encoding.UTF8.GetBytes("<bts><cmd>getdevinfo_resp</cmd><middle count=\"0\"/></bts>" + Terminator)),
            ("an instrument of another language", () => Wire.Tamper = (_, _) => Encoding.UTF8.GetBytes("ACME,TOASTER,1,1.0\n")),
            ("a unit with fewer channels", () => Wire.Tamper = (_, reply) => Replace(reply, "Channelid=\"8\"", "Channelid=\"7\"")),
        ];
        Conditions =
        [
            ("never used", true, () => { }),
            ("finished", true, () => Say("finish")),
            ("stopped", true, () => Say("stop")),
            ("protected", true, () => Say("protect")),
            .. ((string[])["working", "pause", "synCtrl", "ligth", "waitTimeOut", "waitStart", "false", "", "FINISH", "something new"])
                .Select(word => (word, false, (Action)(() => Say(word)))),
        ];
    }

    public string Name => _profile.Name;

    public ChannelCapabilities Capabilities => _profile.Capabilities;

    public IScheduleCompiler Compiler { get; }

    public IScheduleTruth Truth => this;

    public MemoryWire Wire { get; }

    MemoryWire? IScheduledSubject.Wire => Wire;

    public int Exchanges => Wire.Exchanges;

    public IReadOnlyList<string> Troubles { get; } = Enum.GetNames<Trouble>();

    public IReadOnlyList<(string Name, Action Exchange)> Strangers { get; }

    public IReadOnlyList<(string Name, bool MayStart, Action Arrange)> Conditions { get; }

    public bool IsRunning => First.IsWorking;

    public double Amperes => First.Output.TrueAmperes;

    public IReadOnlyList<string> Commands => _commands;

    public int Starts { get; private set; }

    public IReadOnlyList<TrueRow> Rows =>
    [
        .. First.Rows.Select(row => new TrueRow(
            row.Code switch { "rest" => RowVerb.Rest, "dc" or "dv" or "cccd" => RowVerb.Plate, _ => RowVerb.Strip },
            (row.AtNanoseconds - First.StartedAt) * 1e-9, row.StepSeconds, row.Volts, row.Amperes)),
    ];

    public IReadOnlySet<int> LostOnTheWay { get; } = new HashSet<int>();

    public IReadOnlyList<(RowVerb Verb, double Low, double High)> Bounds =>
    [
        .. First.File!.Steps.Where(step => step.Direction != 0).Select(step => (
            step.Direction < 0 ? RowVerb.Plate : RowVerb.Strip,
            step.Protection.LowerVolts ?? double.NegativeInfinity,
            step.Protection.UpperVolts ?? double.PositiveInfinity)),
    ];

    private Simulation.Neware.BtsChannel First => _box.Find(s_first)!;

    public bool MayPassUnnoticed(string trouble) => trouble is nameof(Trouble.Garbled) or nameof(Trouble.OutOfPhase);

    public void Spoil(int exchange, string trouble) => _next = (exchange, Enum.Parse<Trouble>(trouble));

    public void Fuzz(Random random) => Wire.Tamper = (_, reply) => random.Next(4) == 0 ? Mutation.OfText(reply, random) : reply;

    public IInstrument Connect()
    {
        Wire.Renew();
        (Wire.TroubledExchange, Wire.Trouble) = (_next?.Exchange, _next?.Trouble ?? default);
        _next = null;
        return Open(Wire, _executions);
    }

    public IInstrument ConnectAnother() => Open(new MemoryWire(Encoding.ASCII.GetBytes(Terminator)) { OtherEnd = Answer }, NoExecutions());

    public void Die() => _executions = NoExecutions();

    public void Pass(double seconds)
    {
        _clock.NowSeconds += seconds;
        _ = First;
    }

    public void StopByHand() => _ = _box.Stop(s_first);

    public void PauseByHand() => _box.Pause(s_first);

    public void PowerCycle() => _box.PowerCycle();

    public void LoseRecord() => _box.LoseRecord();

    public void Dispose() => Directory.Delete(_share, recursive: true);

    private BtsInstrument Open(MemoryWire wire, BtsExecution[] executions) =>
        new(_profile, _address, new BtsSession("bts", wire, _profile.Link.Timeouts, _clock), executions);

    private BtsExecution[] NoExecutions() => [.. _profile.ChannelNumbers.Select(_ => new BtsExecution())];

    private void Say(string word) => First.Says = word;

    private ReadOnlySpan<byte> Answer(ReadOnlySpan<byte> message)
    {
        var text = Encoding.UTF8.GetString(message);
        var command = text.Split("<cmd>")[1].Split("</cmd>")[0];
        if (command is not ("getdevinfo" or "getchlstatus" or "inquire" or "inquiredf" or "download"))
        {
            _commands.Add(command);
        }

        var reply = _language.Answer(message);
        if (First.TestId > _lastTest)
        {
            (Starts, _lastTest) = (Starts + 1, First.TestId);
        }

        return reply is null ? [] : reply.AsSpan(0, reply.Length - Terminator.Length);
    }

    private static byte[] Replace(byte[] reply, string old, string now) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(reply).Replace(old, now, StringComparison.Ordinal));
}
