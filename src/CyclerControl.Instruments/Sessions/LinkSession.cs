using System.Diagnostics;
using System.Globalization;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Framing;
using CyclerControl.Instruments.Transports;

namespace CyclerControl.Instruments.Sessions;

/// <summary>One conversation over one transport: a message, its reply, the next message. Every member is called on the link's own thread.</summary>
/// <remarks>
/// Anything but one whole reply in time poisons the session: every later exchange throws, so that a late reply can never answer the next
/// question. The owner opens a new one. An exchange that works allocates nothing.
/// </remarks>
public sealed class LinkSession : IDisposable
{
    private const int MaxReplyBytes = 1 << 20;

    private readonly ITransport _transport;
    private readonly IClock _clock;
    private readonly LinkSettings _settings;
    private readonly byte[] _terminator;
    private readonly WireLog _log = new(64);
    private byte[] _received = new byte[4096];
    private long _lastReplyTimestamp;
    private bool _sentPartly;
    private string? _poison;

    /// <param name="instrument">Name in the station.</param>
    /// <param name="transport">Open; the session disposes it.</param>
    /// <param name="settings">The profile's <c>link</c>.</param>
    /// <param name="clock">Stamps each exchange with the time at which it was sent.</param>
    public LinkSession(string instrument, ITransport transport, LinkSettings settings, IClock clock)
    {
        Instrument = instrument;
        _transport = transport;
        _settings = settings;
        _clock = clock;
        _terminator = [.. settings.Terminator];
    }

    public string Instrument { get; }

    public string Address => _transport.Address;

    /// <summary>Where the next message is composed; cleared by <see cref="Begin"/>.</summary>
    public MessageBuffer Message { get; } = new();

    /// <summary>Clock time, ns.</summary>
    public long NowNanoseconds => _clock.NowNanoseconds;

    /// <summary>Clock time at which the last message was sent, ns.</summary>
    public long SentAtNanoseconds { get; private set; }

    /// <summary>Clock time at which the last reply was complete, ns.</summary>
    public long ReceivedAtNanoseconds { get; private set; }

    /// <summary>Why the session is given up; null while it is sound.</summary>
    public string? Poison => _poison;

    /// <summary>The last 64 exchanges, oldest first.</summary>
    public IReadOnlyList<string> LastExchanges() => _log.Read();

    public MessageBuffer Begin()
    {
        Message.Clear();
        return Message;
    }

    /// <summary>Sends the composed message and returns its reply without the terminator; valid until the next exchange.</summary>
    /// <exception cref="LinkFaultException">Nothing, half a line, too much, too late, or no connection. The session is poisoned.</exception>
    public ReadOnlySpan<byte> Exchange() => Exchange(block: false);

    /// <summary>Like <see cref="Exchange()"/>, for a reply that is a definite-length block.</summary>
    /// <exception cref="LinkFaultException">As above, or not a definite-length block.</exception>
    public ReadOnlySpan<byte> ExchangeBlock() => Exchange(block: true);

    /// <summary>
    /// Sends the composed message and waits for nothing: the last thing to do on a link that is poisoned, so that an output goes off even
    /// when it can not be confirmed. Never throws. Does nothing where the instrument holds half a message of ours.
    /// </summary>
    public void SendBlind()
    {
        if (_sentPartly)
        {
            return;
        }

        _log.Sent(_clock.NowNanoseconds, Message.Written);
        Message.Append(_terminator);
        var result = _transport.Send(Message.Written, _settings.Timeouts.Write);
        _log.Received([], result.Fault == TransportFault.None ? "sent, no reply awaited" : "not sent");
        _poison ??= "a message was sent without waiting for its reply";
    }

    /// <summary>Poisons the session because the reply is no answer to the question; the exception says what was expected.</summary>
    /// <param name="expected">For people: <c>two numbers '{voltage:V},{current:A}'</c>.</param>
    /// <param name="reply">What came.</param>
    /// <param name="channel">The channel that was asked, where one was.</param>
    public LinkFaultException Garbled(string expected, ReadOnlySpan<byte> reply, ChannelId? channel = null)
    {
        return Poisoned($"expected {expected}, came {WireLog.Printable(reply)}", "garbled", reply, channel);
    }

    public void Dispose() => _transport.Dispose();

    private ReadOnlySpan<byte> Exchange(bool block)
    {
        if (_poison is not null)
        {
            throw Fault($"the connection was given up: {_poison}", null);
        }

        RefuseStaleInput();
        SentAtNanoseconds = _clock.NowNanoseconds;
        _log.Sent(SentAtNanoseconds, Message.Written);
        Message.Append(_terminator);
        var sent = _transport.Send(Message.Written, _settings.Timeouts.Write);
        if (sent.Fault != TransportFault.None)
        {
            _sentPartly = sent.Bytes > 0;
            throw Poisoned(Describe(sent, _settings.Timeouts.Write, "the message could not be sent"), "not sent", [], null);
        }

        var frame = ReceiveFrame(block, out var length);
        ReceivedAtNanoseconds = _clock.NowNanoseconds;
        _log.Received(_received.AsSpan(0, Math.Min(length, frame.Start + frame.Length)), null);
        if (_settings.Gap > TimeSpan.Zero)
        {
            _lastReplyTimestamp = Stopwatch.GetTimestamp();
        }

        return _received.AsSpan(frame.Start, frame.Length);
    }

    // Waiting out the gap and looking for bytes nobody asked for is one and the same system call.
    private void RefuseStaleInput()
    {
        var wait = _settings.Gap > TimeSpan.Zero && _lastReplyTimestamp != 0
            ? _settings.Gap - Stopwatch.GetElapsedTime(_lastReplyTimestamp)
            : TimeSpan.Zero;
        if (!_transport.WaitForInput(wait > TimeSpan.Zero ? wait : TimeSpan.Zero))
        {
            return;
        }

        var result = _transport.Receive(_received, _settings.Timeouts.Idle);
        _log.Sent(_clock.NowNanoseconds, Message.Written);
        throw result.Fault == TransportFault.None
            ? Poisoned($"before it was asked came {WireLog.Printable(_received.AsSpan(0, result.Bytes))}", "unasked", _received.AsSpan(0, result.Bytes), null)
            : Poisoned(Describe(result, _settings.Timeouts.Idle, "it was not sent"), "not sent", [], null, "about to ask");
    }

    private Frame ReceiveFrame(bool block, out int length)
    {
        length = 0;
        var scanned = 0;
        var timeout = _settings.Timeouts.Reply;
        var started = 0L;
        while (true)
        {
            var result = _transport.Receive(_received.AsSpan(length), timeout);
            if (result.Fault != TransportFault.None)
            {
                throw Poisoned(Describe(result, timeout, HalfOf(length)), "incomplete", _received.AsSpan(0, length), null);
            }

            length += result.Bytes;
            var received = _received.AsSpan(0, length);
            var frame = block ? DefiniteBlock.Find(received, _terminator, MaxReplyBytes) : LineFraming.Find(received, scanned, _terminator);
            scanned = length;
            switch (frame.State)
            {
                case FrameState.Complete:
                    return frame;
                case FrameState.TooMuch:
                    throw Poisoned($"more than one reply came: {WireLog.Printable(received)}", "too much", received, null);
                case FrameState.Malformed:
                    throw Poisoned($"expected a definite-length block, came {WireLog.Printable(received)}", "malformed", received, null);
            }

            if (length >= MaxReplyBytes)
            {
                throw Poisoned($"the reply has no end after {length} bytes: {WireLog.Printable(received)}", "too long", received, null);
            }

            if (length == _received.Length)
            {
                Array.Resize(ref _received, Math.Min(2 * length, MaxReplyBytes));
            }

            started = started == 0 ? Stopwatch.GetTimestamp() : started;
            var left = _settings.Timeouts.Reply - Stopwatch.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                throw Poisoned($"{HalfOf(length)} within {Text(_settings.Timeouts.Reply)}", "incomplete", _received.AsSpan(0, length), null);
            }

            timeout = left < _settings.Timeouts.Idle ? left : _settings.Timeouts.Idle;
        }
    }

    private string HalfOf(int length) =>
        length == 0 ? "nothing came" : $"only half a reply came, {WireLog.Printable(_received.AsSpan(0, length))}";

    private static string Describe(TransportResult result, TimeSpan timeout, string what) => result.Fault switch
    {
        TransportFault.TimedOut => $"{what} within {Text(timeout)}",
        TransportFault.Closed => $"{what}; the instrument closed the connection",
        _ => $"{what}; the connection broke ({result.Detail})",
    };

    private static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalMilliseconds):0} ms");

    private LinkFaultException Poisoned(string what, string? outcome, ReadOnlySpan<byte> received, ChannelId? channel, string deed = "asked")
    {
        _log.Received(received, outcome);
        var asked = Message.Written;
        var question = asked.EndsWith(_terminator) ? asked[..^_terminator.Length] : asked;
        _poison = $"{deed} {WireLog.Printable(question)}, {what}";
        return Fault(_poison, channel);
    }

    private LinkFaultException Fault(string what, ChannelId? channel) =>
        new($"{channel?.ToString() ?? Instrument} ({Address}): {what}")
        {
            Instrument = Instrument,
            Channel = channel,
            LastExchanges = _log.Read(),
        };
}
