using System.Globalization;
using System.Net.Sockets;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Scpi;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Sessions;
using CyclerControl.Instruments.Transports;

namespace CyclerControl.Instruments.Links;

/// <summary>The way to one SCPI instrument over TCP.</summary>
public sealed class TcpInstrumentLink : IInstrumentLink
{
    private readonly HardwareProfile _profile;
    private readonly IClock _clock;
    private readonly ReopenPolicy _reopen;

    internal TcpInstrumentLink(InstrumentAddress address, HardwareProfile profile, IClock clock, bool isSimulated, TimeProvider timeProvider)
    {
        Address = address;
        IsSimulated = isSimulated;
        _profile = profile;
        _clock = clock;
        _reopen = new ReopenPolicy(timeProvider);
    }

    public InstrumentAddress Address { get; }

    public bool IsSimulated { get; }

    public IReadOnlyList<int> ChannelNumbers => _profile.ChannelNumbers;

    public ChannelCapabilities Capabilities => _profile.Capabilities;

    public TimeSpan ReplyTimeout => _profile.Link.Timeouts.Reply;

    internal ICollection<RecordedExchange>? Record { get; init; }

    public IInstrument Open() => new ScpiInstrument(_profile, Connect());

    public IAbortLine? OpenAbortLine(InstrumentIdentity expected) =>
        _profile.Capabilities.HasAbortConnection ? new ScpiAbortLine(_profile, Connect(), expected) : null;

    public Task<IInstrument> OpenWithRetryAsync(Action<InstrumentException> attemptFailed, CancellationToken cancellation) =>
        _reopen.RunAsync(Open, attemptFailed, cancellation);

    private LinkSession Connect()
    {
        var timeouts = _profile.Link.Timeouts;
        try
        {
            ITransport transport = TcpTransport.Connect(Address.Connect.Host, Address.Connect.Port, timeouts.Connect);
            return new LinkSession(Address.Name, Record is null ? transport : new RecordingTransport(transport, Record), _profile.Link, _clock);
        }
        catch (SocketException failure)
        {
            throw new InstrumentUnreachableException($"{Address.Name} (tcp://{Address.Connect.Authority}): {Reason(failure, timeouts.Connect)}", failure)
            {
                Instrument = Address.Name,
            };
        }
    }

    private static string Reason(SocketException failure, TimeSpan timeout) => failure.SocketErrorCode switch
    {
        SocketError.ConnectionRefused =>
            "the connection was refused; is the instrument on, is the port right, is another program connected to it?",
        SocketError.TimedOut => string.Create(
            CultureInfo.InvariantCulture, $"nobody answered within {timeout.TotalMilliseconds:0} ms; is the instrument on, is the address right?"),
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "the host name is not known; check the station file and the network",
        _ => $"no connection ({failure.SocketErrorCode}); check the network",
    };
}
