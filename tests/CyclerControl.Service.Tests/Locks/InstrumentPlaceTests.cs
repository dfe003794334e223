using CyclerControl.Service.Locks;

namespace CyclerControl.Service.Tests.Locks;

public sealed class InstrumentPlaceTests
{
    [Theory]
    [InlineData("tcp://cyc-a.lab:5025", "tcp://CYC-A.lab:5025/")]
    [InlineData("tcp://localhost:5025", "tcp://127.0.0.1:5025")]
    [InlineData("serial:///dev/no-such-port?baud=9600", "serial:///dev/no-such-port?baud=57600&parity=none")]
    public void Normal_TwoSpellingsOfOneInstrument_AreOnePlace(string one, string other) =>
        Assert.Equal(InstrumentPlace.Normal(new Uri(one)), InstrumentPlace.Normal(new Uri(other)));

    [Theory]
    [InlineData("tcp://cyc-a.lab:5025", "tcp://cyc-a.lab:5026")]
    [InlineData("tcp://cyc-a.lab:5025", "tcp://cyc-b.lab:5025")]
    [InlineData("serial:///dev/no-such-a", "serial:///dev/no-such-b")]
    public void FileName_TwoInstruments_AreTwoFiles(string one, string other) => Assert.NotEqual(
        InstrumentPlace.FileName(InstrumentPlace.Normal(new Uri(one))), InstrumentPlace.FileName(InstrumentPlace.Normal(new Uri(other))));

    [Fact]
    public void Normal_LinkToADevice_IsTheDevice()
    {
        var folder = Directory.CreateTempSubdirectory("place-").FullName;
        try
        {
            var device = Path.Combine(folder, "ttyUSB0");
            var link = Path.Combine(folder, "by-id");
            File.WriteAllText(device, "");
            File.CreateSymbolicLink(link, device);

            Assert.Equal(InstrumentPlace.Normal(new Uri("serial://" + device)), InstrumentPlace.Normal(new Uri("serial://" + link + "?baud=9600")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void FileName_OddAddress_IsAFileNameThatSaysWhatItStandsFor()
    {
        var name = InstrumentPlace.FileName(InstrumentPlace.Normal(new Uri("serial:///dev/serial/by-id/../x y?baud=9600")));

        Assert.Matches("^serial-dev-[A-Za-z0-9._-]+[.]lock$", name);
    }
}
