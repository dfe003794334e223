using System.Globalization;
using System.Text;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Sessions;

namespace CyclerControl.Instruments.Dialects.Scpi;

/// <summary>Asks who is there, before anything is written.</summary>
public static class ScpiIdentification
{
    /// <param name="conversation">On a fresh connection.</param>
    /// <param name="identify">The profile's question, and what its answer looks like.</param>
    /// <param name="profile">Name of the profile, for messages.</param>
    /// <param name="expected">Who was there before; null at the first opening.</param>
    /// <exception cref="WrongInstrumentException">Somebody else.</exception>
    /// <exception cref="LinkFaultException">Nobody, or an answer to some other question.</exception>
    public static InstrumentIdentity Ask(ScpiConversation conversation, ScpiTextQuery identify, string profile, InstrumentIdentity? expected)
    {
        var session = conversation.Session;
        var reply = conversation.Ask(identify.Send);
        if (!LooksLikeAName(reply))
        {
            throw session.Garbled($"an identification as '{identify.Expect.Text}'", reply);
        }

        if (!identify.Expect.Matches(reply))
        {
            throw Wrong(session, $"{WireLog.Printable(reply)} answers, not '{identify.Expect.Text}' as profile {profile} says");
        }

        var identity = Parse(Encoding.ASCII.GetString(reply));
        if (expected is not null && !IsSame(expected, identity))
        {
            throw Wrong(session, $"'{identity}' answers, where '{expected}' was before");
        }

        return identity;
    }

    /// <summary>Reads <c>maker,model,serial,firmware</c>; firmware that returns fewer fields is met with patience.</summary>
    public static InstrumentIdentity Parse(string reply)
    {
        var fields = reply.Split(',', 4, StringSplitOptions.TrimEntries);
        string? Field(int index) => index < fields.Length && fields[index] is { Length: > 0 } text && text != "0" ? text : null;
        return new InstrumentIdentity(fields[0], Field(1) ?? "", Field(2), Field(3));
    }

    private static bool IsSame(InstrumentIdentity before, InstrumentIdentity now) =>
        before.Manufacturer == now.Manufacturer && before.Model == now.Model && before.SerialNumber == now.SerialNumber;

    private static bool LooksLikeAName(ReadOnlySpan<byte> reply)
    {
        if (reply.IsEmpty || reply.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            return false;
        }

        var first = reply[..(reply.IndexOfAny(",;"u8) is var end and >= 0 ? end : reply.Length)];
        return !double.TryParse(first, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }

    private static WrongInstrumentException Wrong(LinkSession session, string what) =>
        new($"{session.Instrument} ({session.Address}): {what}; nothing was written to it. Check cabling, address and the station file")
        {
            Instrument = session.Instrument,
            LastExchanges = session.LastExchanges(),
        };
}
