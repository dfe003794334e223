using System.Net;
using System.Net.Sockets;

namespace CyclerControl.Instruments.Transports;

/// <summary>Bytes over TCP, on a socket that stays synchronous for its whole life: an exchange allocates nothing.</summary>
/// <remarks>
/// The first asynchronous member (or <c>Blocking = false</c>) would switch the handle to non-blocking for ever, and each later blocking
/// call would then wait through the runtime's event loop and allocate. The connect timeout is therefore the send timeout of the kernel
/// (<c>SO_SNDTIMEO</c>, socket(7): it bounds connect as well); on Windows connect keeps the system's own limit of about 21 s.
/// </remarks>
public sealed class TcpTransport : ITransport
{
    private readonly Socket _socket;
    private int _sendTimeoutMilliseconds;
    private int _receiveTimeoutMilliseconds;

    private TcpTransport(Socket socket, string address)
    {
        _socket = socket;
        Address = address;
    }

    public string Address { get; }

    /// <summary>Connects, trying each address of the host in turn. Blocking.</summary>
    /// <param name="host">Name or address.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="timeout">Longest wait for each address; 1 ms or more.</param>
    /// <exception cref="SocketException">Unknown host, refused, timed out: of the last address tried.</exception>
    public static TcpTransport Connect(string host, int port, TimeSpan timeout)
    {
        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : Dns.GetHostAddresses(host);
        SocketException? failure = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.NoDelay = true;
                socket.SendTimeout = Milliseconds(timeout);
                socket.Connect(new IPEndPoint(address, port));
                return new TcpTransport(socket, $"tcp://{host}:{port}");
            }
            catch (SocketException exception)
            {
                failure = exception;
                socket.Dispose();
            }
        }

        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }

    public TransportResult Send(ReadOnlySpan<byte> data, TimeSpan timeout)
    {
        var milliseconds = Milliseconds(timeout);
        if (milliseconds != _sendTimeoutMilliseconds)
        {
            _socket.SendTimeout = milliseconds;
            _sendTimeoutMilliseconds = milliseconds;
        }

        var sent = 0;
        while (sent < data.Length)
        {
            sent += _socket.Send(data[sent..], SocketFlags.None, out var error);
            if (error != SocketError.Success)
            {
                return Failed(sent, error);
            }
        }

        return TransportResult.Moved(sent);
    }

    public TransportResult Receive(Span<byte> buffer, TimeSpan timeout)
    {
        var milliseconds = Milliseconds(timeout);
        if (milliseconds != _receiveTimeoutMilliseconds)
        {
            _socket.ReceiveTimeout = milliseconds;
            _receiveTimeoutMilliseconds = milliseconds;
        }

        var received = _socket.Receive(buffer, SocketFlags.None, out var error);
        if (error != SocketError.Success)
        {
            return Failed(0, error);
        }

        return received > 0 ? TransportResult.Moved(received) : new TransportResult(0, TransportFault.Closed, null);
    }

    public bool WaitForInput(TimeSpan timeout)
    {
        try
        {
            return _socket.Poll(timeout, SelectMode.SelectRead);
        }
        catch (SocketException)
        {
            return true;   // the receive that follows names the fault
        }
    }

    public void Dispose() => _socket.Dispose();

    private static TransportResult Failed(int bytes, SocketError error) =>
        new(bytes, error is SocketError.TimedOut or SocketError.WouldBlock ? TransportFault.TimedOut : TransportFault.Broken, error.ToString());

    private static int Milliseconds(TimeSpan timeout) => (int)Math.Clamp(Math.Ceiling(timeout.TotalMilliseconds), 1, int.MaxValue);
}
