using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Dialects.Scpi;

/// <summary>
/// Switches an output off and does not rest until the instrument says so. This is the one command that is repeated blindly, and the one
/// that is still sent over a link that has been given up.
/// </summary>
/// <param name="conversation">Of the instrument.</param>
/// <param name="off">Its last exchange confirms it; bound to a channel where it names one.</param>
/// <param name="channel">For messages; null for the whole instrument.</param>
public sealed class ScpiOutputOff(ScpiConversation conversation, ScpiCommand off, ChannelId? channel)
{
    /// <summary>How often a sound link is asked before the output is called unconfirmed.</summary>
    public const int Tries = 5;

    /// <exception cref="LinkFaultException">It could not be confirmed: the output is unconfirmed.</exception>
    public void Execute()
    {
        if (!conversation.IsIdentified)
        {
            throw Unconfirmed(conversation.Refused("the instrument has not identified itself on this connection, so nothing is written to it", channel));
        }

        InstrumentErrorException? refusal = null;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            try
            {
                refusal = TryOnce();
            }
            catch (LinkFaultException fault)
            {
                SendBlind();
                throw Unconfirmed(fault);
            }

            if (refusal is null)
            {
                return;
            }
        }

        throw Unconfirmed(refusal!);
    }

    // An earlier exchange that is refused must not keep the last one, which switches off, from being sent.
    private InstrumentErrorException? TryOnce()
    {
        InstrumentErrorException? last = null;
        foreach (var exchange in off.Exchanges)
        {
            try
            {
                conversation.Send(exchange, channel: channel);
                last = null;
            }
            catch (InstrumentErrorException refusal)
            {
                last = refusal;
            }
        }

        return last;
    }

    private void SendBlind()
    {
        foreach (var exchange in off.Exchanges)
        {
            exchange.Send.Write(conversation.Session.Begin(), 0, []);
            conversation.Session.SendBlind();
        }
    }

    private LinkFaultException Unconfirmed(InstrumentException cause) =>
        new($"OUTPUT UNCONFIRMED: the output could not be confirmed to be off; switch it off at the instrument. {cause.Message}", cause)
        {
            Instrument = conversation.Session.Instrument,
            Channel = channel,
            LastExchanges = conversation.Session.LastExchanges(),
        };
}
