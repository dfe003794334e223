using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Scpi;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Sessions;
using CyclerControl.Simulation;
using CyclerControl.Simulation.Cyclers;
using CyclerControl.Simulation.Wire;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Conformance.Tests.Subjects;

/// <summary>A shipped SCPI profile and the simulated instrument of the same name.</summary>
internal sealed class ScpiSubject : IConformanceSubject, IInstrumentTruth
{
    private readonly HardwareProfile _profile;
    private readonly WireProfile _kind;
    private readonly ManualClock _clock = new();
    private SimulatedCycler _cycler;
    private SimulatedConversation? _conversation;

    public ScpiSubject(HardwareProfile profile)
    {
        _profile = profile;
        Assert.True(
            WireProfile.TryFind(profile.Name, out var kind),
            $"profile {profile.Name} is shipped, and nothing simulates it: add a WireProfile of that name in CyclerControl.Simulation.");
        _kind = kind;
        _cycler = Unit(kind.SerialNumber);
        Wire = new MemoryWire([.. profile.Link.Terminator]);
    }

    public string Name => _profile.Name;

    public ChannelCapabilities Capabilities => _profile.Capabilities;

    public MemoryWire Wire { get; }

    public IInstrumentTruth Truth => this;

    public bool TellsPowerOn => _profile.Language!.PowerOn is not null;

    public bool IsAnyOn => _cycler.Channels.Any(channel => channel.IsOn);

    public bool IsOn => First.IsOn;

    public double Volts => First.TrueVolts;

    public double Amperes => First.TrueAmperes;

    public double SetAmperes => First.Amperes;

    public double LowLimitVolts => First.LowVolts;

    public double HighLimitVolts => First.HighVolts;

    private SimulatedChannel First => _cycler.Channels[0];

    public IInstrument Connect()
    {
        Wire.Renew();
        _conversation = new SimulatedConversation(_cycler, _kind);
        Wire.OtherEnd = _conversation.Handle;
        return new ScpiInstrument(_profile, new LinkSession(Name, Wire, _profile.Link, _clock));
    }

    public void Exchange() => _cycler = Unit("7654321");

    public void FillErrorQueue()
    {
        for (var i = 0; i < 40; i++)
        {
            _ = _conversation!.Handle("NONSENSE 1"u8);
        }
    }

    public void Pass(double seconds)
    {
        _clock.NowSeconds += seconds;
        _cycler.BringUpToNow();
    }

    public void PowerCycle() => _cycler.PowerCycle();

    private SimulatedCycler Unit(string serialNumber) => SimulatedCyclerServer.MakeCycler(new SimulatedCyclerOptions
    {
        Clock = _clock,
        Profile = _kind,
        Cells = ["li-lpsc-li"],
        Shorts = false,
        SerialNumber = serialNumber,
    });
}
