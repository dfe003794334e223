using System.Diagnostics;
using System.Globalization;
using System.Text;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Neware.Messages;
using CyclerControl.Instruments.Sessions;
using CyclerControl.Instruments.Transports;

namespace CyclerControl.Instruments.Dialects.Neware;

/// <summary>
/// One conversation with a BTS program: a question, its whole reply, the next question. Replies carry no number, so anything but one whole reply in time
/// gives the connection up. Every member is called on the link's own thread.
/// </summary>
internal sealed class BtsSession : IDisposable
{
    /// <summary>A page of 1000 rows has about 250 kB, the list of 496 channels 55 kB.</summary>
    public const int MaxReplyBytes = 4 << 20;

    private readonly ITransport _transport;
    private readonly LinkTimeouts _timeouts;
    private readonly IClock _clock;
    private readonly WireLog _log = new(64);
    private byte[] _message = new byte[4096];
    private byte[] _received = new byte[16384];
    private int _messageLength;
    private string? _poison;

    /// <param name="instrument">Name in the station.</param>
    /// <param name="transport">Open; the session disposes it.</param>
    /// <param name="timeouts">When to give up. The vendor's own limit for a reply is 30 s.</param>
    /// <param name="clock">Stamps each exchange with the time at which it was sent.</param>
    public BtsSession(string instrument, ITransport transport, LinkTimeouts timeouts, IClock clock)
    {
        Instrument = instrument;
        _transport = transport;
        _timeouts = timeouts;
        _clock = clock;
    }

    public string Instrument { get; }

    /// <summary>Clock time, ns.</summary>
    public long NowNanoseconds => _clock.NowNanoseconds;

    /// <summary>Clock time at which the last message was sent, ns.</summary>
    public long SentAtNanoseconds { get; private set; }

    /// <summary>The last 64 exchanges, oldest first.</summary>
    public IReadOnlyList<string> LastExchanges() => _log.Read();

    /// <summary>Sends a message and returns its reply; valid until the next exchange.</summary>
    /// <param name="message">A whole document, without the line behind it.</param>
    /// <exception cref="LinkFaultException">Nothing, half a reply, too much, too late, or no connection.</exception>
    public ReadOnlySpan<byte> Exchange(string message)
    {
        if (_poison is not null)
        {
            throw Fault($"the connection was given up: {_poison}", null);
        }

        Compose(message);
        RefuseStaleInput();
        SentAtNanoseconds = _clock.NowNanoseconds;
        _log.Sent(SentAtNanoseconds, _message.AsSpan(0, _messageLength));
        var sent = _transport.Send(_message.AsSpan(0, _messageLength), _timeouts.Write);
        return sent.Fault == TransportFault.None
            ? Receive()
            : throw Poisoned(Describe(sent, _timeouts.Write, "the message could not be sent"), "not sent", []);
    }

    /// <summary>Lets the program on the other side catch up: what it says of a channel may be 5 s old.</summary>
    public void Pause(TimeSpan time)
    {
        if (_transport.WaitForInput(time))
        {
            RefuseStaleInput();
        }
    }

    /// <summary>The reply is whole and well ended, and yet no answer to what was asked.</summary>
    public LinkFaultException Garbled(string what, ReadOnlySpan<byte> reply, ChannelId? channel) =>
        Poisoned($"{what}; came {WireLog.Printable(reply)}", "garbled", reply, channel);

    /// <summary>What was asked was answered, and the answer leaves it open what the instrument does.</summary>
    public LinkFaultException Unconfirmed(string what, ChannelId channel)
    {
        _poison ??= what;
        return Fault(what, channel);
    }

    public void Dispose() => _transport.Dispose();

    private void Compose(string message)
    {
        var needed = Encoding.UTF8.GetMaxByteCount(message.Length) + BtsFrame.Terminator.Length;
        if (needed > _message.Length)
        {
            _message = new byte[needed];
        }

        var length = Encoding.UTF8.GetBytes(message, _message);
        BtsFrame.Terminator.CopyTo(_message.AsSpan(length));
        _messageLength = length + BtsFrame.Terminator.Length;
    }

    private void RefuseStaleInput()
    {
        if (!_transport.WaitForInput(TimeSpan.Zero))
        {
            return;
        }

        var result = _transport.Receive(_received, _timeouts.Idle);
        _log.Sent(_clock.NowNanoseconds, _message.AsSpan(0, _messageLength));
        throw result.Fault == TransportFault.None
            ? Poisoned($"before it was asked came {WireLog.Printable(_received.AsSpan(0, result.Bytes))}", "unasked", _received.AsSpan(0, result.Bytes))
            : Poisoned(Describe(result, _timeouts.Idle, "it was not sent"), "not sent", [], deed: "about to ask");
    }

    private ReadOnlySpan<byte> Receive()
    {
        var length = 0;
        var started = Stopwatch.GetTimestamp();
        var timeout = _timeouts.Reply;
        var searched = 0;
        while (true)
        {
            var result = _transport.Receive(_received.AsSpan(length), timeout);
            if (result.Fault != TransportFault.None)
            {
                throw Poisoned(Describe(result, timeout, HalfOf(length)), "incomplete", _received.AsSpan(0, length));
            }

            length += result.Bytes;
            var frame = BtsFrame.Find(_received.AsSpan(0, length), searched);
            searched = frame.Length;
            switch (frame.State)
            {
                case BtsFrameState.Complete:
                    _log.Received(_received.AsSpan(0, frame.Length), null);
                    return _received.AsSpan(0, frame.Length);
                case BtsFrameState.TooMuch:
                    throw Poisoned("more than one reply came", "too much", _received.AsSpan(0, length));
            }

            if (length >= MaxReplyBytes)
            {
                throw Poisoned($"the reply has no end after {length} bytes", "too long", _received.AsSpan(0, length));
            }

            if (length == _received.Length)
            {
                Array.Resize(ref _received, Math.Min(2 * length, MaxReplyBytes));
            }

            var left = _timeouts.Reply - Stopwatch.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                throw Poisoned($"{HalfOf(length)} within {Text(_timeouts.Reply)}", "incomplete", _received.AsSpan(0, length));
            }

            timeout = left < _timeouts.Idle ? left : _timeouts.Idle;
        }
    }

    private string HalfOf(int length) =>
        length == 0 ? "nothing came" : $"only half a reply came, {WireLog.Printable(_received.AsSpan(0, length))}";

    private static string Describe(TransportResult result, TimeSpan timeout, string what) => result.Fault switch
    {
        TransportFault.TimedOut => $"{what} within {Text(timeout)}; does a firewall stand between, does the BTS program hang?",
        TransportFault.Closed => $"{what}; the BTS program closed the connection",
        _ => $"{what}; the connection broke ({result.Detail})",
    };

    private static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalMilliseconds):0} ms");

    private LinkFaultException Poisoned(string what, string outcome, ReadOnlySpan<byte> received, ChannelId? channel = null, string deed = "asked")
    {
        _log.Received(received, outcome);
        _poison = $"{deed} {WireLog.Printable(_message.AsSpan(0, Math.Max(0, _messageLength - BtsFrame.Terminator.Length)))}, {what}";
        return Fault(_poison, channel);
    }

    private LinkFaultException Fault(string what, ChannelId? channel) => new($"{channel?.ToString() ?? Instrument} ({_transport.Address}): {what}")
    {
        Instrument = Instrument,
        Channel = channel,
        LastExchanges = _log.Read(),
    };
}
