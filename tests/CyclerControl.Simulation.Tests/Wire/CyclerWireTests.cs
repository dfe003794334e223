using System.Globalization;
using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.Tests.Wire;

[Collection(SocketTests.Name)]
public sealed class CyclerWireTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly SimulatedCyclerServer _server;
    private readonly Client _client;

    public CyclerWireTests()
    {
        _server = SimulatedCyclerServer.Start(new SimulatedCyclerOptions { Clock = _clock });
        _client = new Client(_server.Port);
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    [Fact]
    public void Identity_IsThatOfTheSimulatedCycler() => Assert.Equal("CYCLERCONTROL,SIM-CYCLER-8,SIM0001,1.0", _client.Ask("*IDN?"));

    [Theory]
    [InlineData("*idn?\r")]
    [InlineData("  *IDN?  ")]
    public void Identity_AnyCaseAndCarriageReturn_Answers(string message) => Assert.StartsWith("CYCLERCONTROL,", _client.Ask(message), StringComparison.Ordinal);

    [Fact]
    public void EventRegister_AfterPowerOn_SaysSoOnce() => Assert.Equal("128;0", _client.Ask("*ESR?;*ESR?"));

    [Fact]
    public void Settings_WrittenAndReadBack_Agree()
    {
        var reply = _client.Ask(
            "FUNC CURR,(@2);:CURR:RANG 1e-3,(@2);CURR -7.85E-04,(@2);VOLT:LIM:HIGH 1,(@2);VOLTage:LIMit:LOW -1.02,(@2);CURR:LIM 0.002,(@2);"
            + "OUTP:PROT:WDOG:DEL 30,(@2);OUTP:PROT:WDOG ON,(@2);OUTP ON,(@2);"
            + "FUNC? (@2);CURR:RANG? (@2);SOUR:CURR? (@2);VOLT:LIM:HIGH? (@2);VOLT:LIM:LOW? (@2);CURR:LIM? (@2);"
            + "OUTP:PROT:WDOG:DEL? (@2);OUTP:PROT:WDOG? (@2);OUTP? (@2);OUTP:PROT:TRIP? (@2);OUTP? (@1:8);SYST:ERR?");
        Assert.Equal(
            "CURR;+1.000000000E-03;-7.850000000E-04;+1.000000000E+00;-1.020000000E+00;+2.000000000E-03;+3.000000000E+01;1;1;0;0,1,0,0,0,0,0,0;0,\"No error\"",
            reply);
    }

    [Fact]
    public void Measure_List_AnswersInTheListsOrder()
    {
        var parts = _client.Ask("MEAS? (@8,1:2)").Split(';');
        Assert.Equal(3, parts.Length);
        Assert.InRange(Number(parts[0].Split(',')[0]), 3.0, 3.4);
        Assert.InRange(Number(parts[1].Split(',')[0]), -0.001, 0.001);
    }

    [Fact]
    public void Measure_UnderCurrent_GivesVoltageOfTheCell()
    {
        Assert.Equal("1", _client.Ask("CURR:RANG 1e-3,(@1);CURR 7.85e-4,(@1);OUTP ON,(@1);OUTP? (@1)"));
        _clock.AdvanceSeconds(1800);
        var parts = _client.Ask("MEAS? (@1)").Split(',');
        Assert.InRange(Number(parts[0]), 0.080, 0.120);
        Assert.InRange(Number(parts[1]), 7.84e-4, 7.86e-4);
    }

    [Theory]
    [InlineData("CURR 1,(@1)", "-222")]
    [InlineData("CURR 0.001", "-109")]
    [InlineData("CURR (@1)", "-109")]
    [InlineData("CURR abc,(@1)", "-104")]
    [InlineData("CURR NaN,(@1)", "-104")]
    [InlineData("CURR 0.001,(@9)", "-222")]
    [InlineData("CURR 0.001,(@1", "-104")]
    [InlineData("OUTP MAYBE,(@1)", "-104")]
    [InlineData("FUNC POWER,(@1)", "-104")]
    [InlineData("NONSENSE 1,(@1)", "-113")]
    [InlineData("MEAS (@1)", "-113")]
    [InlineData("OUTP:PROT:CLE? (@1)", "-113")]
    [InlineData("VOLT:LIM:HIGH 6,(@1)", "-222")]
    [InlineData("VOLT:LIM:HIGH -1,(@1);VOLT:LIM:LOW 1,(@1);OUTP ON,(@1)", "-221")]
    [InlineData("FUNC VOLT,(@1);VOLT 2,(@1);VOLT:LIM:HIGH 1,(@1);OUTP ON,(@1)", "-221")]
    [InlineData("CURR 0.01,(@1);CURR:RANG 1e-3,(@1)", "-221")]
    [InlineData("CURR:RANG 0.2,(@1)", "-222")]
    [InlineData("OUTP:PROT:WDOG:DEL 0,(@1)", "-222")]
    public void WrongCommand_PutsItsErrorInTheQueue(string message, string error)
    {
        var reply = _client.Ask(message + ";SYST:ERR?;SYST:ERR:NEXT?");
        Assert.StartsWith(error + ",\"", reply, StringComparison.Ordinal);
        Assert.EndsWith(";0,\"No error\"", reply, StringComparison.Ordinal);
        Assert.Equal("0,0,0,0,0,0,0,0", _client.Ask("OUTP? (@1:8)"));
    }

    [Fact]
    public void ErrorQueue_Full_EndsInOverflow()
    {
        for (var i = 0; i < 40; i++)
        {
            _client.Send("BAD\n");
        }

        var errors = Enumerable.Range(0, 17).Select(_ => _client.Ask("SYST:ERR?")).ToArray();
        Assert.StartsWith("-113", errors[0], StringComparison.Ordinal);
        Assert.StartsWith("-350", errors[15], StringComparison.Ordinal);
        Assert.StartsWith("0,", errors[16], StringComparison.Ordinal);
    }

    [Fact]
    public void ErrorQueue_OfEachConnection_IsItsOwn()
    {
        using var other = new Client(_server.Port);
        Assert.Equal("1", _client.Ask("BAD;*OPC?"));
        Assert.Equal("0,\"No error\"", other.Ask("SYST:ERR?"));
        Assert.StartsWith("-113", _client.Ask("SYST:ERR?"), StringComparison.Ordinal);
    }

    [Fact]
    public void ClearStatus_EmptiesTheQueue() => Assert.Equal("0,\"No error\"", _client.Ask("BAD;*CLS;SYST:ERR?"));

    [Fact]
    public void Watchdog_NobodyTalks_SwitchesOffAndLatches()
    {
        _client.Ask("CURR:RANG 1e-3,(@1);CURR 7.85e-4,(@1);OUTP:PROT:WDOG:DEL 10,(@1);OUTP:PROT:WDOG ON,(@1);OUTP ON,(@1);*OPC?");
        _clock.AdvanceSeconds(9);
        Assert.Equal("1", _client.Ask("OUTP? (@1)"));
        _clock.AdvanceSeconds(9);
        Assert.Equal("0", _client.Ask("OUTP? (@2)"));
        _clock.AdvanceSeconds(2);
        Assert.Equal("0;1;-221,\"Settings conflict\"", _client.Ask("OUTP? (@1);OUTP:PROT:TRIP? (@1);OUTP ON,(@1);SYST:ERR?"));
        Assert.Equal("0;1", _client.Ask("OUTP:PROT:CLE (@1);OUTP:PROT:TRIP? (@1);OUTP ON,(@1);OUTP? (@1)"));
        Assert.InRange(_server.Cycler.Channels[0].Charge.NetAmpHours, 7.85e-4 * 18.99 / 3600, 7.85e-4 * 19.01 / 3600);
    }

    [Fact]
    public void HalfALine_ThenTheRest_IsOneMessage()
    {
        _client.Send("*ID");
        _client.Send("N?\n*OPC?\n");
        Assert.StartsWith("CYCLERCONTROL", _client.ReadLine(), StringComparison.Ordinal);
        Assert.Equal("1", _client.ReadLine());
    }

    [Fact]
    public void EndlessLine_IsRefusedAndTheNextOneAnswered()
    {
        _client.Send(new string('A', 20_000) + "\n");
        Assert.StartsWith("-363", _client.Ask("SYST:ERR?"), StringComparison.Ordinal);
    }

    [Fact]
    public void DroppedClient_CanComeBack()
    {
        _client.Ask("*OPC?");
        _server.DropClients();
        Assert.True(_client.IsCutOff());
        using var again = new Client(_server.Port);
        Assert.Equal("1", again.Ask("*OPC?"));
    }

    [Fact]
    public void Port_Taken_IsRefused() => Assert.Throws<System.Net.Sockets.SocketException>(
        () => SimulatedCyclerServer.Start(new SimulatedCyclerOptions { Clock = _clock, Port = _server.Port }));

    [Fact]
    public void Reset_SwitchesEverythingOff()
    {
        Assert.Equal("0,0,0,0,0,0,0,0", _client.Ask("OUTP ON,(@1:8);*RST;OUTP? (@1:8)"));
        Assert.Equal(ChannelTrip.None, _server.Cycler.Channels[0].Trip);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
