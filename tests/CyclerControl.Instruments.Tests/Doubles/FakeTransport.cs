using System.Text;
using CyclerControl.Instruments.Transports;

namespace CyclerControl.Instruments.Tests.Doubles;

/// <summary>A wire in memory: hands each line to an instrument, and can spoil what comes back.</summary>
internal sealed class FakeTransport(Func<string, string?> instrument) : ITransport
{
    private readonly Queue<byte[]> _incoming = new();
    private readonly StringBuilder _line = new();
    private int _taken;

    public string Address => "tcp://fake:5025";

    /// <summary>Every line that arrived at the instrument.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Replaces the bytes of the next reply: null means nothing comes.</summary>
    public Queue<byte[]?> Spoiled { get; } = new();

    /// <summary>What the wire itself does at the next receive.</summary>
    public TransportFault Fault { get; set; }

    /// <summary>The news of <see cref="Fault"/> is there before anything was asked.</summary>
    public bool FaultsUnasked { get; set; }

    /// <summary>What the wire itself does at the next send, after having moved <see cref="BytesBeforeSendFault"/> bytes.</summary>
    public TransportFault SendFault { get; set; }

    public int BytesBeforeSendFault { get; set; }

    /// <summary>Bytes that come without a question.</summary>
    public void Arrive(string text) => _incoming.Enqueue(Encoding.UTF8.GetBytes(text));

    public TransportResult Send(ReadOnlySpan<byte> data, TimeSpan timeout)
    {
        if (SendFault != TransportFault.None)
        {
            return new TransportResult(BytesBeforeSendFault, SendFault, "spoiled");
        }

        foreach (var value in data)
        {
            if (value != '\n')
            {
                _ = _line.Append((char)value);
                continue;
            }

            var line = _line.ToString();
            _ = _line.Clear();
            Lines.Add(line);
            Answer(instrument(line));
        }

        return TransportResult.Moved(data.Length);
    }

    public TransportResult Receive(Span<byte> buffer, TimeSpan timeout)
    {
        if (_incoming.Count == 0)
        {
            return new TransportResult(0, Fault == TransportFault.None ? TransportFault.TimedOut : Fault, null);
        }

        var bytes = _incoming.Peek().AsSpan(_taken);
        if (bytes.Length <= buffer.Length)
        {
            bytes.CopyTo(buffer);
            _ = _incoming.Dequeue();
            _taken = 0;
            return TransportResult.Moved(bytes.Length);
        }

        bytes[..buffer.Length].CopyTo(buffer);
        _taken += buffer.Length;
        return TransportResult.Moved(buffer.Length);
    }

    /// <summary>How long each look for input was allowed to take.</summary>
    public List<TimeSpan> Looks { get; } = [];

    public bool WaitForInput(TimeSpan timeout)
    {
        Looks.Add(timeout);
        return _incoming.Count > 0 || FaultsUnasked;
    }

    public void Dispose()
    {
    }

    private void Answer(string? reply)
    {
        if (Spoiled.Count > 0)
        {
            if (Spoiled.Dequeue() is { } spoiled)
            {
                _incoming.Enqueue(spoiled);
            }

            return;
        }

        if (reply is not null)
        {
            _incoming.Enqueue(Encoding.UTF8.GetBytes(reply + "\n"));
        }
    }
}
