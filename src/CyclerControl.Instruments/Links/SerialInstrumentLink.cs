using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Scpi;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Sessions;
using CyclerControl.Instruments.Stations;
using CyclerControl.Instruments.Transports;

namespace CyclerControl.Instruments.Links;

/// <summary>The way to one SCPI instrument on a serial line: at a port, or, with <c>serial://auto</c>, wherever it answers with its identity.</summary>
public sealed class SerialInstrumentLink : IInstrumentLink
{
    private readonly HardwareProfile _profile;
    private readonly SerialAddress _place;
    private readonly IClock _clock;
    private readonly ReopenPolicy _reopen;
    private readonly SerialSearch _search;

    internal SerialInstrumentLink(
        InstrumentAddress address, SerialAddress place, HardwareProfile profile, IClock clock, bool isSimulated, TimeProvider timeProvider)
    {
        Address = address;
        IsSimulated = isSimulated;
        _place = place;
        _profile = WithoutSecondConnection(profile);
        _clock = clock;
        _reopen = new ReopenPolicy(timeProvider);
        _search = new SerialSearch(address.Name, place, _profile, Connect);
    }

    public InstrumentAddress Address { get; }

    public bool IsSimulated { get; }

    public IReadOnlyList<int> ChannelNumbers => _profile.ChannelNumbers;

    public ChannelCapabilities Capabilities => _profile.Capabilities;

    /// <summary>A device has a path, with links to it; what is searched for, and a port of Windows, has a name.</summary>
    public string? Place => _place.Port?.StartsWith('/') == true ? null : "serial " + _place.Place;

    public TimeSpan ReplyTimeout => _profile.Link.Timeouts.Reply;

    internal ICollection<RecordedExchange>? Record { get; init; }

    public IInstrument Open() =>
        new ScpiInstrument(_profile, _place is { Port: { } port, Id: null } ? Connect(port) : _search.Find());

    /// <summary>None: a line has one owner.</summary>
    public IAbortLine? OpenAbortLine(InstrumentIdentity expected) => null;

    public Task<IInstrument> OpenWithRetryAsync(Action<InstrumentException> attemptFailed, CancellationToken cancellation) =>
        _reopen.RunAsync(Open, attemptFailed, cancellation);

    private LinkSession Connect(string port)
    {
        try
        {
            ITransport transport = SerialTransport.Open(port, _place.Settings);
            return new LinkSession(Address.Name, Record is null ? transport : new RecordingTransport(transport, Record), _profile.Link, _clock);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or PlatformNotSupportedException or ArgumentException)
        {
            throw new InstrumentUnreachableException($"{Address.Name} (serial://{port}): {Reason(failure)}", failure) { Instrument = Address.Name };
        }
    }

    private static string Reason(Exception failure) => failure switch
    {
        UnauthorizedAccessException => $"{failure.Message}; close the other program, or let this user into the group that owns the port (dialout)",
        PlatformNotSupportedException => failure.Message,
        _ => $"{failure.Message.TrimEnd('.')}; is the instrument on, is the cable in, is it this port?",
    };

    private static HardwareProfile WithoutSecondConnection(HardwareProfile profile) => !profile.Capabilities.HasAbortConnection ? profile : profile with
    {
        Capabilities = profile.Capabilities with
        {
            HasAbortConnection = false,
            StopLatency = profile.Capabilities.AbortLatency + profile.Link.Gap + profile.Link.Timeouts.Write + profile.Link.Timeouts.Reply,
        },
    };
}
