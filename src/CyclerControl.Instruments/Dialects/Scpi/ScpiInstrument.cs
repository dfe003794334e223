using System.Collections.Immutable;
using System.Globalization;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Sessions;

namespace CyclerControl.Instruments.Dialects.Scpi;

/// <summary>A SCPI instrument that speaks the language of its profile. Called on the link's own thread.</summary>
public sealed class ScpiInstrument : IInstrument
{
    private readonly HardwareProfile _profile;
    private readonly ScpiLanguage _language;
    private readonly LinkSession _session;
    private readonly ScpiConversation _conversation;
    private readonly ImmutableArray<ScpiChannel> _channels;
    private readonly int[] _armed;
    private readonly Reading[] _kept;
    private InstrumentIdentity? _identity;

    /// <param name="profile">Of adapter <see cref="ProfileAdapter.Scpi"/>.</param>
    /// <param name="session">Open; the instrument disposes it.</param>
    public ScpiInstrument(HardwareProfile profile, LinkSession session)
    {
        _profile = profile;
        _language = profile.Language ?? throw new ArgumentException($"profile {profile.Name} has no SCPI language", nameof(profile));
        _session = session;
        _conversation = new ScpiConversation(session, _language);
        _channels = [.. profile.ChannelNumbers.Select(number => new ScpiChannel(new ChannelId(session.Instrument, number), _conversation, profile))];
        _armed = new int[_channels.Length];
        _kept = new Reading[_channels.Length];
        Channels = _channels;
    }

    public string Name => _session.Instrument;

    public InstrumentIdentity Identity => _identity ?? throw new InvalidOperationException("the instrument is not initialized");

    /// <summary>The instrument of the profile has answered.</summary>
    public bool IsIdentified => _identity is not null;

    public IReadOnlyList<ISetpointChannel> Channels { get; }

    IReadOnlyList<IInstrumentChannel> IInstrument.Channels => Channels;

    public bool Initialize(InstrumentIdentity? expected)
    {
        _identity = ScpiIdentification.Ask(_conversation, _language.Identify, _profile.Name, expected);
        _conversation.IsIdentified = true;
        var poweredOn = _language.PowerOn is { } query && AskBit(query);
        SafeState();
        foreach (var exchange in _language.Setup)
        {
            _conversation.Send(exchange);
        }

        foreach (var channel in _channels)
        {
            channel.Forget();
        }

        return poweredOn;
    }

    public void SafeState()
    {
        if (_language.SafeStateAll is { } all)
        {
            new ScpiOutputOff(_conversation, all, null).Execute();
        }
        else if (!_language.SafeState.NamesChannel)
        {
            new ScpiOutputOff(_conversation, _language.SafeState, null).Execute();
        }
        else
        {
            EachChannelOff();
        }
    }

    public void KeepAlive()
    {
        var armed = 0;
        foreach (var channel in _channels)
        {
            if (channel.IsWatchdogArmed)
            {
                _armed[armed++] = channel.Id.Number;
            }
        }

        if (armed > 0 && TryReadAll(_armed.AsSpan(0, armed), _kept))
        {
            return;
        }

        if (armed > 0)
        {
            foreach (var channel in _channels)
            {
                if (channel.IsWatchdogArmed)
                {
                    _ = channel.Read();
                }
            }

            return;
        }

        _ = _conversation.Ask((_language.ErrorQueue ?? _language.Identify).Send);
    }

    public bool TryReadAll(ReadOnlySpan<int> channels, Span<Reading> readings)
    {
        if (_language.SampleAll is not { } query)
        {
            return false;
        }

        query.Send.Write(_session.Begin(), 0, channels);
        var reply = _session.Exchange();
        var rest = reply;
        for (var i = 0; i < channels.Length; i++)
        {
            var isLast = i == channels.Length - 1;
            var end = isLast ? rest.Length : rest.IndexOf(query.Separator);
            if (end < 0 || !query.Part.Matches(rest[..end], _language.Invalid, out var values))
            {
                throw _session.Garbled($"{channels.Length} times '{query.Part.Text}'", reply);
            }

            readings[i] = ChannelOf(channels[i]).ToReading(_session.SentAtNanoseconds, values);
            rest = isLast ? [] : rest[(end + query.Separator.Length)..];
        }

        return true;
    }

    public IReadOnlyList<string> LastExchanges() => _session.LastExchanges();

    public void Dispose() => _session.Dispose();

    private ScpiChannel ChannelOf(int number) => _channels[number - _profile.FirstChannel];

    private bool AskBit(ScpiBitQuery query)
    {
        var reply = _conversation.Ask(query.Send);
        return int.TryParse(reply.Trim(" \t"u8), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var register)
            ? (register & (1 << query.Bit)) != 0
            : throw _session.Garbled("a whole number", reply);
    }

    // One channel that does not obey must not keep the others on.
    private void EachChannelOff()
    {
        LinkFaultException? first = null;
        foreach (var channel in _channels)
        {
            try
            {
                channel.OutputOff();
            }
            catch (LinkFaultException fault)
            {
                first ??= fault;
            }
        }

        if (first is not null)
        {
            throw new LinkFaultException(first.Message, first) { Instrument = Name, Channel = first.Channel, LastExchanges = first.LastExchanges };
        }
    }
}
