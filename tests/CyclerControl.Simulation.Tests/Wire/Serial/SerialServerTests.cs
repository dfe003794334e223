using System.Diagnostics;
using System.Globalization;
using CyclerControl.Simulation.Wire;
using CyclerControl.Simulation.Wire.Faults;
using CyclerControl.Simulation.Wire.Serial;

namespace CyclerControl.Simulation.Tests.Wire.Serial;

[Collection(SocketTests.Name)]
public sealed class SerialServerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("line");
    private readonly ManualClock _clock = new();
    private SimulatedCyclerServer? _server;

    private string Port => Path.Combine(_folder.FullName, "ttyUSB0");

    public void Dispose()
    {
        _server?.Dispose();
        _folder.Delete(recursive: true);
    }

    private SimulatedCyclerServer Start(SerialLineOptions? line = null, FaultPlan? faults = null) => _server = SimulatedCyclerServer.Start(new SimulatedCyclerOptions
    {
        Clock = _clock,
        Profile = WireProfile.Keithley2400,
        Cells = ["li-lpsc-li"],
        Shorts = false,
        Line = line ?? new SerialLineOptions(Port),
        Faults = faults,
    });

    [Fact]
    public void Line_UnderItsName_AnswersAsA2400()
    {
        Assert.Equal("serial://" + Port, Start().Address.OriginalString);
        using var client = new LineClient(Port);

        Assert.StartsWith("KEITHLEY INSTRUMENTS INC.,MODEL 2400,1234567,", client.Ask("*IDN?"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n", "\n")]
    [InlineData("\r", "\r")]
    [InlineData("\r\n", "\r\n")]
    public void Terminator_EitherWay_IsUnderstood(string ends, string sent)
    {
        Start(new SerialLineOptions(Port) { Terminator = ends });
        using var client = new LineClient(Port);
        client.Send(":OUTP?" + sent + ":OUTP:SMOD?" + sent);

        Assert.Equal("0" + ends[..^1], client.ReadTo(ends[^1]));
        Assert.Equal("NORM" + ends[..^1], client.ReadTo(ends[^1]));
    }

    [Fact]
    public void Reading_HasFiveElementsAndNoResistance()
    {
        Start();
        using var client = new LineClient(Port);
        Assert.Equal(
            "1;HIMP;+1.000000E+00;0,\"No error\"",
            client.Ask(":OUTP:SMOD HIMP;:SENS:FUNC 'VOLT','CURR';:FORM:ELEM VOLT,CURR,RES,TIME,STAT;:SENS:VOLT:PROT 1;:SOUR:CURR:RANG 1e-3;"
                + ":SOUR:CURR 5e-4;:OUTP ON;:OUTP?;:OUTP:SMOD?;:SENS:VOLT:PROT?;:SYST:ERR?"));
        _clock.AdvanceSeconds(60);
        var reading = client.Ask(":READ?").Split(',').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();

        Assert.Equal(5, reading.Length);
        Assert.InRange(reading[0], 0.02, 0.2);
        Assert.InRange(reading[1], 4.99e-4, 5.01e-4);
        Assert.Equal(9.91e37, reading[2], 1e31);
        Assert.Equal(60, reading[3], 0.001);
    }

    [Fact]
    public void Reading_WithTheOutputOff_IsRefusedAndNotAnswered()
    {
        Start();
        using var client = new LineClient(Port);

        Assert.Equal("803,\"Not permitted with OUTPUT off\"", client.Ask(":OUTP OFF;:READ?;:SYST:ERR?"));
        Assert.Equal("0,\"No error\"", client.Ask(":SYST:ERR?"));
    }

    [Fact]
    public void Compliance_OfBothSigns_LimitsTheVoltageAndSaysSo()
    {
        Start();
        using var client = new LineClient(Port);
        client.Send(":SENS:VOLT:PROT 0.005;:SOUR:CURR:RANG 1e-3;:SOUR:CURR -1e-3;:OUTP ON\n");
        Assert.Equal("1", client.Ask(":OUTP?"));
        _clock.AdvanceSeconds(10);

        Assert.InRange(double.Parse(client.Ask(":READ?").Split(',')[0], CultureInfo.InvariantCulture), -0.006, -0.004);
        Assert.Equal("1", client.Ask(":SENS:VOLT:PROT:TRIP?"));
    }

    [Fact]
    public void Line_OfTwoPrograms_IsOneConversation()
    {
        Start();
        using (var first = new LineClient(Port))
        {
            Assert.Equal("1", first.Ask(":OUTP ON;:NONSENSE 1;:OUTP?"));
        }

        using var second = new LineClient(Port);
        Assert.Equal("1;-113,\"Undefined header\"", second.Ask(":OUTP?;:SYST:ERR?"));
    }

    [Fact]
    public void Speed_Of2400Baud_TakesItsTime()
    {
        Start(new SerialLineOptions(Port) { Baud = 2400 });
        using var client = new LineClient(Port);
        var started = Stopwatch.GetTimestamp();
        var reply = client.Ask("*IDN?");

        Assert.True(Stopwatch.GetElapsedTime(started).TotalSeconds >= 0.95 * (reply.Length + 7) * 10 / 2400.0);
    }

    [Fact]
    public void Drop_InMidReply_EndsTheLineWhichComesBackUnderTheOtherName()
    {
        var elsewhere = Path.Combine(_folder.FullName, "ttyUSB1");
        Start(new SerialLineOptions(Port) { ReturnsAs = elsewhere, Absence = TimeSpan.FromMilliseconds(50) }, new FaultPlan(WireFault.Drop, 2, TimeProvider.System));
        using (var client = new LineClient(Port))
        {
            Assert.Equal("0", client.Ask(":OUTP?"));
            Assert.EndsWith("<gone>", client.Ask("*IDN?"), StringComparison.Ordinal);
        }

        while (!File.Exists(elsewhere))
        {
            Thread.Yield();
        }

        Assert.False(File.Exists(Port));
        using var again = new LineClient(elsewhere);
        Assert.Equal("0", again.Ask(":OUTP?"));
    }

    [Fact]
    public void Dispose_OfTheServer_RemovesTheName()
    {
        Start().Dispose();

        Assert.False(File.Exists(Port));
    }

    [Fact]
    public void Start_NameOfAFile_IsRefused()
    {
        File.WriteAllText(Port, "mine");

        Assert.Contains("no link of ours", Assert.Throws<IOException>(() => Start()).Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Port));
    }
}
