using System.IO.Ports;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Tests.Doubles;
using CyclerControl.Instruments.Transports;

namespace CyclerControl.Instruments.Tests.Profiles;

/// <summary>What profiles of instruments on serial lines add: the line, parts of a reply that nobody looks at, no reading with the output off.</summary>
public sealed class SerialProfileTests
{
    private const string Line = "serial: { baud: 9600, parity: none, data_bits: 8, stop_bits: 1, handshake: none }";

    private static (HardwareProfile? Profile, string Problems) Read(string old, string replacement)
    {
        var text = ProfileLibrary.ShippedTexts()["keithley-2400"];
        Assert.Contains(old, text, StringComparison.Ordinal);
        var (profile, problems) = ProfileReader.Read("keithley-2400.yaml", text.Replace(old, replacement, StringComparison.Ordinal));
        return (profile, string.Join('\n', problems));
    }

    [Fact]
    public void Link_Serial_IsRead() => Assert.Equal(
        new SerialSettings(57600, Parity.Even, 7, StopBits.Two, Handshake.RequestToSendXOnXOff, TimeSpan.FromMilliseconds(300)),
        Read(Line, "serial: { baud: 57600, parity: even, data_bits: 7, stop_bits: 2, handshake: both, settle: 300 ms }").Profile!.Link.Serial);

    [Fact]
    public void Link_WithoutSerial_IsTheUsualLine() =>
        Assert.Equal(SerialSettings.Default, ProfileLibrary.Shipped.Find("scpi-cycler-8ch")!.Link.Serial);

    [Theory]
    [InlineData(Line, "serial: { baud: 12 }", "link.serial.baud")]
    [InlineData(Line, "serial: { parity: maybe }", "link.serial.parity")]
    [InlineData(Line, "serial: { data_bits: 9 }", "link.serial.data_bits")]
    [InlineData(Line, "serial: { settle: 3 s }", "is longer than 2 s")]
    [InlineData("rest: zero_current", "rest: open", "is open, where nothing can be read with the output off")]
    [InlineData("{current:A},{any},", "{current:A}{any},", "has two placeholders with nothing between them")]
    [InlineData("send: \":READ?\", reply", "send: \":READ? {any}\", reply", "stands for a part of a reply")]
    public void Profile_Mistake_IsNamed(string old, string replacement, string expected) =>
        Assert.Contains(expected, Read(old, replacement).Problems, StringComparison.Ordinal);

    [Theory]
    [InlineData("+5.0E-05,+1.0E-03,+9.91E+37,+1.2E+01,+3.9E+04", ReadingQuality.Valid)]
    [InlineData("+9.9E+37,+1.0E-03,+9.91E+37,+1.2E+01,+3.9E+04", ReadingQuality.Invalid)]
    [InlineData("+5.0E-05,-9.900000E+37,+9.91E+37,+1.2E+01,+3.9E+04", ReadingQuality.Invalid)]
    [InlineData("+9.91E+37,+9.91E+37,+9.91E+37,+1.2E+01,+3.9E+04", ReadingQuality.Invalid)]
    public void Reading_OfFiveElements_CountsOnlyWhatItIsAskedFor(string reply, ReadingQuality quality)
    {
        using var bench = Bench.Ready("keithley-2400");
        var channel = bench.First;
        channel.Apply(Bench.Current(1e-3));
        bench.Mirror.Fixed["READ?"] = reply;
        Assert.Equal(quality, channel.Read().Quality);
    }

    [Theory]
    [InlineData("+5.0E-05,+1.0E-03")]
    [InlineData("+5.0E-05,+1.0E-03,+9.91E+37,+1.2E+01")]
    [InlineData("+5.0E-05,+1.0E-03,,+1.2E+01,+3.9E+04")]
    public void Reading_WithFewerElements_IsNone(string reply)
    {
        using var bench = Bench.Ready("keithley-2400");
        bench.First.Apply(Bench.Current(1e-3));
        bench.Mirror.Fixed["READ?"] = reply;
        Assert.Throws<LinkFaultException>(() => bench.First.Read());
    }

    [Fact]
    public void Read_OfAnInstrumentThatMeasuresOnlyWhenOn_IsNotAskedWhenOff()
    {
        using var bench = Bench.Ready("keithley-2400");
        Assert.Equal(ReadingQuality.Invalid, bench.First.Read().Quality);
        Assert.Empty(bench.Wire.Lines);
        bench.First.Apply(Bench.Current(1e-3));
        Assert.Equal(ReadingQuality.Valid, bench.First.Read().Quality);
        bench.First.Apply(new Setpoint(OutputMode.Rest, 0, 0, -1, 1, null));
        Assert.Equal(ReadingQuality.Valid, bench.First.Read().Quality);
        bench.First.OutputOff();
        Assert.Equal(ReadingQuality.Invalid, bench.First.Read().Quality);
    }
}
