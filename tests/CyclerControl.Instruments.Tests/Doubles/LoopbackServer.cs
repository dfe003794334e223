using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CyclerControl.Instruments.Tests.Doubles;

/// <summary>A real socket that answers line by line, one client after the other. The answer says its own terminator.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Func<string, string?> _answer;
    private readonly bool _closeAfterAccept;
    private readonly Thread _thread;
    private Socket? _client;

    public LoopbackServer(Func<string, string?> answer, bool closeAfterAccept = false)
    {
        _answer = answer;
        _closeAfterAccept = closeAfterAccept;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(10);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _thread = new Thread(Serve) { IsBackground = true, Name = "loopback server" };
        _thread.Start();
    }

    public int Port { get; }

    public void Dispose()
    {
        _listener.Dispose();
        _client?.Dispose();
        _thread.Join();
    }

    private void Serve()
    {
        try
        {
            while (true)
            {
                _client = _listener.Accept();
                _client.NoDelay = true;
                if (!_closeAfterAccept)
                {
                    Converse(_client);
                }

                _client.Dispose();
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private void Converse(Socket client)
    {
        var buffer = new byte[4096];
        var pending = new StringBuilder();
        int received;
        while ((received = Receive(client, buffer)) > 0)
        {
            _ = pending.Append(Encoding.UTF8.GetString(buffer, 0, received));
            while (pending.ToString().IndexOf('\n', StringComparison.Ordinal) is var end and >= 0)
            {
                var line = pending.ToString(0, end);
                _ = pending.Remove(0, end + 1);
                if (_answer(line) is { } answer)
                {
                    _ = client.Send(Encoding.UTF8.GetBytes(answer));
                }
            }
        }
    }

    private static int Receive(Socket client, byte[] buffer)
    {
        try
        {
            return client.Receive(buffer);
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
