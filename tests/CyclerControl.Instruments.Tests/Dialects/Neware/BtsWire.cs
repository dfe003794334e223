using System.Text;
using CyclerControl.Instruments.Transports;

namespace CyclerControl.Instruments.Tests.Dialects.Neware;

/// <summary>A wire in memory with a BTS program at its end: messages in, answers out in pieces of a given length.</summary>
internal sealed class BtsWire(Func<string, byte[]?> answer) : ITransport
{
    private readonly Queue<byte[]> _incoming = new();

    public string Address => "tcp://fake:502";

    public List<string> Messages { get; } = [];

    /// <summary>Longest piece in which bytes arrive.</summary>
    public int Piece { get; set; } = int.MaxValue;

    /// <summary>What the wire does when nothing is left.</summary>
    public TransportFault Silence { get; set; } = TransportFault.TimedOut;

    /// <summary>The news of <see cref="Silence"/> is there before anything was asked.</summary>
    public bool EndsUnasked { get; set; }

    public int Pauses { get; private set; }

    public static BtsWire Of(Func<string, string?> answer) =>
        new(message => answer(message) is { } text ? Encoding.UTF8.GetBytes(text + "\n\n#\r\n") : null);

    public void Arrive(byte[] bytes)
    {
        for (var from = 0; from < bytes.Length; from += Math.Min(Piece, bytes.Length - from))
        {
            _incoming.Enqueue(bytes.AsSpan(from, Math.Min(Piece, bytes.Length - from)).ToArray());
        }
    }

    /// <summary>In exactly two pieces.</summary>
    public void ArriveSplit(byte[] bytes, int at)
    {
        _incoming.Enqueue(bytes[..at]);
        _incoming.Enqueue(bytes[at..]);
    }

    public TransportResult Send(ReadOnlySpan<byte> data, TimeSpan timeout)
    {
        var text = Encoding.UTF8.GetString(data);
        Assert.EndsWith("</bts>\n\n#\r\n", text, StringComparison.Ordinal);
        Messages.Add(text[..^5]);
        if (answer(Messages[^1]) is { } reply)
        {
            Arrive(reply);
        }

        return TransportResult.Moved(data.Length);
    }

    public TransportResult Receive(Span<byte> buffer, TimeSpan timeout)
    {
        if (_incoming.Count == 0)
        {
            return new TransportResult(0, Silence, null);
        }

        var bytes = _incoming.Dequeue();
        var taken = Math.Min(bytes.Length, buffer.Length);
        bytes.AsSpan(0, taken).CopyTo(buffer);
        if (taken < bytes.Length)
        {
            var rest = _incoming.ToArray();
            _incoming.Clear();
            _incoming.Enqueue(bytes[taken..]);
            Array.ForEach(rest, _incoming.Enqueue);
        }

        return TransportResult.Moved(taken);
    }

    public bool WaitForInput(TimeSpan timeout)
    {
        Pauses += timeout > TimeSpan.Zero ? 1 : 0;
        return _incoming.Count > 0 || EndsUnasked;
    }

    public void Dispose()
    {
    }
}
