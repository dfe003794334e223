using System.Net.Sockets;
using System.Text;

namespace CyclerControl.Service.Hosting;

/// <summary>Talks to the service manager that started us: one datagram to the socket that it named (sd_notify of systemd). Without one, nothing happens.</summary>
public sealed class ServiceNotifier : IDisposable
{
    private readonly Socket? _socket;
    private readonly ListeningPoint? _manager;

    /// <param name="socketPath">Value of NOTIFY_SOCKET; a first '@' is an abstract name. Null: nobody listens.</param>
    /// <param name="watchdogMicroseconds">Value of WATCHDOG_USEC; null: no watchdog.</param>
    public ServiceNotifier(string? socketPath, string? watchdogMicroseconds)
    {
        if (string.IsNullOrEmpty(socketPath) || OperatingSystem.IsWindows())
        {
            return;
        }

        _manager = new ListeningPoint(socketPath);
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
        if (long.TryParse(watchdogMicroseconds, System.Globalization.CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0)
        {
            WatchdogPeriod = TimeSpan.FromMicroseconds(microseconds);
        }
    }

    /// <summary>As the environment of this process says.</summary>
    public static ServiceNotifier OfEnvironment() =>
        new(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"), Environment.GetEnvironmentVariable("WATCHDOG_USEC"));

    /// <summary>Time within which a sign of life is wanted; null: none is.</summary>
    public TimeSpan? WatchdogPeriod { get; }

    public void Ready(string status) => Tell($"READY=1\nSTATUS={OneLine(status)}");

    public void Stopping() => Tell("STOPPING=1");

    public void Alive() => Tell("WATCHDOG=1");

    public void Status(string status) => Tell($"STATUS={OneLine(status)}");

    public void Dispose() => _socket?.Dispose();

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private void Tell(string state)
    {
        if (_socket is null)
        {
            return;
        }

        try
        {
            _socket.SendTo(Encoding.UTF8.GetBytes(state), _manager!.EndPoint);
        }
        catch (SocketException)
        {
            // A manager that does not listen any more must not take the service with it.
        }
    }

    private sealed class ListeningPoint(string path)
    {
        public UnixDomainSocketEndPoint EndPoint { get; } = new(path[0] == '@' ? "\0" + path[1..] : path);
    }
}
