using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Xml.Linq;
using CyclerControl.Simulation.Neware;

namespace CyclerControl.Simulation.Tests.Neware;

/// <summary>The simulated BTS client, spoken to over a socket with messages written by hand.</summary>
public sealed class BtsServerTests : IDisposable
{
    private const string First = "ip=\"127.0.0.1\" devtype=\"27\" devid=\"21\" subdevid=\"1\" chlid=\"1\"";
    private readonly ManualClock _clock = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bts-test-");
    private readonly BtsServer _server;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public BtsServerTests()
    {
        var cycler = SimulatedCyclerServer.MakeCycler(new SimulatedCyclerOptions { Clock = _clock, Cells = ["li-lpsc-li"], Shorts = false });
        _server = new BtsServer(new BtsBox(cycler, _folder.FullName, "C:\\bts"));
        _socket.Connect("127.0.0.1", _server.Port);
        _socket.ReceiveTimeout = 30_000;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _server.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Status_OfAnyUnit_HasTheRecordedShape()
    {
        Assert.Equal(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\r\n<bts version=\"1.0\">\r\n  <cmd>getchlstatus_resp</cmd>\r\n  <list count=\"2\">\r\n"
            + "    <status ip=\"127.0.0.1\" devtype=\"27\" devid=\"21\" subdevid=\"1\" chlid=\"1\" reservepause=\"0\">finish</status>\r\n"
            + "    <status ip=\"127.0.0.1\" devtype=\"27\" devid=\"21\" subdevid=\"1\" chlid=\"3\" reservepause=\"0\">false</status>\r\n"
            + "  </list>\r\n</bts>\n\n#\r\n",
            Ask("getchlstatus", $"<list count=\"2\"><status {First}>true</status><status {First.Replace("subdevid=\"1\" chlid=\"1\"", "subdevid=\"5\" chlid=\"3\"", StringComparison.Ordinal)}>true</status></list>"));
    }

    [Fact]
    public void DeviceInfo_NamesEveryChannelWithItsOwnAttribute()
    {
        var reply = Parse(Ask("getdevinfo", ""));
        Assert.Equal(8, reply.Element("middle")!.Elements("channel").Count());
        Assert.Equal("1", reply.Element("middle")!.Elements("channel").First().Attribute("Channelid")!.Value);
    }

    [Fact]
    public void Start_PlateAndStripInALoop_KeepsARecordOfExactCharges()
    {
        Write("loop.xml", """
            <Step1 Step_ID="1" Step_Type="2"><Limit><Main><Curr Value="0.5"/><Time Value="600000"/></Main></Limit></Step1>
            <Step2 Step_ID="2" Step_Type="1"><Limit><Main><Curr Value="0.5"/><Cap Value="150"/></Main></Limit></Step2>
            <Step3 Step_ID="3" Step_Type="5"><Limit><Other><Start_Step Value="1"/><Cycle_Count Value="3"/></Other></Limit></Step3>
            <Step4 Step_ID="4" Step_Type="4"><Limit><Main><Time Value="60000"/></Main></Limit></Step4>
            <Step5 Step_ID="5" Step_Type="6"/>
            """);
        Assert.Equal("ok", StartFile("C:\\bts\\loop.xml"));
        _clock.NowNanoseconds = 100_000_000_000L;
        Assert.Equal("working", Status());
        Assert.Contains("step_type=\"dc\" workstatus=\"working\" barcode=\"cell &lt;7&gt;\"", Ask("inquire", $"<list count=\"1\"><inquire {First} aux=\"0\" barcode=\"1\">true</inquire></list>"), StringComparison.Ordinal);

        _clock.NowNanoseconds = 4000_000_000_000L;
        Assert.Equal("finish", Status());
        var rows = Rows();
        Assert.Equal(Enumerable.Range(1, rows.Count), rows.Select(r => (int)r.Attribute("seqid")!));
        var ends = rows.Where((r, i) => i == rows.Count - 1 || Number(rows[i + 1], "testtime") < Number(r, "testtime")).ToList();
        Assert.Equal(["1", "2", "1", "2", "1", "2", "4"], ends.Select(r => r.Attribute("stepid")!.Value));
        Assert.Equal(["0", "0", "1", "1", "2", "2", "2"], ends.Select(r => r.Attribute("cycleid")!.Value));
        Assert.All(ends.Take(6).Where((_, i) => i % 2 == 0), r => Assert.Equal(0.5e-3 * 600 / 3600, Number(r, "cap"), 1e-9));
        Assert.All(ends.Take(6).Where((_, i) => i % 2 == 1), r => Assert.Equal(150 * 1e-3 / 3600, Number(r, "cap"), 1e-9));
        Assert.All(ends.Take(6).Where((_, i) => i % 2 == 0), r => Assert.True(Number(r, "curr") < 0));
        Assert.Contains("testid=\"143\" count=\"" + rows.Count + "\">true</chl>", Ask("inquiredf", $"<list count=\"1\"><chl {First} testid=\"0\"/></list>"), StringComparison.Ordinal);
    }

    [Fact]
    public void Start_VoltageBeyondTheProtection_SwitchesOffAfterItsDelay()
    {
        Write("protect.xml", """
            <Step1 Step_ID="1" Step_Type="2"><Limit><Main><Curr Value="0.5"/><Time Value="600000"/></Main></Limit>
              <Protect><Main><Volt><Upper Value="-0.5"/><Lower Value="-1"/></Volt><Delay_Time Value="3000"/></Main></Protect></Step1>
            <Step2 Step_ID="2" Step_Type="6"/>
            """);
        Assert.Equal("ok", StartFile("C:\\bts\\protect.xml"));
        _clock.NowNanoseconds = 2_000_000_000L;
        Assert.Equal("working", Status());
        _clock.NowNanoseconds = 10_000_000_000L;
        Assert.Equal("protect", Status());
        Assert.False(_server.Box.Cycler.Channels[0].IsOn);
    }

    [Theory]
    [InlineData("C:\\other\\loop.xml")]
    [InlineData("C:\\bts\\..\\loop.xml")]
    [InlineData("C:\\bts\\missing.xml")]
    [InlineData("C:\\bts\\broken.xml")]
    public void Start_WhatItCannotOpen_IsFalseWithoutAReason(string path)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "broken.xml"), "<root><config");
        Assert.Equal("false", StartFile(path));
        Assert.Equal("finish", Status());
    }

    [Fact]
    public void Start_WhileItWorks_IsFalseAndStopEndsIt()
    {
        Write("rest.xml", """
            <Step1 Step_ID="1" Step_Type="4"><Limit><Main><Time Value="600000"/></Main></Limit></Step1>
            <Step2 Step_ID="2" Step_Type="6"/>
            """);
        Assert.Equal("ok", StartFile("C:\\bts\\rest.xml"));
        Assert.Equal("false", StartFile("C:\\bts\\rest.xml"));
        _clock.NowNanoseconds = 5_000_000_000L;
        Assert.Contains(">ok</stop>", Ask("stop", $"<list count=\"1\"><stop {First}>true</stop></list>"), StringComparison.Ordinal);
        Assert.Equal("stop", Status());
        Assert.Contains(">false</stop>", Ask("stop", $"<list count=\"1\"><stop {First}>true</stop></list>"), StringComparison.Ordinal);
    }

    [Fact]
    public void Start_CurrentBeyondTheOutput_ProtectsAndStaysOff()
    {
        Write("strong.xml", """
            <Step1 Step_ID="1" Step_Type="1"><Limit><Main><Curr Value="500"/><Time Value="600000"/></Main></Limit></Step1>
            <Step2 Step_ID="2" Step_Type="6"/>
            """);
        StartFile("C:\\bts\\strong.xml");
        _clock.NowNanoseconds = 5_000_000_000L;
        Assert.Equal("protect", Status());
        Assert.False(_server.Box.Cycler.Channels[0].IsOn);
    }

    [Fact]
    public void Start_CurrentThenVoltage_HoldsUntilTheCurrentHasFallen()
    {
        Write("cccv.xml", """
            <Step1 Step_ID="1" Step_Type="7"><Limit><Main><Curr Value="0.5"/><Volt Value="50"/><Stop_Curr Value="0.45"/><Time Value="7200000"/></Main></Limit></Step1>
            <Step2 Step_ID="2" Step_Type="6"/>
            """);
        Assert.Equal("ok", StartFile("C:\\bts\\cccv.xml"));
        _clock.NowNanoseconds = 8000_000_000_000L;
        Assert.Equal("finish", Status());
        Assert.All(Rows(), r => Assert.Equal("cccv", r.Attribute("steptype")!.Value));
    }

    private void Write(string name, string steps) => File.WriteAllText(Path.Combine(_folder.FullName, name), $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <root><config type="Step File" version="17">
          <Whole_Prt><Protect><Main><Volt><Upper Value="40000"/><Lower Value="-40000"/></Volt></Main></Protect><Record><Main><Time Value="1000"/></Main></Record></Whole_Prt>
          <Step_Info Num="9">{steps}</Step_Info>
        </config></root>
        """);

    private string StartFile(string path) => Parse(Ask(
        "start", $"<list count = \"1\"><start {First} barcode=\"cell &lt;7&gt;\">{path}</start><backup backupdir=\"\" filetype=\"0\"/></list>")).Descendants("start").Single().Value;

    private string Status() => Parse(Ask("getchlstatus", $"<list count=\"1\"><status {First}>true</status></list>")).Descendants("status").Single().Value;

    private List<XElement> Rows()
    {
        var rows = new List<XElement>();
        while (true)
        {
            var page = Parse(Ask("download", $"<download {First} auxid=\"0\" testid=\"0\" startpos=\"{rows.Count + 1}\" count=\"1000\"/>"));
            Assert.Equal("donwload_resp", page.Element("cmd")!.Value);
            var found = page.Descendants("data").ToList();
            if (found.Count == 0)
            {
                return rows;
            }

            rows.AddRange(found);
        }
    }

    private static double Number(XElement row, string name) => double.Parse(row.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static XElement Parse(string reply) => XElement.Parse(reply[..(reply.IndexOf("</bts>", StringComparison.Ordinal) + 6)]);

    private string Ask(string command, string body)
    {
        _socket.Send(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\" ?><bts version=\"1.0\"><cmd>{command}</cmd>{body}</bts>\n\n#\r\n"));
        var text = new StringBuilder();
        var buffer = new byte[65536];
        while (!text.ToString().EndsWith("#\r\n", StringComparison.Ordinal))
        {
            var received = _socket.Receive(buffer);
            Assert.True(received > 0, "the server closed the connection");
            text.Append(Encoding.UTF8.GetString(buffer, 0, received));
        }

        return text.ToString();
    }
}
