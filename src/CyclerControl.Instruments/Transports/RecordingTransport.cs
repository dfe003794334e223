using System.Text;

namespace CyclerControl.Instruments.Transports;

/// <summary>What was said and answered on a wire, whole: for a profile's transcript.</summary>
/// <param name="Send">The message without its terminator.</param>
/// <param name="Reply">All that came before the next message, without its last terminator; null: nothing.</param>
public sealed record RecordedExchange(string Send, string? Reply);

/// <summary>Passes everything on, and remembers it. One thread uses it.</summary>
public sealed class RecordingTransport(ITransport inner, ICollection<RecordedExchange> record) : ITransport
{
    private readonly StringBuilder _reply = new();
    private string? _sent;

    public string Address => inner.Address;

    public TransportResult Send(ReadOnlySpan<byte> data, TimeSpan timeout)
    {
        Flush();
        _sent = Line(Encoding.Latin1.GetString(data));
        return inner.Send(data, timeout);
    }

    public TransportResult Receive(Span<byte> buffer, TimeSpan timeout)
    {
        var result = inner.Receive(buffer, timeout);
        _reply.Append(Encoding.Latin1.GetString(buffer[..result.Bytes]));
        return result;
    }

    public bool WaitForInput(TimeSpan timeout) => inner.WaitForInput(timeout);

    public void Dispose()
    {
        Flush();
        inner.Dispose();
    }

    private void Flush()
    {
        if (_sent is not null)
        {
            record.Add(new RecordedExchange(_sent, _reply.Length == 0 ? null : Line(_reply.ToString())));
        }

        _sent = null;
        _reply.Clear();
    }

    private static string Line(string text) => text.TrimEnd('\r', '\n');
}
