using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Links;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Sessions;
using CyclerControl.Instruments.Tests.Doubles;
using CyclerControl.Instruments.Tests.Transports;

namespace CyclerControl.Instruments.Tests.Links;

/// <summary>Bad instruments behind real sockets: each with a message that names instrument, address, question and answer.</summary>
[Collection("sockets")]
public sealed class TcpInstrumentLinkTests
{
    // What must fire is short, what must not is long.
    private static IInstrumentLink LinkTo(int port, bool impatient = false, string profile = "scpi-cycler-8ch")
    {
        var patience = TimeSpan.FromMilliseconds(impatient ? 150 : 10_000);
        var shipped = ProfileLibrary.Shipped.Find(profile)!;
        var library = ProfileLibrary.Shipped.With(shipped with
        {
            Link = new LinkSettings([(byte)'\n'], new LinkTimeouts(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10), patience, patience), 0, TimeSpan.Zero),
        });
        return new TcpInstrumentFactory(library).CreateLink(
            new InstrumentAddress("cyc-a", profile, new Uri($"tcp://127.0.0.1:{port}")), new ManualClock());
    }

    [Fact]
    public void Open_GoodInstrument_SetsReadsAndSwitchesOff()
    {
        var mirror = new MirrorInstrument(Bench.Sim);
        using var server = new LoopbackServer(line => mirror.Receive(line) is { } reply ? reply + "\n" : null);
        using var instrument = LinkTo(server.Port).Open();
        _ = instrument.Initialize(null);
        ((ISetpointChannel)instrument.Channels[7]).Prepare();
        ((ISetpointChannel)instrument.Channels[7]).Apply(Bench.Current(1e-3));
        Assert.Equal(1e-3, instrument.Channels[7].Read().Amperes, 12);
        ((ISetpointChannel)instrument.Channels[7]).Release();
        Assert.Equal("0", mirror.Settings["OUTP@8"]);
    }

    [Fact]
    public void Read_OverLoopback_AllocatesNothing()
    {
        var mirror = new MirrorInstrument(Bench.Sim);
        using var server = new LoopbackServer(line => mirror.Receive(line) is { } reply ? reply + "\n" : null);
        using var instrument = LinkTo(server.Port).Open();
        _ = instrument.Initialize(null);
        var channel = (ISetpointChannel)instrument.Channels[0];
        for (var i = 0; i < 200; i++)
        {
            _ = channel.Read();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 500; i++)
        {
            _ = channel.Read();
        }

        // Per operation: the runtime may put a few bytes on this thread once, while it replaces code by better code.
        Assert.Equal(0, (GC.GetAllocatedBytesForCurrentThread() - before) / 500);
    }

    [Fact]
    public void Open_PortRefused_IsUnreachable()
    {
        var port = TcpTransportTests.FreePort();
        var error = Assert.Throws<InstrumentUnreachableException>(() => LinkTo(port).Open());
        Assert.StartsWith($"cyc-a (tcp://127.0.0.1:{port}): the connection was refused", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_UnknownHost_IsUnreachable()
    {
        var link = new TcpInstrumentFactory(ProfileLibrary.Shipped).CreateLink(
            new InstrumentAddress("cyc-a", "scpi-cycler-8ch", new Uri("tcp://no-such-host.invalid:5025")), new ManualClock());
        var error = Assert.Throws<InstrumentUnreachableException>(link.Open);
        Assert.Contains("no-such-host.invalid", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u0002\u0003###\n", "expected an identification as 'CYCLERCONTROL,SIM-CYCLER-8,*', came '\\x02\\x03###'")]
    [InlineData("+1.0E+00,+2.0E-03\n", "came '+1.0E+00,+2.0E-03'")]
    [InlineData("CYCLERCON", "only half a reply came, 'CYCLERCON' within 1")]
    [InlineData(null, "nothing came within 150 ms")]
    [InlineData("CYCLERCONTROL,SIM-CYCLER-8,1,1\nCYCLER", "more than one reply came")]
    public void Initialize_BadAnswer_IsALinkFaultThatNamesIt(string? answer, string expected)
    {
        using var server = new LoopbackServer(line => answer);
        using var instrument = LinkTo(server.Port, impatient: true).Open();
        var fault = Assert.Throws<LinkFaultException>(() => instrument.Initialize(null));
        Assert.StartsWith($"cyc-a (tcp://127.0.0.1:{server.Port}): asked '*IDN?', ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Single(fault.LastExchanges);
    }

    [Fact]
    public void Initialize_InstrumentHangsUp_IsALinkFault()
    {
        using var server = new LoopbackServer(line => null, closeAfterAccept: true);
        using var instrument = LinkTo(server.Port).Open();
        var fault = Assert.Throws<LinkFaultException>(() => instrument.Initialize(null));
        Assert.Contains("cyc-a", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Initialize_WrongInstrument_IsNamed()
    {
        using var server = new LoopbackServer(line => Bench.Smu + "\n");
        using var instrument = LinkTo(server.Port).Open();
        var error = Assert.Throws<WrongInstrumentException>(() => instrument.Initialize(null));
        Assert.Contains("'KEITHLEY INSTRUMENTS,MODEL 2450,04096331,1.7.12b' answers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LateReply_IsNeverTakenForTheNext()
    {
        using var release = new ManualResetEventSlim();
        using var late = new ManualResetEventSlim();
        var mirror = new MirrorInstrument(Bench.Sim);
        using var server = new LoopbackServer(line =>
        {
            if (line == "MEAS? (@1)")
            {
                release.Wait();
                late.Set();
            }

            return mirror.Receive(line) is { } reply ? reply + "\n" : null;
        });
        using var instrument = LinkTo(server.Port, impatient: true).Open();
        _ = instrument.Initialize(null);
        _ = Assert.Throws<LinkFaultException>(() => instrument.Channels[0].Read());
        release.Set();
        late.Wait();
        _ = Assert.Throws<LinkFaultException>(() => instrument.Channels[1].Read());
        _ = Assert.Throws<LinkFaultException>(() => instrument.Channels[1].Read());
    }

    [Theory]
    [InlineData("serial:///dev/ttyUSB0", "scpi-cycler-8ch", "is not a tcp:// address")]
    [InlineData("tcp://host", "scpi-cycler-8ch", "has no host or no port")]
    [InlineData("tcp://host:5025", "scpi-cycler-9ch", "profile 'scpi-cycler-9ch' is not known; known are biologic-sp300, ")]
    [InlineData("tcp://host:5025", "simulated-8ch", "is not the profile of an instrument on a wire")]
    public void CreateLink_AddressThatDoesNotFit_IsRefused(string connect, string profile, string expected)
    {
        var factory = new TcpInstrumentFactory(ProfileLibrary.Shipped);
        var error = Assert.Throws<InstrumentException>(
            () => factory.CreateLink(new InstrumentAddress("cyc-a", profile, new Uri(connect)), new ManualClock()));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateLink_Link_KnowsItsChannelsBeforeItIsOpen()
    {
        var address = new InstrumentAddress("cyc-a", "scpi-cycler-8ch", new Uri("tcp://host:5025"));
        var link = new TcpInstrumentFactory(ProfileLibrary.Shipped, _ => true).CreateLink(address, new ManualClock());
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], link.ChannelNumbers);
        Assert.True(link.IsSimulated);
        Assert.Equal(0.1, link.Capabilities.MaxAmperes);
        Assert.Equal(TimeSpan.FromSeconds(30), link.Capabilities.WatchdogTimeout);
        Assert.False(new TcpInstrumentFactory(ProfileLibrary.Shipped).CreateLink(address, new ManualClock()).IsSimulated);
    }
}
