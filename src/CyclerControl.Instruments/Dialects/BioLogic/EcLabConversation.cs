using System.Globalization;
using System.Text;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.BioLogic.Library;
using CyclerControl.Instruments.Sessions;

namespace CyclerControl.Instruments.Dialects.BioLogic;

/// <summary>Calls of the vendor's library over one connection: bounded in time, in the wire log, their codes as exceptions.</summary>
/// <param name="loaded">The library and its thread.</param>
/// <param name="instrument">Name in the station.</param>
/// <param name="timeout">After which a call is given up.</param>
/// <param name="clock">For the log.</param>
internal sealed class EcLabConversation(LoadedEcLib loaded, string instrument, TimeSpan timeout, IClock clock)
{
    private const int LogLines = 32;

    private readonly WireLog _log = new(LogLines);
    private string? _broken;

    /// <summary>The library itself, for its conversions: they are plain arithmetic, and any thread may call them.</summary>
    public IEcLib Library => loaded.Library;

    /// <summary>The vendor's number of the connection.</summary>
    public int Id { get; set; }

    public string Instrument => instrument;

    public IClock Clock => clock;

    public IReadOnlyList<string> LastExchanges() => _log.Read();

    /// <summary>A call that has to succeed.</summary>
    /// <exception cref="LinkFaultException">It did not return in time, or says that the connection is broken.</exception>
    /// <exception cref="InstrumentErrorException">It was refused; the message has the code, its name and the cure.</exception>
    public void Must(string what, Func<IEcLib, int> function, ChannelId? channel = null, TimeSpan? longest = null)
    {
        var code = Call(what, function, channel, longest);
        if (code < 0)
        {
            throw Refused(what, code, channel);
        }
    }

    /// <summary>A call whose refusal the caller understands.</summary>
    /// <param name="evenIfBroken">Only for switching off.</param>
    /// <returns>0, or the code.</returns>
    public int Call(string what, Func<IEcLib, int> function, ChannelId? channel = null, TimeSpan? longest = null, bool evenIfBroken = false)
    {
        if (_broken is { } reason && !evenIfBroken)
        {
            throw Fault($"the connection is given up: {reason}", channel);
        }

        _log.Sent(clock.NowNanoseconds, Bytes(what));
        int code;
        try
        {
            code = loaded.Thread.Call(what, longest ?? timeout, () => function(loaded.Library));
        }
        catch (TimeoutException late)
        {
            _log.Received([], "no answer in time");
            throw Break(late.Message, channel);
        }

        _log.Received(Bytes(code.ToString(CultureInfo.InvariantCulture)), outcome: null);
        return code < 0 && EcError.Of(code).BreaksLink ? throw Break(Text(what, code), channel) : code;
    }

    public InstrumentErrorException Refused(string what, int code, ChannelId? channel) => Refused(Text(what, code), channel);

    public InstrumentErrorException Refused(string message, ChannelId? channel) => new($"{Subject(channel)}: {message}")
    {
        Instrument = instrument,
        Channel = channel,
        LastExchanges = LastExchanges(),
    };

    /// <summary>Poisons the connection.</summary>
    public LinkFaultException Break(string message, ChannelId? channel)
    {
        _broken ??= message;
        return Fault(message, channel);
    }

    /// <summary>Something that the instrument said by itself.</summary>
    public void Note(string message)
    {
        _log.Sent(clock.NowNanoseconds, "message"u8);
        _log.Received(Encoding.Latin1.GetBytes(message), outcome: null);
    }

    public static string Text(string what, int code)
    {
        var error = EcError.Of(code);
        return string.Create(CultureInfo.InvariantCulture, $"{what} answered {code}: {error.Name}; {error.Cure}");
    }

    private string Subject(ChannelId? channel) => channel?.ToString() ?? instrument;

    private LinkFaultException Fault(string message, ChannelId? channel) => new($"{Subject(channel)}: {message}")
    {
        Instrument = instrument,
        Channel = channel,
        LastExchanges = LastExchanges(),
    };

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
