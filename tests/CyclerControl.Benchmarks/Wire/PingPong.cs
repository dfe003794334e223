using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CyclerControl.Acquisition.Clocks;

namespace CyclerControl.Benchmarks.Wire;

/// <summary>The floor: the same bytes to and fro between two blocking sockets, no parsing, both threads on one processor.</summary>
internal sealed class PingPong : IDisposable
{
    private readonly byte[] request;
    private readonly byte[] reply;
    private readonly Socket client;
    private readonly Socket server;

    public PingPong(int requestBytes, int replyBytes, int processor)
    {
        request = new byte[requestBytes];
        reply = new byte[replyBytes];
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.Connect(listener.LocalEndPoint!);
        server = listener.Accept();
        server.NoDelay = true;
        new Thread(() => Serve(processor)) { IsBackground = true, Name = "ping-pong server" }.Start();
    }

    /// <summary>On the calling thread.</summary>
    public double Seconds(int exchanges)
    {
        var buffer = new byte[reply.Length];
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < exchanges; i++)
        {
            client.Send(request);
            ReceiveAll(client, buffer);
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
    }

    private void Serve(int processor)
    {
        ThreadPinning.TryPinCurrentThread(processor);
        var buffer = new byte[request.Length];
        try
        {
            while (ReceiveAll(server, buffer))
                server.Send(reply);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The benchmark is over.
        }
    }

    private static bool ReceiveAll(Socket socket, Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var received = socket.Receive(buffer);
            if (received == 0)
                return false;
            buffer = buffer[received..];
        }

        return true;
    }
}
