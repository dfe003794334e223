using System.Net.Sockets;
using System.Text;
using CyclerControl.Service.Hosting;

namespace CyclerControl.Service.Tests.Hosting;

/// <summary>Against a real datagram socket, as systemd makes one.</summary>
public sealed class ServiceNotifierTests
{
    [Fact]
    public void Ready_WithASocket_SendsOneDatagramInTheManagersWords()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("notify-").FullName, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        using var manager = new ServiceNotifier(path, "30000000");

        manager.Ready("8 channels\nREADY=0");
        manager.Alive();
        manager.Stopping();

        Assert.Equal("READY=1\nSTATUS=8 channels READY=0", Receive(systemd));
        Assert.Equal("WATCHDOG=1", Receive(systemd));
        Assert.Equal("STOPPING=1", Receive(systemd));
        Assert.Equal(TimeSpan.FromSeconds(30), manager.WatchdogPeriod);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void AbstractName_IsUnderstood()
    {
        var name = "cycler-test-" + Guid.NewGuid();
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };
        systemd.Bind(new UnixDomainSocketEndPoint("\0" + name));
        using var manager = new ServiceNotifier("@" + name, null);

        manager.Alive();

        Assert.Equal("WATCHDOG=1", Receive(systemd));
        Assert.Null(manager.WatchdogPeriod);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/nonexistent/notify")]
    public void NobodyListens_NothingHappens(string? socket)
    {
        using var manager = new ServiceNotifier(socket, "x");

        manager.Ready("here");

        Assert.Null(manager.WatchdogPeriod);
    }

    private static string Receive(Socket socket)
    {
        var buffer = new byte[512];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }
}
