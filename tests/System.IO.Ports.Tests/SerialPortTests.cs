using System.Diagnostics;
using CyclerControl.Testing.Wires;

namespace System.IO.Ports.Tests;

public sealed class SerialPortTests : IDisposable
{
    private const int Short = 100;
    private const int Long = 10_000;
    private readonly PseudoTerminal _device = new();
    private readonly SerialPort _port;

    public SerialPortTests()
    {
        _port = new SerialPort(_device.Port, 9600) { ReadTimeout = Long, WriteTimeout = Long };
        _port.Open();
    }

    public void Dispose()
    {
        _port.Dispose();
        _device.Dispose();
    }

    [Fact]
    public void Write_EveryByteValue_ArrivesAsItIs()
    {
        var all = Enumerable.Range(0, 256).Select(value => (byte)value).Where(value => value != '!').ToArray();
        _port.Write([.. all, (byte)'!'], 0, 256);

        Assert.Equal(Text.Encoding.Latin1.GetString(all), _device.ReadTo('!'));
    }

    [Fact]
    public void Read_EveryByteValue_ComesAsItIs()
    {
        var text = new string([.. Enumerable.Range(0, 256).Select(value => (char)value)]);
        _device.Send(text);
        var buffer = new byte[256];
        for (var read = 0; read < 256;)
        {
            read += _port.Read(buffer, read, 256 - read);
        }

        Assert.Equal(text, Text.Encoding.Latin1.GetString(buffer));
    }

    [Fact]
    public void Read_Nothing_TimesOut()
    {
        _port.ReadTimeout = Short;

        Assert.Throws<TimeoutException>(() => _port.Read(new byte[1], 0, 1));
    }

    [Fact]
    public void Write_NobodyReads_TimesOut()
    {
        _port.WriteTimeout = Short;

        Assert.Throws<TimeoutException>(() => _port.Write(new byte[1 << 20], 0, 1 << 20));
    }

    [Fact]
    public void Close_WithBytesThatNobodyTook_DoesNotWait()
    {
        _port.WriteTimeout = Short;
        Assert.Throws<TimeoutException>(() => _port.Write(new byte[1 << 20], 0, 1 << 20));
        var started = Stopwatch.GetTimestamp();
        _port.Close();

        Assert.True(Stopwatch.GetElapsedTime(started).TotalMilliseconds < Long);
        Assert.False(_port.IsOpen);
    }

    [Fact]
    public void BytesToRead_AndDiscard_SeeWhatCame()
    {
        _device.Send("late reply\n");
        Assert.Equal(1, _port.Read(new byte[1], 0, 1));
        Assert.Equal(10, _port.BytesToRead);
        _port.DiscardInBuffer();

        Assert.Equal(0, _port.BytesToRead);
    }

    [Theory]
    [InlineData("read")]
    [InlineData("write")]
    [InlineData("look")]
    [InlineData("discard")]
    public void NextCall_DeviceVanished_IsAnIOException(string call)
    {
        _device.Vanish();

        Assert.ThrowsAny<IOException>(() =>
        {
            switch (call)
            {
                case "read":
                    return _port.Read(new byte[1], 0, 1);
                case "write":
                    _port.Write([1], 0, 1);
                    return 0;
                case "look":
                    return _port.BytesToRead;
                default:
                    _port.DiscardInBuffer();
                    return 0;
            }
        });
        _port.Close();
        Assert.False(_port.IsOpen);
    }

    [Fact]
    public void Read_DeviceVanishesInMidReply_GivesTheHalfAndThenAnIOException()
    {
        _device.Send("+1.0");
        var buffer = new byte[16];
        Assert.Equal(4, _port.Read(buffer, 0, 16));
        _device.Vanish();

        Assert.ThrowsAny<IOException>(() => _port.Read(buffer, 0, 16));
    }

    // Codes of asm-generic/termbits.h; a speed without a code is written as a number.
    [Theory]
    [InlineData(300, 0x7u)]
    [InlineData(9600, 0xDu)]
    [InlineData(57600, 0x1001u)]
    [InlineData(115200, 0x1002u)]
    [InlineData(921600, 0x1007u)]
    public void BaudRate_WhileOpen_IsSetOnTheLine(int baud, uint code)
    {
        _port.BaudRate = baud;

        Assert.Equal(code, _device.Flags.Control & 0x100F);
    }

    [Fact]
    public void StopBitsAndHandshake_WhileOpen_AreSetOnTheLine()
    {
        var plain = _device.Flags;
        _port.StopBits = StopBits.Two;
        _port.Handshake = Handshake.RequestToSendXOnXOff;
        var set = _device.Flags;

        Assert.Equal((0u, 0u, 0u), (plain.Input, plain.Output, plain.Local));
        Assert.Equal(0u, plain.Control & 0x8000_0040);
        Assert.Equal(0x8000_0040, set.Control & 0x8000_0040);
        Assert.Equal(0x1400u, set.Input);
    }

    [Fact]
    public void Open_NoSuchPort_IsAnIOException()
    {
        using var port = new SerialPort("/dev/ttyUSB-none");

        Assert.ThrowsAny<IOException>(port.Open);
    }

    [Fact]
    public void Members_OfAClosedPort_AreRefused()
    {
        using var port = new SerialPort(_device.Port);

        Assert.Throws<InvalidOperationException>(() => port.Read(new byte[1], 0, 1));
        Assert.Throws<InvalidOperationException>(() => port.BytesToRead);
        Assert.Throws<InvalidOperationException>(_port.Open);
        Assert.Throws<InvalidOperationException>(() => _port.PortName = "COM2");
    }

    [Fact]
    public void Settings_OutOfBounds_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _port.BaudRate = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => _port.DataBits = 9);
        Assert.Throws<ArgumentOutOfRangeException>(() => _port.StopBits = StopBits.None);
        Assert.Throws<ArgumentOutOfRangeException>(() => _port.Parity = (Parity)9);
        Assert.Throws<ArgumentOutOfRangeException>(() => _port.Handshake = (Handshake)9);
        Assert.Throws<ArgumentOutOfRangeException>(() => _port.ReadTimeout = -2);
    }

    [Fact]
    public void GetPortNames_Any_AreDevices() => Assert.All(SerialPort.GetPortNames(), name => Assert.StartsWith("/dev/", name, StringComparison.Ordinal));

#if SUBSTITUTE
    // The package asks the kernel only, which lets root in.
    [Fact]
    public void Open_PortInUse_IsRefused()
    {
        using var second = new SerialPort(_device.Port);

        Assert.Throws<UnauthorizedAccessException>(second.Open);
    }

    [Fact]
    public void Open_NoTerminal_SaysSo()
    {
        using var port = new SerialPort("/dev/null");

        Assert.Contains("is no serial port", Assert.Throws<IOException>(port.Open).Message, StringComparison.Ordinal);
    }
#endif
}
