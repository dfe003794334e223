using System.Text;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Sessions;

namespace CyclerControl.Instruments.Dialects.Scpi;

/// <summary>Carries the exchanges of a language over a session. Called on the link's own thread.</summary>
public sealed class ScpiConversation(LinkSession session, ScpiLanguage language)
{
    /// <summary>Most entries that are read from an error queue in one go; a queue that is longer is no queue.</summary>
    public const int MostErrors = 32;

    public LinkSession Session { get; } = session;

    /// <summary>False until the instrument has proved to be the expected one; until then nothing is written, not even off.</summary>
    public bool IsIdentified { get; set; }

    /// <summary>Sends a command, exchange by exchange; each is proved by its read-back or by the error queue.</summary>
    /// <param name="command">Bound to its channel where it names one.</param>
    /// <param name="value">Its number, in V, A or s.</param>
    /// <param name="tolerance">How far the number read back may differ, same unit.</param>
    /// <param name="channel">For messages.</param>
    /// <exception cref="InstrumentErrorException">Refused, or read back as something else.</exception>
    /// <exception cref="LinkFaultException">The exchange broke.</exception>
    public void Send(ScpiCommand command, double value = 0, double tolerance = 0, ChannelId? channel = null)
    {
        foreach (var exchange in command.Exchanges)
        {
            Send(exchange, value, tolerance, channel);
        }
    }

    public void Send(ScpiExchange exchange, double value = 0, double tolerance = 0, ChannelId? channel = null)
    {
        if (exchange.Confirm is not { } confirm)
        {
            ReadErrors(Compose(exchange.Send, value, language.ErrorQueue!.Send), value, exchange, channel);
            return;
        }

        var reply = Compose(exchange.Send, value, confirm.Send);
        if (IsConfirmed(confirm, exchange, reply, value, tolerance, channel))
        {
            return;
        }

        var came = WireLog.Printable(reply);
        var errors = language.ErrorQueue is null ? [] : Drain(channel);
        throw Refused($"was told '{Written(exchange, value)}' and reads back {came}{(errors.Count > 0 ? $"; its errors: {string.Join(" | ", errors)}" : "")}", channel);
    }

    /// <summary>Asks a question that takes no number.</summary>
    public ReadOnlySpan<byte> Ask(MessageTemplate question)
    {
        question.Write(Session.Begin(), 0, []);
        return Session.Exchange();
    }

    /// <summary>Reads the error queue until it is empty.</summary>
    /// <returns>Its entries, oldest first.</returns>
    public IReadOnlyList<string> Drain(ChannelId? channel = null)
    {
        var errors = new List<string>();
        while (errors.Count < MostErrors)
        {
            var reply = Ask(language.ErrorQueue!.Send);
            if (language.ErrorQueue.Expect.Matches(reply))
            {
                break;
            }

            errors.Add(ErrorText(reply, channel));
        }

        return errors;
    }

    /// <summary>The exception for an instrument that understood and refused.</summary>
    public InstrumentErrorException Refused(string what, ChannelId? channel) => new($"{channel?.ToString() ?? Session.Instrument} ({Session.Address}): {what}")
    {
        Instrument = Session.Instrument,
        Channel = channel,
        LastExchanges = Session.LastExchanges(),
    };

    /// <summary>The message that a joined second message starts with: headers build on each other unless they start with a colon (SCPI-99, 6.2.4).</summary>
    internal static ReadOnlySpan<byte> Joint(ReadOnlySpan<byte> first, ReadOnlySpan<byte> next, bool flatHeaders)
    {
        var header = first[..(first.IndexOfAny(" ?"u8) is var end and >= 0 ? end : first.Length)];
        return flatHeaders || next is [(byte)':' or (byte)'*', ..] || !header.TrimStart((byte)':').Contains((byte)':') ? ";"u8 : ";:"u8;
    }

    private ReadOnlySpan<byte> Compose(MessageTemplate command, double value, MessageTemplate question)
    {
        var message = Session.Begin();
        command.Write(message, value, []);
        message.Append(Joint(message.Written, question.FirstBytes, language.FlatHeaders));
        question.Write(message, value, []);
        return Session.Exchange();
    }

    private bool IsConfirmed(
        ScpiConfirmation confirm, ScpiExchange exchange, ReadOnlySpan<byte> reply, double value, double tolerance, ChannelId? channel)
    {
        if (confirm.Expect is { } expected)
        {
            return expected.Matches(reply);
        }

        if (!confirm.Reply!.Matches(reply, language.Invalid, out var values))
        {
            throw Session.Garbled($"'{confirm.Reply.Text}'", reply, channel);
        }

        var quantity = confirm.Reply.Quantities.First();
        var allowed = Math.Max(tolerance, exchange.Send.QuantumAt(value)) + (1e-9 * Math.Abs(value));
        return !values.IsInvalid && Math.Abs(values.Of(quantity) - value) <= allowed;
    }

    private void ReadErrors(ReadOnlySpan<byte> reply, double value, ScpiExchange exchange, ChannelId? channel)
    {
        if (language.ErrorQueue!.Expect.Matches(reply))
        {
            return;
        }

        var first = ErrorText(reply, channel);
        var all = string.Join(" | ", [first, .. Drain(channel)]);
        throw Refused($"refused '{Written(exchange, value)}': {all}", channel);
    }

    // An error entry is a number, a comma and a text; anything else is the answer to some other question.
    private string ErrorText(ReadOnlySpan<byte> reply, ChannelId? channel)
    {
        var code = reply.Trim(" \t"u8);
        code = code[..(code.IndexOf((byte)',') is var comma and >= 0 ? comma : code.Length)];
        if (code.IsEmpty || code.TrimStart("+-"u8).ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            throw Session.Garbled("an entry of the error queue, as 0,\"No error\"", reply, channel);
        }

        return WireLog.Printable(reply).Trim('\'');
    }

    private static string Written(ScpiExchange exchange, double value)
    {
        var message = new MessageBuffer();
        exchange.Send.Write(message, value, []);
        return Encoding.UTF8.GetString(message.Written);
    }
}
