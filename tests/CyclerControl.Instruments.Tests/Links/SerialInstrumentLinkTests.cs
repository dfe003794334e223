using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Links;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Sessions;
using CyclerControl.Instruments.Tests.Doubles;

namespace CyclerControl.Instruments.Tests.Links;

/// <summary>Instruments on real terminals: gone, back under another name, and others in their place.</summary>
[Collection("sockets")]
public sealed class SerialInstrumentLinkTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ports");
    private readonly List<SerialDevice> _devices = [];

    public void Dispose()
    {
        _devices.ForEach(device => device.Dispose());
        _folder.Delete(recursive: true);
    }

    private static string Idn(string serialNumber) => $"KEITHLEY INSTRUMENTS INC.,MODEL 2400,{serialNumber},C30";

    // Plugged in under a name of its own, as udev gives them.
    private SerialDevice Plug(string name, MirrorInstrument mirror)
    {
        var device = new SerialDevice(mirror.Receive);
        _devices.Add(device);
        var link = Path.Combine(_folder.FullName, name);
        File.Delete(link);
        File.CreateSymbolicLink(link, device.Port);
        return device;
    }

    private SerialDevice Plug(string name, string serialNumber) => Plug(name, new MirrorInstrument(Idn(serialNumber)) { AnswersWithFive = true });

    private void Unplug(string name) => File.Delete(Path.Combine(_folder.FullName, name));

    private IInstrumentLink Link(string connect, int replyMilliseconds = 10_000)
    {
        var patience = TimeSpan.FromMilliseconds(replyMilliseconds);
        var shipped = ProfileLibrary.Shipped.Find("keithley-2400")!;
        var library = ProfileLibrary.Shipped.With(shipped with
        {
            Link = LinkSettings.Default with
            {
                Timeouts = new LinkTimeouts(patience, patience, patience, patience),
                Serial = shipped.Link.Serial with { Settle = TimeSpan.FromMilliseconds(10) },
            },
        });
        return new SerialInstrumentFactory(library).CreateLink(
            new InstrumentAddress("smu", "keithley-2400", new Uri(connect.Replace("{ports}", _folder.FullName, StringComparison.Ordinal))), new ManualClock());
    }

    [Fact]
    public void Open_AtAPort_SetsReadsAndSwitchesOff()
    {
        var mirror = new MirrorInstrument(Idn("1")) { AnswersWithFive = true };
        _ = Plug("ttyUSB0", mirror);
        using var instrument = Link("serial://{ports}/ttyUSB0").Open();
        _ = instrument.Initialize(null);
        ((ISetpointChannel)instrument.Channels[0]).Prepare();
        ((ISetpointChannel)instrument.Channels[0]).Apply(Bench.Current(1e-3));
        Assert.Equal(1e-3, instrument.Channels[0].Read().Amperes, 12);
        ((ISetpointChannel)instrument.Channels[0]).Release();
        Assert.Equal("0", mirror.Settings["OUTP"]);
        Assert.Equal("HIMP", mirror.Settings["OUTP:SMOD"]);
    }

    [Fact]
    public void Read_DeviceVanishesInMidReply_BreaksTheLinkAndItIsFoundAgainUnderAnotherName()
    {
        var first = Plug("ttyUSB0", "1234567");
        var other = Plug("ttyUSB1", "7654321");
        var link = Link("serial://auto?id=1234567&ports={ports}/ttyUSB*");
        var instrument = link.Open();
        _ = instrument.Initialize(null);
        var identity = instrument.Identity;
        ((ISetpointChannel)instrument.Channels[0]).Prepare();
        ((ISetpointChannel)instrument.Channels[0]).Apply(Bench.Current(1e-3));
        first.VanishInMidReply();
        var fault = Assert.Throws<LinkFaultException>(() => instrument.Channels[0].Read());
        Assert.Contains("the connection broke", fault.Message, StringComparison.Ordinal);
        instrument.Dispose();
        first.WaitUntilGone();

        Unplug("ttyUSB0");
        var nowhere = Assert.Throws<InstrumentUnreachableException>(link.Open);
        Assert.Contains("ttyUSB1", nowhere.Message, StringComparison.Ordinal);

        var again = Plug("ttyUSB7", "1234567");
        using var back = link.Open();
        _ = back.Initialize(identity);
        Assert.Contains("*IDN?", again.Lines);
        Assert.All(other.Lines, line => Assert.Equal("*IDN?", line));
    }

    [Fact]
    public void Open_AnotherDeviceAtThePort_IsNeverWrittenTo()
    {
        _ = Plug("ttyUSB0", "1");
        var link = Link("serial://{ports}/ttyUSB0");
        var instrument = link.Open();
        _ = instrument.Initialize(null);
        var identity = instrument.Identity;
        instrument.Dispose();

        var stranger = Plug("ttyUSB0", "2");
        using var reopened = link.Open();
        Assert.Throws<WrongInstrumentException>(() => reopened.Initialize(identity));
        Assert.All(stranger.Lines, line => Assert.Equal("*IDN?", line));
    }

    [Fact]
    public void Open_AtAPortWithAnotherId_IsRefused()
    {
        var stranger = Plug("ttyUSB0", "2");
        var error = Assert.Throws<WrongInstrumentException>(Link("serial://{ports}/ttyUSB0?id=1234567").Open);
        Assert.Contains("has no '1234567'", error.Message, StringComparison.Ordinal);
        Assert.All(stranger.Lines, line => Assert.Equal("*IDN?", line));
    }

    [Fact]
    public void Search_SeveralFit_AsksWhichIsMeant()
    {
        _ = Plug("ttyUSB0", "1");
        _ = Plug("ttyUSB1", "2");
        var error = Assert.Throws<InstrumentUnreachableException>(Link("serial://auto?ports={ports}/*").Open);
        Assert.Contains("several instruments fit", error.Message, StringComparison.Ordinal);
        Assert.Contains("add id=", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_OnlyTheOneThatAnsweredFirst_IsTakenLater()
    {
        _ = Plug("ttyUSB0", "1");
        var link = Link("serial://auto?ports={ports}/*");
        link.Open().Dispose();
        Unplug("ttyUSB0");
        _ = Plug("ttyUSB1", "2");
        var error = Assert.Throws<InstrumentUnreachableException>(link.Open);
        Assert.Contains("is looked for", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_DeviceWithoutSerialNumber_IsNotTaken()
    {
        _ = Plug("ttyUSB0", new MirrorInstrument("KEITHLEY INSTRUMENTS INC.,MODEL 2400,0,C30"));
        var error = Assert.Throws<InstrumentUnreachableException>(Link("serial://auto?ports={ports}/*").Open);
        Assert.Contains("without a serial number", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_NoPortFits_NamesThePattern()
    {
        var error = Assert.Throws<InstrumentUnreachableException>(Link("serial://auto?id=1&ports={ports}/ttyACM*").Open);
        Assert.Contains($"no port fits ports={_folder.FullName}/ttyACM*. Is it on", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_HangingDevice_IsPassedOver()
    {
        _devices.Add(new SerialDevice(_ => null));
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "ttyUSB0"), _devices[^1].Port);
        _ = Plug("ttyUSB1", "1");
        using var instrument = Link("serial://auto?ports={ports}/*", replyMilliseconds: 200).Open();
        _ = instrument.Initialize(null);
        Assert.Equal("1", instrument.Identity.SerialNumber);
    }

    [Fact]
    public void Open_PortInUse_SaysSo()
    {
        _ = Plug("ttyUSB0", "1");
        var link = Link("serial://{ports}/ttyUSB0");
        using var instrument = link.Open();
        var error = Assert.Throws<InstrumentUnreachableException>(link.Open);
        Assert.Contains("close the other program", error.Message, StringComparison.Ordinal);
        Assert.Null(link.OpenAbortLine(new InstrumentIdentity("a", "b", null, null)));
    }

    [Fact]
    public void Open_NoSuchPort_IsUnreachable()
    {
        var error = Assert.Throws<InstrumentUnreachableException>(Link("serial://{ports}/ttyUSB9").Open);
        Assert.Contains("is the cable in", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Factory_WrongAddress_IsRefused()
    {
        Assert.Throws<InstrumentException>(() => Link("tcp://localhost:5025"));
        Assert.Contains("has the speed", Assert.Throws<InstrumentException>(() => Link("serial:///dev/ttyUSB0?baud=x")).Message, StringComparison.Ordinal);
    }
}
