using System.IO.Ports;
using CyclerControl.Instruments.Stations;
using CyclerControl.Instruments.Transports;

namespace CyclerControl.Instruments.Tests.Stations;

public sealed class SerialAddressTests
{
    private static SerialAddress? Read(string text, out string problem)
    {
        var address = SerialAddress.TryParse(new Uri(text), SerialSettings.Default with { Baud = 19200 }, out var wrong);
        problem = $"{wrong.What}; {wrong.Cure}";
        return address;
    }

    [Fact]
    public void Address_WithEverySetting_IsRead()
    {
        var address = Read("serial:///dev/ttyUSB0?baud=57600&parity=even&data_bits=7&stop_bits=2&handshake=rtscts&settle=250ms&id=1234567", out _)!;

        Assert.Equal("/dev/ttyUSB0", address.Port);
        Assert.Equal("1234567", address.Id);
        Assert.Equal(new SerialSettings(57600, Parity.Even, 7, StopBits.Two, Handshake.RequestToSend, TimeSpan.FromMilliseconds(250)), address.Settings);
        Assert.Equal("57600 7E2 rtscts", address.Settings.ToString());
    }

    [Theory]
    [InlineData("serial:///dev/ttyUSB0", "/dev/ttyUSB0")]
    [InlineData("serial:///dev/serial/by-id/usb-FTDI_FT232R%20x-port0", "/dev/serial/by-id/usb-FTDI_FT232R x-port0")]
    [InlineData("serial://COM3", "COM3")]
    [InlineData("serial://com12/?parity=odd", "COM12")]
    [InlineData("serial://auto", null)]
    public void Address_OfAPort_TakesTheRestFromTheProfile(string text, string? port)
    {
        var address = Read(text, out _)!;

        Assert.Equal(port, address.Port);
        Assert.Equal(19200, address.Settings.Baud);
    }

    [Fact]
    public void Address_Search_HasPatternsAndId()
    {
        var address = Read("serial://auto?id=1234567&ports=/dev/ttyUSB*,/dev/ttyACM?", out _)!;

        Assert.Null(address.Port);
        Assert.Equal("/dev/ttyUSB* /dev/ttyACM?", string.Join(' ', address.Patterns));
        Assert.NotEqual(address.Place, Read("serial://auto?id=7654321&ports=/dev/ttyUSB*,/dev/ttyACM?", out _)!.Place);
    }

    [Theory]
    [InlineData("serial:///dev/ttyUSB0?baud=0", "has the speed '0'")]
    [InlineData("serial:///dev/ttyUSB0?parity=sometimes", "use none, odd, even, mark, space")]
    [InlineData("serial:///dev/ttyUSB0?data_bits=9", "use 5 to 8")]
    [InlineData("serial:///dev/ttyUSB0?stop_bits=1.5", "use 1 or 2")]
    [InlineData("serial:///dev/ttyUSB0?handshake=dtr", "use none, xonxoff, rtscts, both")]
    [InlineData("serial:///dev/ttyUSB0?settle=3s", "use 0ms to 2000ms")]
    [InlineData("serial:///dev/ttyUSB0?ports=/dev/ttyUSB*", "has ports to search, and a port")]
    [InlineData("serial:///dev/ttyUSB0?baudrate=9600", "has the unknown setting 'baudrate'")]
    [InlineData("serial:///dev/ttyUSB0?baud=9600&baud=9600", "gives baud twice")]
    [InlineData("serial://auto?id=", "has an empty id")]
    [InlineData("serial://COM3:9600", "names no serial port")]
    [InlineData("serial://COM3/dev/ttyUSB0", "names no serial port")]
    public void Address_Mistake_IsNamedWithItsCure(string text, string problem)
    {
        Assert.Null(Read(text, out var said));
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }
}
