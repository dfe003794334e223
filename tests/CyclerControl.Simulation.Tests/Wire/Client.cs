using System.Net.Sockets;
using System.Text;

namespace CyclerControl.Simulation.Tests.Wire;

/// <summary>A plain socket client: not the product's driver.</summary>
internal sealed class Client : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[65536];
    private int _length;

    public Client(int port)
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 10_000 };
        _socket.Connect(System.Net.IPAddress.Loopback, port);
    }

    public void Send(string text) => _socket.Send(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends a line and reads the answer's line.</summary>
    public string Ask(string message)
    {
        Send(message + "\n");
        return ReadLine();
    }

    public string ReadLine()
    {
        while (true)
        {
            var end = _buffer.AsSpan(0, _length).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = Encoding.Latin1.GetString(_buffer, 0, end);
                _buffer.AsSpan(end + 1, _length - end - 1).CopyTo(_buffer);
                _length -= end + 1;
                return line;
            }

            var received = _socket.Receive(_buffer.AsSpan(_length));
            Assert.True(received > 0, "the server closed the connection");
            _length += received;
        }
    }

    public bool IsCutOff()
    {
        try
        {
            return _socket.Receive(_buffer) == 0;
        }
        catch (SocketException e) when (e.SocketErrorCode != SocketError.TimedOut)
        {
            return true;
        }
    }

    public void Dispose() => _socket.Dispose();
}
