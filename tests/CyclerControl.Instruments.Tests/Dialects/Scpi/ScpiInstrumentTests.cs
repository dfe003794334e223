using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Scpi;
using CyclerControl.Instruments.Tests.Doubles;

namespace CyclerControl.Instruments.Tests.Dialects.Scpi;

public sealed class ScpiInstrumentTests
{
    [Fact]
    public void Initialize_FirstOpening_FollowsTheOrder()
    {
        using var bench = new Bench();
        bench.Mirror.Fixed["*ESR?"] = "128";
        Assert.True(bench.Instrument.Initialize(null));
        Assert.Equal(
            ["*IDN?", "*ESR?", "OUTP OFF,(@1:8);OUTP? (@1:8)", "*CLS;SYST:ERR?", "FORM REAL,64;SYST:ERR?", "FORM:BORD SWAP;SYST:ERR?"],
            bench.Wire.Lines);
        Assert.Equal(new InstrumentIdentity("CYCLERCONTROL", "SIM-CYCLER-8", "0042", "1.0"), bench.Instrument.Identity);
    }

    [Fact]
    public void Initialize_NotPoweredOnSince_SaysSo()
    {
        using var bench = new Bench();
        Assert.False(bench.Instrument.Initialize(null));
    }

    [Theory]
    [InlineData("KEITHLEY INSTRUMENTS,MODEL 2450,04096331,1.7.12b", "not 'CYCLERCONTROL,SIM-CYCLER-8,*' as profile scpi-cycler-8ch says")]
    [InlineData("CYCLERCONTROL,SIM-CYCLER-8,0043,1.0", "where 'CYCLERCONTROL SIM-CYCLER-8 0042 1.0' was before")]
    public void Initialize_SomebodyElse_WritesNothing(string identification, string expected)
    {
        using var bench = new Bench(identification: identification);
        var before = ScpiIdentification.Parse("CYCLERCONTROL,SIM-CYCLER-8,0042,1.0");
        var error = Assert.Throws<WrongInstrumentException>(() => bench.Instrument.Initialize(before));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("nothing was written", error.Message, StringComparison.Ordinal);
        _ = Assert.Throws<LinkFaultException>(bench.First.OutputOff);
        _ = Assert.Throws<LinkFaultException>(bench.Instrument.SafeState);
        Assert.Equal(["*IDN?"], bench.Wire.Lines);
    }

    [Fact]
    public void Initialize_NewFirmware_IsTheSameInstrument()
    {
        using var bench = new Bench();
        _ = bench.Instrument.Initialize(ScpiIdentification.Parse("CYCLERCONTROL,SIM-CYCLER-8,0042,0.9"));
        Assert.Equal("1.0", bench.Instrument.Identity.Firmware);
    }

    [Theory]
    [InlineData("+1.0,+2.0")]
    [InlineData("\u0001\u0002garbage")]
    [InlineData("0,\"No error\"")]
    public void Initialize_AnswerToSomethingElse_IsALinkFault(string answer)
    {
        using var bench = new Bench(identification: answer);
        var fault = Assert.Throws<LinkFaultException>(() => bench.Instrument.Initialize(null));
        Assert.Contains("expected an identification", fault.Message, StringComparison.Ordinal);
        Assert.Single(bench.Wire.Lines);
    }

    [Theory]
    [InlineData("MAKER,MODEL", "MAKER", "MODEL", null)]
    [InlineData("MAKER", "MAKER", "", null)]
    [InlineData("MAKER, MODEL, 0, 1.0", "MAKER", "MODEL", null)]
    [InlineData("MAKER,MODEL,7,1.0,extra", "MAKER", "MODEL", "7")]
    public void ScpiIdentification_FewerFields_AreMetWithPatience(string reply, string manufacturer, string model, string? serial)
    {
        var identity = ScpiIdentification.Parse(reply);
        Assert.Equal((manufacturer, model, serial), (identity.Manufacturer, identity.Model, identity.SerialNumber));
    }

    [Fact]
    public void TryReadAll_SeveralChannels_IsOneExchange()
    {
        using var bench = Bench.Ready();
        bench.Instrument.Channels[2].Prepare();
        bench.Instrument.Channels[2].Apply(Bench.Current(2e-3));
        bench.Wire.Lines.Clear();
        var readings = new Reading[2];
        Assert.True(bench.Instrument.TryReadAll([1, 3], readings));
        Assert.Equal(["MEAS? (@1,3)"], bench.Wire.Lines);
        Assert.Equal((0.1, 0.0), (readings[0].Volts, readings[0].Amperes));
        Assert.Equal((0.2, 0.002), (readings[1].Volts, readings[1].Amperes));
    }

    [Theory]
    [InlineData("+1.0,+2.0")]
    [InlineData("+1.0,+2.0;+1.0")]
    [InlineData("+1.0,+2.0;+1.0,+2.0;+1.0,+2.0")]
    public void TryReadAll_WrongNumberOfParts_PoisonsTheLink(string answer)
    {
        using var bench = Bench.Ready();
        bench.Mirror.Fixed["MEAS? (@1,3)"] = answer;
        var fault = Assert.Throws<LinkFaultException>(() => bench.Instrument.TryReadAll([1, 3], new Reading[2]));
        Assert.Contains("expected 2 times '{voltage:V},{current:A}'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryReadAll_LanguageWithoutIt_IsFalse()
    {
        using var bench = Bench.Ready("keithley-2450");
        Assert.False(bench.Instrument.TryReadAll([1], new Reading[1]));
        Assert.Empty(bench.Wire.Lines);
    }

    [Fact]
    public void KeepAlive_ArmedChannels_AreNamed()
    {
        using var bench = Bench.Ready();
        bench.Instrument.Channels[4].Prepare();
        bench.Wire.Lines.Clear();
        bench.Instrument.KeepAlive();
        Assert.Equal(["MEAS? (@1,5)"], bench.Wire.Lines);
    }

    [Fact]
    public void KeepAlive_NothingArmed_ReadsTheErrorQueue()
    {
        using var bench = Bench.Ready("keithley-2450");
        bench.Instrument.KeepAlive();
        Assert.Equal(["SYST:ERR?"], bench.Wire.Lines);
    }

    [Fact]
    public void SafeState_NotConfirmed_SaysUnconfirmed()
    {
        using var bench = Bench.Ready();
        bench.Mirror.Fixed["OUTP? (@1:8)"] = "0,0,1,0,0,0,0,0";
        var fault = Assert.Throws<LinkFaultException>(bench.Instrument.SafeState);
        Assert.Contains("reads back '0,0,1,0,0,0,0,0'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ScpiConversation_JoinedMessages_FollowThePathRule()
    {
        Assert.Equal(";:", Joint("SOUR:CURR 1", "SYST:ERR?", false));
        Assert.Equal(";", Joint("SOUR:CURR 1", "SYST:ERR?", true));
        Assert.Equal(";", Joint("SOUR:CURR 1", ":SYST:ERR?", false));
        Assert.Equal(";", Joint("SOUR:CURR 1", "*ESR?", false));
        Assert.Equal(";", Joint("OUTP ON", "SYST:ERR?", false));
        Assert.Equal(";", Joint("*CLS", "SYST:ERR?", false));
    }

    private static string Joint(string first, string next, bool flat) => System.Text.Encoding.UTF8.GetString(
        ScpiConversation.Joint(System.Text.Encoding.UTF8.GetBytes(first), System.Text.Encoding.UTF8.GetBytes(next), flat));
}
