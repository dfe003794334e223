using System.Diagnostics;
using System.IO.Ports;
using System.Text;
using CyclerControl.Instruments.Transports;
using CyclerControl.Testing.Wires;

namespace CyclerControl.Instruments.Tests.Transports;

/// <summary>The serial transport on a pseudo-terminal, and on the two ends of socat.</summary>
[Collection("sockets")]
public sealed class SerialTransportTests : IDisposable
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(10);
    private static readonly SerialSettings s_settings = SerialSettings.Default with { Settle = TimeSpan.FromMilliseconds(10) };
    private readonly PseudoTerminal _device = new();

    public void Dispose() => _device.Dispose();

    [Fact]
    public void SendAndReceive_OverALine_Carry()
    {
        using var transport = SerialTransport.Open(_device.Port, s_settings);
        Assert.Equal(6, transport.Send("*IDN?\n"u8, s_long).Bytes);
        Assert.Equal("*IDN?", _device.ReadTo('\n'));
        _device.Send("ME\n");
        Assert.True(transport.WaitForInput(s_short));
        var buffer = new byte[16];
        Assert.Equal("ME\n", Encoding.ASCII.GetString(buffer, 0, transport.Receive(buffer, s_long).Bytes));
        Assert.Equal("serial://" + _device.Port, transport.Address);
    }

    [Fact]
    public void Receive_Nothing_TimesOut()
    {
        using var transport = SerialTransport.Open(_device.Port, s_settings);
        Assert.Equal(TransportFault.TimedOut, transport.Receive(new byte[10], s_short).Fault);
    }

    [Fact]
    public void Send_HeldUp_TimesOutAndMayHaveSentAPart()
    {
        using var transport = SerialTransport.Open(_device.Port, s_settings);
        var result = transport.Send(new byte[1 << 20], s_short);
        Assert.Equal(TransportFault.TimedOut, result.Fault);
        Assert.True(result.Bytes > 0);
    }

    [Fact]
    public void EveryCall_DeviceVanished_IsBrokenAndDisposeIsQuiet()
    {
        using var transport = SerialTransport.Open(_device.Port, s_settings);
        _device.Vanish();
        Assert.Equal(TransportFault.Broken, transport.Send("*IDN?\n"u8, s_long).Fault);
        Assert.Equal(TransportFault.Broken, transport.Receive(new byte[10], s_long).Fault);
        Assert.True(transport.WaitForInput(TimeSpan.Zero));
    }

    [Fact]
    public void Open_LateReplyOnTheLine_IsThrownAway()
    {
        _device.Send("+1.0,+2.0\n");
        using var transport = SerialTransport.Open(_device.Port, s_settings);
        Assert.False(transport.WaitForInput(TimeSpan.Zero));
    }

    [Fact]
    public void Open_Settings_ReachTheLine()
    {
        using var transport = SerialTransport.Open(
            _device.Port, new SerialSettings(19200, Parity.None, 8, StopBits.Two, Handshake.RequestToSendXOnXOff, TimeSpan.Zero));
        var (input, _, control, _) = _device.Flags;
        Assert.Equal(0x8000_0040, control & 0x8000_0040);
        Assert.Equal(0xEu, control & 0x100F);
        Assert.Equal(0x1400u, input & 0x1400);
    }

    [Fact]
    public void Open_ByTwo_IsRefusedToTheSecond()
    {
        using var first = SerialTransport.Open(_device.Port, s_settings);
        Assert.ThrowsAny<Exception>(() => SerialTransport.Open(_device.Port, s_settings));
        Assert.Equal(1, first.Send("x"u8, s_long).Bytes);
    }

    [Fact]
    public void Exchange_OverALine_AllocatesNothing()
    {
        using var transport = SerialTransport.Open(_device.Port, s_settings);
        var buffer = new byte[64];
        var allocated = 0L;
        var good = 0;
        for (var i = 0; i < 300; i++)
        {
            if (i == 200)
            {
                allocated = 0;
            }

            _device.Send("+1.000000E+00,+2.000000E-03\n");
            var before = GC.GetAllocatedBytesForCurrentThread();
            good += transport.Send(":READ?\n"u8, s_long).Fault == TransportFault.None ? 1 : 0;
            good += transport.Receive(buffer, s_long).Bytes > 0 ? 1 : 0;
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(":READ?", _device.ReadTo('\n'));
            while (transport.WaitForInput(TimeSpan.Zero))
            {
                _ = transport.Receive(buffer, s_long);
            }
        }

        Assert.Equal(0, allocated / 100);
        Assert.Equal(600, good);
    }

    // A pair made by somebody else's program: what we write into one end comes out of the other.
    [Fact]
    public void Pair_OfSocat_CarriesBothWays()
    {
        var folder = Directory.CreateTempSubdirectory("serial");
        var (near, far) = (Path.Combine(folder.FullName, "near"), Path.Combine(folder.FullName, "far"));
        var start = new ProcessStartInfo("socat", ["-d", "-d", $"pty,raw,echo=0,link={near}", $"pty,raw,echo=0,link={far}"])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var socat = Process.Start(start)!;
        try
        {
            while (socat.StandardError.ReadLine() is { } line && !line.Contains("starting data transfer loop", StringComparison.Ordinal))
            {
            }

            using var one = SerialTransport.Open(near, s_settings);
            using var other = SerialTransport.Open(far, s_settings);
            var buffer = new byte[16];
            Assert.Equal(TransportFault.None, one.Send("a"u8, s_long).Fault);
            Assert.Equal(1, other.Receive(buffer, s_long).Bytes);
            Assert.Equal(TransportFault.None, other.Send("b"u8, s_long).Fault);
            Assert.Equal(1, one.Receive(buffer.AsSpan(1), s_long).Bytes);
            Assert.Equal("ab", Encoding.ASCII.GetString(buffer, 0, 2));
            socat.Kill();
            socat.WaitForExit();
            Assert.Equal(TransportFault.Broken, one.Receive(buffer, s_long).Fault);
        }
        finally
        {
            socat.Kill();
            folder.Delete(recursive: true);
        }
    }
}
