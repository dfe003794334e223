namespace CyclerControl.Instruments.Transports;

/// <summary>Moves bytes to and from one instrument: blocking, with spans and finite timeouts. One thread uses it.</summary>
/// <remarks>Failures of the wire are values; the session decides what they mean.</remarks>
public interface ITransport : IDisposable
{
    /// <summary>Where the bytes go, for messages: <c>tcp://127.0.0.1:5025</c>.</summary>
    string Address { get; }

    /// <summary>Sends every byte, or fails.</summary>
    /// <param name="data">What to send.</param>
    /// <param name="timeout">Longest time the wire may refuse bytes; 1 ms or more.</param>
    TransportResult Send(ReadOnlySpan<byte> data, TimeSpan timeout);

    /// <summary>Waits for at least one byte.</summary>
    /// <param name="buffer">Where the bytes go; not empty.</param>
    /// <param name="timeout">Longest wait; 1 ms or more.</param>
    TransportResult Receive(Span<byte> buffer, TimeSpan timeout);

    /// <summary>True once something can be received (bytes, or the news that the other side has closed).</summary>
    /// <param name="timeout">Longest wait; zero only looks.</param>
    bool WaitForInput(TimeSpan timeout);
}
