using System.Collections.Concurrent;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.BioLogic;
using CyclerControl.Instruments.Dialects.BioLogic.Library;
using CyclerControl.Instruments.Dialects.BioLogic.Techniques;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Simulation.BioLogic;
using CyclerControl.Simulation.Cells;
using CyclerControl.Simulation.Cyclers;
using CyclerControl.Testing.EcLab;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Conformance.Tests.Subjects;

/// <summary>A shipped profile of adapter <c>biologic</c>, and the stand-in for the vendor's library with a simulated instrument behind it.</summary>
internal sealed class EcLabSubject : IScheduledSubject, IScheduleTruth
{
    private const int Kernel = 5;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);
    private static readonly Lazy<NativeEcLib> s_library = new(() => NativeEcLib.Load(EcLibStandIn.Path));
    private static readonly ConcurrentBag<EcLibThread> s_threads = [];

    private readonly HardwareProfile _profile;
    private readonly ManualClock _clock = new();
    private readonly EcLibThread _thread = s_threads.TryTake(out var thread) ? thread : new EcLibThread("conform");
    private readonly SimulatedEcLab _lab;
    private readonly string _address;
    private readonly List<TrueRow> _rows = [];
    private readonly List<string> _commands = [];
    private readonly HashSet<int> _lost = [];
    private EcLabExecution[] _executions;
    private (int Exchange, CallTrouble Trouble)? _next;
    private int _taken;

    public EcLabSubject(HardwareProfile profile)
    {
        _profile = profile with { ChannelCount = 2 }; // One with a board, one without; more are only slower.
        var isSp300 = profile.BioLogic!.Family == EcLabFamily.Sp300;
        _lab = new SimulatedEcLab(_clock, isSp300 ? 16 : 5, isSp300, [NamedCells.Make("li-lpsc-li", 1, false)], NoiseParameters.None);
        _lab.Channels[0].Recorded = row => _rows.Add(new TrueRow(
            row.Number == 100 ? RowVerb.Rest : row.Amperes < 0 ? RowVerb.Plate : RowVerb.Strip, row.Seconds, row.Seconds - row.Start, (float)row.Volts, (float)row.Amperes));
        _address = EcLibStandIn.Add(_lab);
        _executions = NoExecutions();
        Compiler = new TechniqueCompiler(profile.BioLogic.Family, profile.BioLogic.Bandwidth, profile.Capabilities, profile.BioLogic.Techniques);
        Library = new FaultyEcLib(s_library.Value, _thread.GiveUp) { Calling = Hear, Taken = Take };
        Strangers =
        [
            ("another unit", () => _lab.BoardSerialNumber++),
            ("the other family", () => _lab.DeviceCode = isSp300 ? 5 : 16),
            ("a device of no known kind", () => _lab.DeviceCode = 255),
        ];
        Conditions =
        [
            ("never used", true, () => { }),
            .. ((int[])[1, 2, 3, 4, 255, -1]).Select(state => (FormattableString.Invariant($"state {state}"), false, (Action)(() => _lab.Pretend(0, null, state)))),
            .. ((int[])[0, 1, 4, 8, 10]).Select(firmware => (FormattableString.Invariant($"firmware {firmware}"), false, (Action)(() => _lab.Pretend(0, firmware, null)))),
        ];
    }

    public string Name => _profile.Name;

    public ChannelCapabilities Capabilities => _profile.Capabilities;

    public IScheduleCompiler Compiler { get; }

    public IScheduleTruth Truth => this;

    public MemoryWire? Wire => null;

    public FaultyEcLib Library { get; }

    public SimulatedEcLab Lab => _lab;

    public int Exchanges => Library.Calls;

    public IReadOnlyList<string> Troubles { get; } = Enum.GetNames<CallTrouble>();

    public IReadOnlyList<(string Name, Action Exchange)> Strangers { get; }

    public IReadOnlyList<(string Name, bool MayStart, Action Arrange)> Conditions { get; }

    public bool IsRunning
    {
        get
        {
            _ = _lab.Test();
            return First.IsRunning;
        }
    }

    public double Amperes => First.TrueAmperes;

    public IReadOnlyList<string> Commands => _commands;

    public int Starts { get; private set; }

    public IReadOnlyList<TrueRow> Rows => _rows;

    public IReadOnlySet<int> LostOnTheWay => _lost;

    public IReadOnlyList<(RowVerb Verb, double Low, double High)> Bounds =>
    [
        .. First.Techniques.Where(technique => technique.IsCurrent).Select(technique => (
            technique.Level(0) < 0 ? RowVerb.Plate : RowVerb.Strip, Edge(technique, -1), Edge(technique, 1))),
    ];

    private SimulatedEcLabChannel First => _lab.Channels[0];

    // A message that does not come is nothing; a place that says it has no board is one that is left alone.
    public bool MayPassUnnoticed(string trouble) => trouble is nameof(CallTrouble.Refused) or nameof(CallTrouble.Broken) or nameof(CallTrouble.AnswerLost) or nameof(CallTrouble.UnknownCode);

    public void Spoil(int exchange, string trouble) => _next = (exchange, Enum.Parse<CallTrouble>(trouble));

    public void Fuzz(Random random) => Library.Fuzz = random;

    public IInstrument Connect()
    {
        (Library.TroubledCall, Library.Trouble) = (_next?.Exchange, _next?.Trouble ?? default);
        if (_next is null)
        {
            Library.Return();
        }

        _next = null;
        return Open(Library, _executions);
    }

    public IInstrument ConnectAnother() => Open(new FaultyEcLib(s_library.Value) { Calling = Hear }, NoExecutions());

    public void Die() => _executions = NoExecutions();

    public void Pass(double seconds)
    {
        _clock.NowSeconds += seconds;
        _lab.Lose(0, 0);
    }

    public void StopByHand() => _ = _lab.Stop(0);

    public void PauseByHand() => _lab.Pause(0);

    public void PowerCycle() => _lab.PowerCycle();

    public void LoseRecord() => _lab.PowerCycle();

    public void Dispose()
    {
        Library.Return();
        s_threads.Add(_thread);
    }

    private BioLogicInstrument Open(FaultyEcLib library, EcLabExecution[] executions)
    {
        var conversation = new EcLabConversation(new LoadedEcLib(library, _thread), "vsp", s_timeout, _clock);
        DeviceInfos device = default;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                conversation.Must("BL_Connect", loaded =>
                {
                    var code = loaded.Connect(_address, 5, out var id, out device);
                    conversation.Id = id;
                    return code;
                });
                return new BioLogicInstrument(_profile, conversation, device, "", executions);
            }
            catch (LinkFaultException) when (attempt < 1_000_000)
            {
                // What has hung is on its way back.
                conversation = new EcLabConversation(new LoadedEcLib(library, _thread), "vsp", s_timeout, _clock);
                _ = Thread.Yield();
            }
        }
    }

    private EcLabExecution[] NoExecutions() => [.. _profile.ChannelNumbers.Select(_ => new EcLabExecution())];

    private void Hear(string function)
    {
        if (function is "BL_LoadFirmware" or "BL_LoadTechnique" or "BL_UpdateParameters" or "BL_StartChannel" or "BL_StopChannel")
        {
            _commands.Add(function);
        }

        if (function == "BL_StartChannel" && !First.IsRunning && !First.IsPaused)
        {
            Starts++;
            _rows.Clear();
            _lost.Clear();
            _taken = 0;
        }
    }

    private void Take(int rows, bool arrived)
    {
        if (!arrived)
        {
            _lost.UnionWith(Enumerable.Range(_taken, rows));
        }

        _taken += rows;
    }

    // How far a voltage may go before the instrument ends the technique by itself; infinite: for ever.
    private static double Edge(LoadedTechnique technique, int sign)
    {
        for (var volts = 0.0; volts < 5; volts += 1e-3)
        {
            if (technique.IsOver(0, sign * volts, technique.Level(0)))
            {
                return sign * volts;
            }
        }

        return sign * double.PositiveInfinity;
    }
}
