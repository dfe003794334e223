using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CyclerControl.Cli.Tests.Processes;

/// <summary>Something on a port that answers each line as a test says: a wrong instrument, a broken one, or none at all.</summary>
internal sealed class ScriptedInstrument : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string?> _answer;
    private readonly List<string> _received = [];
    private readonly Task _serving;

    /// <param name="answer">Bytes to send for a line, its end included; null: silence.</param>
    public ScriptedInstrument(Func<string, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>All lines so far.</summary>
    public IReadOnlyList<string> Received
    {
        get
        {
            lock (_received)
            {
                return [.. _received];
            }
        }
    }

    /// <summary>A port on which nobody listens.</summary>
    public static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A station file with one 8-channel cycler, <c>bench</c>.</summary>
    public static string Station(int port) => $$"""
        station: real
        instruments:
          - { name: bench, profile: scpi-cycler-8ch, connect: "tcp://127.0.0.1:{{port}}" }
        """;

    public void Dispose()
    {
        _listener.Dispose();
        _serving.GetAwaiter().GetResult();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                lock (_received)
                {
                    _received.Add(line);
                }

                if (_answer(line) is { } reply)
                {
                    await stream.WriteAsync(Encoding.Latin1.GetBytes(reply));
                }
            }
        }
        catch (IOException)
        {
            // The other side hung up.
        }
    }
}
