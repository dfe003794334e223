using CyclerControl.Instruments.Transports;

namespace CyclerControl.Conformance.Tests.Subjects;

/// <summary>A wire without time between an adapter and its instrument, on which one exchange can go wrong in each way that there is.</summary>
/// <param name="terminator">Ends a message either way.</param>
internal sealed class MemoryWire(byte[] terminator) : ITransport
{
    private readonly List<byte> _message = [];
    private readonly Queue<byte[]> _incoming = new();
    private byte[] _lastReply = [];
    private TransportFault _gone;
    private bool _isEndless;
    private byte[]? _late;
    private int _given;

    public delegate ReadOnlySpan<byte> Instrument(ReadOnlySpan<byte> message);

    public string Address => "memory://wire";

    /// <summary>Who answers.</summary>
    public Instrument? OtherEnd { get; set; }

    /// <summary>Every message that arrived whole.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>Exchanges so far on every connection.</summary>
    public int Exchanges { get; private set; }

    /// <summary>The exchange, counted from 0, that goes wrong; null for none.</summary>
    public int? TroubledExchange { get; set; }

    public Trouble Trouble { get; set; }

    /// <summary>Replaces each reply (with its terminator), given the number of its exchange.</summary>
    public Func<int, byte[], byte[]>? Tamper { get; set; }

    /// <summary>Cuts each reply in two behind so many bytes; 0: byte by byte; null: whole.</summary>
    public int? SplitAt { get; set; }

    /// <summary>Called behind each message that the instrument has heard.</summary>
    public Action? Heard { get; set; }

    /// <summary>Length of the longest reply so far, bytes.</summary>
    public int LongestReply { get; private set; }

    /// <summary>Behind how many of its bytes a reply has really been handed over in two.</summary>
    public HashSet<int> Cuts { get; } = [];

    /// <summary>A new connection: nothing of the old one is left.</summary>
    public void Renew()
    {
        _message.Clear();
        _incoming.Clear();
        _gone = TransportFault.None;
        _isEndless = false;
        _late = null;
        _given = 0;
        TroubledExchange = null;
    }

    /// <summary>Sent ahead of the next reply: what a serial line still carries from an earlier connection.</summary>
    public byte[]? Leftover { get; set; }

    /// <summary>Every reply as it was given, whole.</summary>
    public List<byte[]> Replies { get; } = [];

    /// <summary>Bytes that nobody asked for.</summary>
    public void Arrive(byte[] bytes) => _incoming.Enqueue(bytes);

    public TransportResult Send(ReadOnlySpan<byte> data, TimeSpan timeout)
    {
        if (_gone != TransportFault.None)
        {
            return new TransportResult(0, TransportFault.Broken, "gone");
        }

        if (TroubledExchange == Exchanges && (Trouble is Trouble.Unsent or Trouble.HalfSent))
        {
            _gone = TransportFault.Broken;
            return new TransportResult(Trouble == Trouble.HalfSent ? data.Length / 2 : 0, TransportFault.Broken, "gone");
        }

        foreach (var value in data)
        {
            _message.Add(value);
            if (_message.Count >= terminator.Length && _message[^terminator.Length..].SequenceEqual(terminator))
            {
                var message = _message.ToArray()[..^terminator.Length];
                _message.Clear();
                Deliver(message);
            }
        }

        return TransportResult.Moved(data.Length);
    }

    public TransportResult Receive(Span<byte> buffer, TimeSpan timeout)
    {
        if (_incoming.Count == 0 && _isEndless)
        {
            buffer.Fill((byte)'1');
            return TransportResult.Moved(buffer.Length);
        }

        if (_incoming.Count == 0 && _late is { } late)
        {
            _late = null;
            _incoming.Enqueue(late);
            return new TransportResult(0, TransportFault.TimedOut, null);
        }

        if (_incoming.Count == 0)
        {
            return new TransportResult(0, _gone == TransportFault.None ? TransportFault.TimedOut : _gone, null);
        }

        var bytes = _incoming.Dequeue();
        if (bytes.Length > buffer.Length)
        {
            bytes.AsSpan(0, buffer.Length).CopyTo(buffer);
            var rest = _incoming.ToArray();
            _incoming.Clear();
            _incoming.Enqueue(bytes[buffer.Length..]);
            foreach (var one in rest)
            {
                _incoming.Enqueue(one);
            }

            return Give(buffer.Length);
        }

        bytes.CopyTo(buffer);
        return Give(bytes.Length);
    }

    public bool WaitForInput(TimeSpan timeout) => _incoming.Count > 0 || _gone != TransportFault.None;

    public void Dispose()
    {
    }

    private TransportResult Give(int bytes)
    {
        _given = _incoming.Count > 0 ? _given + bytes : 0;
        if (_given > 0)
        {
            _ = Cuts.Add(_given);
        }

        return TransportResult.Moved(bytes);
    }

    private void Deliver(byte[] message)
    {
        Messages.Add(System.Text.Encoding.Latin1.GetString(message));
        var said = OtherEnd!(message);
        Heard?.Invoke();
        if (said.IsEmpty)
        {
            return;
        }

        if (Leftover is { } leftover)
        {
            Leftover = null;
            _incoming.Enqueue(leftover);
        }

        byte[] reply = [.. said, .. terminator];
        Replies.Add([.. reply]);
        var number = Exchanges++;
        LongestReply = Math.Max(LongestReply, reply.Length);
        reply = Tamper?.Invoke(number, reply) ?? reply;
        if (TroubledExchange == number)
        {
            Spoil(reply);
        }
        else
        {
            Split(reply);
        }

        _lastReply = reply;
    }

    private void Split(byte[] reply)
    {
        if (SplitAt is not { } at || at >= reply.Length)
        {
            _incoming.Enqueue(reply);
            return;
        }

        if (at > 0)
        {
            _incoming.Enqueue(reply[..at]);
            _incoming.Enqueue(reply[at..]);
            return;
        }

        foreach (var one in reply)
        {
            _incoming.Enqueue([one]);
        }
    }

    private void Spoil(byte[] reply)
    {
        switch (Trouble)
        {
            case Trouble.Late:
                _late = reply;
                break;
            case Trouble.Half:
                _incoming.Enqueue(reply[..(reply.Length / 2)]);
                break;
            case Trouble.Garbled:
                reply[(reply.Length - terminator.Length) / 2] = (byte)'~';
                _incoming.Enqueue(reply);
                break;
            case Trouble.OutOfPhase:
                _incoming.Enqueue(_lastReply.Length > 0 ? _lastReply : terminator);
                break;
            case Trouble.Twice:
                _incoming.Enqueue([.. reply, .. reply]);
                break;
            case Trouble.Endless:
                _isEndless = true;
                break;
            case Trouble.Closed:
                _gone = TransportFault.Closed;
                break;
            case Trouble.VanishesInMidReply:
                _incoming.Enqueue(reply[..(reply.Length / 2)]);
                _gone = TransportFault.Broken;
                break;
        }
    }
}
