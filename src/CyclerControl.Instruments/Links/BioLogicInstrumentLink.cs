using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.BioLogic;
using CyclerControl.Instruments.Dialects.BioLogic.Library;
using CyclerControl.Instruments.Dialects.BioLogic.Techniques;
using CyclerControl.Instruments.Profiles;

namespace CyclerControl.Instruments.Links;

/// <summary>The way to one BioLogic instrument, through the vendor's library.</summary>
public sealed class BioLogicInstrumentLink : IInstrumentLink
{
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(2);

    private readonly BioLogicAddress _place;
    private readonly BioLogicSettings _settings;
    private readonly HardwareProfile _profile;
    private readonly IClock _clock;
    private readonly ReopenPolicy _reopen;
    private readonly EcLabExecution[] _executions;

    internal BioLogicInstrumentLink(
        InstrumentAddress address, BioLogicAddress place, HardwareProfile profile, IClock clock, bool isSimulated, TimeProvider timeProvider)
    {
        Address = address;
        IsSimulated = isSimulated;
        _place = place;
        _profile = profile;
        _settings = profile.BioLogic!;
        _clock = clock;
        _reopen = new ReopenPolicy(timeProvider);
        _executions = [.. profile.ChannelNumbers.Select(_ => new EcLabExecution())];
        Compiler = new TechniqueCompiler(_settings.Family, _settings.Bandwidth, profile.Capabilities, _settings.Techniques);
    }

    public InstrumentAddress Address { get; }

    public bool IsSimulated { get; }

    public IReadOnlyList<int> ChannelNumbers => _profile.ChannelNumbers;

    public ChannelCapabilities Capabilities => _profile.Capabilities;

    public TimeSpan ReplyTimeout => _profile.Link.Timeouts.Reply;

    public IScheduleCompiler? Compiler { get; }

    public IInstrument Open()
    {
        var conversation = new EcLabConversation(Load(), Address.Name, ReplyTimeout, _clock);
        var (code, device) = Connect(conversation);
        return code < 0
            ? throw Unreachable(EcLabConversation.Text($"BL_Connect({_place.Device})", code), null)
            : new BioLogicInstrument(_profile, conversation, device, _place.Files, _executions);
    }

    public Task<IInstrument> OpenWithRetryAsync(Action<InstrumentException> attemptFailed, CancellationToken cancellation) =>
        _reopen.RunAsync(Open, attemptFailed, cancellation);

    private LoadedEcLib Load()
    {
        try
        {
            return LoadedEcLib.At(_place.Library);
        }
        catch (InstrumentException failure)
        {
            throw Unreachable(failure.Message, failure);
        }
    }

    private (int Code, DeviceInfos Device) Connect(EcLabConversation conversation)
    {
        var timeout = _profile.Link.Timeouts.Connect;
        var id = 0;
        DeviceInfos device = default;
        try
        {
            var code = conversation.Call(
                $"BL_Connect({_place.Device})",
                library => library.Connect(_place.Device, (byte)Math.Clamp(Math.Ceiling(timeout.TotalSeconds), 1, 255), out id, out device),
                longest: timeout + s_margin);
            conversation.Id = id;
            return (code, device);
        }
        catch (LinkFaultException fault)
        {
            throw Unreachable(fault.Message, fault);
        }
    }

    private InstrumentUnreachableException Unreachable(string message, Exception? cause) => new(
        message.StartsWith(Address.Name, StringComparison.Ordinal) ? message : $"{Address.Name}: {message}", cause)
    {
        Instrument = Address.Name,
    };
}
