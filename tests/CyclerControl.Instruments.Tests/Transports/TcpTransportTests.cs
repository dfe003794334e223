using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CyclerControl.Instruments.Tests.Doubles;
using CyclerControl.Instruments.Transports;

namespace CyclerControl.Instruments.Tests.Transports;

[Collection("sockets")]
public sealed class TcpTransportTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Exchange_OverLoopback_AllocatesNothing()
    {
        using var server = new LoopbackServer(line => "+1.0E+00,+2.0E-03\n");
        using var transport = TcpTransport.Connect("127.0.0.1", server.Port, s_long);
        var buffer = new byte[256];
        var good = 0;   // Assert itself allocates
        void Exchange(int count)
        {
            for (var i = 0; i < count; i++)
            {
                _ = transport.WaitForInput(TimeSpan.Zero);
                good += transport.Send("MEAS? (@1)\n"u8, s_long).Fault == TransportFault.None ? 1 : 0;
                good += transport.Receive(buffer, s_long).Bytes == 18 ? 1 : 0;
            }
        }

        Exchange(200);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Exchange(500);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        // Per operation: the runtime may put a few bytes on this thread once, while it replaces code by better code.
        Assert.Equal(0, allocated / 500);
        Assert.Equal(1400, good);
    }

    [Fact]
    public void Receive_Nothing_TimesOut()
    {
        using var server = new LoopbackServer(line => null);
        using var transport = TcpTransport.Connect("127.0.0.1", server.Port, s_long);
        Assert.Equal(TransportFault.TimedOut, transport.Receive(new byte[10], s_short).Fault);
    }

    [Fact]
    public void Receive_OtherSideCloses_IsClosed()
    {
        using var server = new LoopbackServer(line => null, closeAfterAccept: true);
        using var transport = TcpTransport.Connect("127.0.0.1", server.Port, s_long);
        Assert.Equal(TransportFault.Closed, transport.Receive(new byte[10], s_long).Fault);
        Assert.True(transport.WaitForInput(TimeSpan.Zero));
    }

    [Fact]
    public void Send_NobodyReads_TimesOutWithTheBytesThatWent()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        using var transport = TcpTransport.Connect("127.0.0.1", ((IPEndPoint)listener.LocalEndPoint!).Port, s_long);
        var result = transport.Send(new byte[64 << 20], s_short);
        Assert.Equal(TransportFault.TimedOut, result.Fault);
        Assert.InRange(result.Bytes, 0, (64 << 20) - 1);
    }

    [Fact]
    public void Connect_Refused_Throws()
    {
        var port = FreePort();
        var failure = Assert.Throws<SocketException>(() => TcpTransport.Connect("127.0.0.1", port, s_long));
        Assert.Equal(SocketError.ConnectionRefused, failure.SocketErrorCode);
    }

    // A listener whose queue is full lets the next connection hang, as a silent network does.
    [Fact]
    public void Connect_Silence_TimesOut()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        var open = new List<TcpTransport>();
        var started = Stopwatch.GetTimestamp();
        var failure = Assert.Throws<SocketException>(() =>
        {
            for (var i = 0; i < 8; i++)
            {
                open.Add(TcpTransport.Connect("127.0.0.1", port, TimeSpan.FromMilliseconds(100)));
            }
        });
        open.ForEach(transport => transport.Dispose());
        Assert.Equal(SocketError.TimedOut, failure.SocketErrorCode);
        Assert.True(Stopwatch.GetElapsedTime(started) < s_long);
    }

    internal static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}

[CollectionDefinition("sockets", DisableParallelization = true)]
public sealed class SocketTests;
