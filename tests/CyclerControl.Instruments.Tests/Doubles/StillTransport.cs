using CyclerControl.Instruments.Transports;

namespace CyclerControl.Instruments.Tests.Doubles;

/// <summary>Answers everything with the same bytes, and allocates nothing.</summary>
internal sealed class StillTransport(byte[] reply) : ITransport
{
    public string Address => "tcp://still:1";

    public TransportResult Send(ReadOnlySpan<byte> data, TimeSpan timeout) => TransportResult.Moved(data.Length);

    public TransportResult Receive(Span<byte> buffer, TimeSpan timeout)
    {
        reply.CopyTo(buffer);
        return TransportResult.Moved(reply.Length);
    }

    public bool WaitForInput(TimeSpan timeout) => false;

    public void Dispose()
    {
    }
}
