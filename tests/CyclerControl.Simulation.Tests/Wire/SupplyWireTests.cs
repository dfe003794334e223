using System.Text;
using CyclerControl.Simulation.Cyclers;
using CyclerControl.Simulation.Wire;

namespace CyclerControl.Simulation.Tests.Wire;

/// <summary>Sources whose headers are a table, by what was found public about them.</summary>
public sealed class SupplyWireTests
{
    [Fact]
    public void KeysightB2900_MeasuredWithAutomaticOn_SwitchesItsOutputOn()
    {
        var (say, cycler) = Instrument("keysight-b2900");
        Assert.Equal("1", say(":OUTP:ON:AUTO?"));
        _ = say(":MEAS?");
        Assert.True(cycler.Channels[0].IsOn);

        Assert.Equal("0", say(":OUTP OFF;:OUTP:ON:AUTO OFF;:OUTP?"));
        _ = say(":MEAS?");
        Assert.False(cycler.Channels[0].IsOn);
    }

    [Fact]
    public void KepcoBop_VoltageInCurrentMode_IsTheLimitOfEitherSign()
    {
        var (say, cycler) = Instrument("kepco-bop");
        Assert.Equal("1", say("SYST:REM 1;:FUNC:MODE CURR;:VOLT 1.5;:FUNC:MODE?"));
        Assert.Equal((1.5, -1.5), (cycler.Channels[0].HighVolts, cycler.Channels[0].LowVolts));
        Assert.StartsWith("-222", say("VOLT -1;:SYST:ERR?"), StringComparison.Ordinal);
    }

    [Fact]
    public void ItechM3400_Limits_AreTwoAndTheLowerOneIsItsOwn()
    {
        var (say, cycler) = Instrument("itech-it-m3400");
        Assert.Equal("+4.200000E+00;+2.500000E+00", say("VOLT:LIM 4.2;:VOLT:LIM:LOW 2.5;:VOLT:LIM?;:VOLT:LIM:LOW?"));
        Assert.Equal((4.2, 2.5), (cycler.Channels[0].HighVolts, cycler.Channels[0].LowVolts));
        Assert.Equal("-3.000000E+00", say("CURR:LIM:NEG -3;:CURR:LIM:NEG?"));
    }

    [Theory]
    [InlineData("keysight-b2900", "SOUR:CURR")]
    [InlineData("kepco-bop", "CURR")]
    [InlineData("itech-it-m3400", "CURR")]
    public void Header_UnknownOrWithoutItsNumber_IsAnError(string name, string current)
    {
        var (say, _) = Instrument(name);
        Assert.StartsWith("-113", say("OUTP:PROT:WDOG 1;:SYST:ERR?"), StringComparison.Ordinal);
        Assert.StartsWith("-109", say(current + ";:SYST:ERR?"), StringComparison.Ordinal);
    }

    private static (Func<string, string> Say, SimulatedCycler Cycler) Instrument(string name)
    {
        Assert.True(WireProfile.TryFind(name, out var kind));
        var cycler = SimulatedCyclerServer.MakeCycler(new SimulatedCyclerOptions { Clock = new ManualClock(), Profile = kind, Cells = ["li-lpsc-li"], Shorts = false });
        var conversation = new SimulatedConversation(cycler, kind);
        return (line => Encoding.ASCII.GetString(conversation.Handle(Encoding.ASCII.GetBytes(line))).TrimEnd('\n'), cycler);
    }
}
