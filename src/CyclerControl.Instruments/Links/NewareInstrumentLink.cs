using System.Net.Sockets;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Neware;
using CyclerControl.Instruments.Dialects.Neware.StepFiles;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Stations;
using CyclerControl.Instruments.Transports;

namespace CyclerControl.Instruments.Links;

/// <summary>The way to one unit of Neware channels. Untested on hardware.</summary>
public sealed class NewareInstrumentLink : IInstrumentLink
{
    private readonly HardwareProfile _profile;
    private readonly NewareAddress _place;
    private readonly IClock _clock;
    private readonly ReopenPolicy _reopen;
    private readonly BtsExecution[] _executions;

    internal NewareInstrumentLink(
        InstrumentAddress address, NewareAddress place, HardwareProfile profile, IClock clock, bool isSimulated, TimeProvider timeProvider)
    {
        Address = address;
        IsSimulated = isSimulated;
        _place = place;
        _profile = profile;
        _clock = clock;
        _reopen = new ReopenPolicy(timeProvider);
        _executions = [.. profile.ChannelNumbers.Select(_ => new BtsExecution())];
        Compiler = new StepFileCompiler(profile.Capabilities, profile.Neware ?? BtsSettings.Default);
    }

    public InstrumentAddress Address { get; }

    public bool IsSimulated { get; }

    public IReadOnlyList<int> ChannelNumbers => _profile.ChannelNumbers;

    public ChannelCapabilities Capabilities => _profile.Capabilities;

    /// <summary>One program answers for several units.</summary>
    public string? Place => _place.Place.ToLowerInvariant();

    public TimeSpan ReplyTimeout => _profile.Link.Timeouts.Reply;

    public IScheduleCompiler? Compiler { get; }

    public IInstrument Open()
    {
        var timeouts = _profile.Link.Timeouts;
        try
        {
            var transport = TcpTransport.Connect(_place.Host, _place.Port, timeouts.Connect);
            return new BtsInstrument(_profile, _place, new BtsSession(Address.Name, transport, timeouts, _clock), _executions);
        }
        catch (SocketException failure)
        {
            throw new InstrumentUnreachableException($"{Address.Name} (tcp://{_place.Host}:{_place.Port}): {Reason(failure)}", failure) { Instrument = Address.Name };
        }
    }

    public Task<IInstrument> OpenWithRetryAsync(Action<InstrumentException> attemptFailed, CancellationToken cancellation) =>
        _reopen.RunAsync(Open, attemptFailed, cancellation);

    private static string Reason(SocketException failure) => failure.SocketErrorCode switch
    {
        SocketError.ConnectionRefused =>
            "the connection was refused; does the BTS program run there, is its API mode activated (Help, Mode settings), is it new enough (2023-03-17), does a Modbus gateway hold the port?",
        SocketError.TimedOut => "nobody answered; is the computer of the BTS program on, does its firewall let the port through?",
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "the host name is not known; check the station file and the network",
        _ => $"no connection ({failure.SocketErrorCode}); check the network",
    };
}
