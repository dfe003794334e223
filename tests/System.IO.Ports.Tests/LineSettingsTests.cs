#if SUBSTITUTE
namespace System.IO.Ports.Tests;

/// <summary>A pseudo-terminal has no parity and always 8 bits, so the flags are compared with asm-generic/termbits.h.</summary>
public sealed class LineSettingsTests
{
    [Theory]
    [InlineData(8, Parity.None, StopBits.One, Handshake.None, 0x8BDu, 0u)]
    [InlineData(7, Parity.Even, StopBits.One, Handshake.None, 0x9ADu, 0x10u)]
    [InlineData(7, Parity.Odd, StopBits.Two, Handshake.None, 0xBEDu, 0x10u)]
    [InlineData(8, Parity.Mark, StopBits.One, Handshake.None, 0x40000BBDu, 0x10u)]
    [InlineData(8, Parity.Space, StopBits.One, Handshake.None, 0x400009BDu, 0x10u)]
    [InlineData(5, Parity.None, StopBits.Two, Handshake.XOnXOff, 0x8CDu, 0x1400u)]
    [InlineData(6, Parity.None, StopBits.One, Handshake.RequestToSend, 0x8000089Du, 0u)]
    [InlineData(8, Parity.Even, StopBits.One, Handshake.RequestToSendXOnXOff, 0x800009BDu, 0x1410u)]
    public void Flags_OfSettings_AreTheKernels(int bits, Parity parity, StopBits stop, Handshake handshake, uint control, uint input)
    {
        var settings = new LineSettings(9600, parity, bits, stop, handshake);

        Assert.Equal(control, settings.ControlFlags);
        Assert.Equal(input, settings.InputFlags);
    }

    [Theory]
    [InlineData(50, 0x1u)]
    [InlineData(38400, 0xFu)]
    [InlineData(57600, 0x1001u)]
    [InlineData(4_000_000, 0x100Fu)]
    [InlineData(31250, 0x1000u)]
    public void Speed_OfSettings_IsTheKernelsCode(int baud, uint code) =>
        Assert.Equal(code, new LineSettings(baud, Parity.None, 8, StopBits.One, Handshake.None).ControlFlags & 0x100F);

    [Fact]
    public void Termios_Size_IsTheKernels() => Assert.Equal(44, Runtime.InteropServices.Marshal.SizeOf<Termios>());
}
#endif
