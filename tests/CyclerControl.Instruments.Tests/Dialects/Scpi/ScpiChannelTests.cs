using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Tests.Doubles;

namespace CyclerControl.Instruments.Tests.Dialects.Scpi;

public sealed class ScpiChannelTests
{
    [Fact]
    public void Prepare_Watchdog_IsArmedAndReadBack()
    {
        using var bench = new Bench();
        _ = bench.Instrument.Initialize(null);
        bench.Wire.Lines.Clear();
        bench.First.Prepare();
        Assert.Equal(
            [
                "OUTP:PROT:CLE (@1);SYST:ERR?",
                "OUTP:PROT:WDOG:DEL 30.0,(@1);OUTP:PROT:WDOG:DEL? (@1)",
                "OUTP:PROT:WDOG ON,(@1);OUTP:PROT:WDOG? (@1)",
                "OUTP:PROT:TRIP? (@1)",
            ],
            bench.Wire.Lines);
    }

    [Fact]
    public void Prepare_ChannelHasSwitchedItselfOff_IsRefused()
    {
        using var bench = new Bench();
        _ = bench.Instrument.Initialize(null);
        bench.Mirror.Fixed["OUTP:PROT:TRIP? (@1)"] = "2";
        var error = Assert.Throws<InstrumentErrorException>(bench.First.Prepare);
        Assert.Contains("cyc-a/1 (tcp://fake:5025): has switched itself off", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_FirstCurrent_WritesLimitsThenLevelThenOutput()
    {
        using var bench = Bench.Ready();
        bench.First.Apply(Bench.Current(0.5e-3));
        Assert.Equal(
            [
                "VOLT:LIM:HIGH +1.000000000E+00,(@1);VOLT:LIM:HIGH? (@1)",
                "VOLT:LIM:LOW -1.000000000E+00,(@1);VOLT:LIM:LOW? (@1)",
                "CURR +0.000000000E+00,(@1);CURR? (@1)",
                "CURR:RANG +1.000000000E-03,(@1);CURR:RANG? (@1)",
                "CURR +5.000000000E-04,(@1);CURR? (@1)",
                "FUNC CURR,(@1);FUNC? (@1)",
                "OUTP ON,(@1);OUTP? (@1)",
            ],
            bench.Wire.Lines);
    }

    [Fact]
    public void Apply_OnlyTheLevelDiffers_SendsOnlyTheLevel()
    {
        using var bench = Bench.Ready();
        bench.First.Apply(Bench.Current(0.5e-3));
        bench.Wire.Lines.Clear();
        bench.First.Apply(Bench.Current(-0.5e-3));
        bench.First.Apply(Bench.Current(-0.5e-3));
        Assert.Equal(["CURR -5.000000000E-04,(@1);CURR? (@1)"], bench.Wire.Lines);
    }

    [Theory]
    [InlineData(0, "+1.000000000E-04")]
    [InlineData(0.1e-3, "+1.000000000E-04")]
    [InlineData(-0.1001e-3, "+1.000000000E-03")]
    [InlineData(5e-3, "+1.000000000E-02")]
    [InlineData(-100e-3, "+1.000000000E-01")]
    public void Apply_Current_TakesTheLowestRangeThatSuffices(double amperes, string range)
    {
        using var bench = Bench.Ready();
        bench.First.Apply(Bench.Current(amperes));
        Assert.Contains($"CURR:RANG {range},(@1);CURR:RANG? (@1)", bench.Wire.Lines);
    }

    [Fact]
    public void Apply_SmallerRangeWhileOn_NeverAsksForALevelBeyondTheRange()
    {
        using var bench = Bench.Ready();
        bench.First.Apply(Bench.Current(5e-3));
        bench.Wire.Lines.Clear();
        bench.First.Apply(Bench.Current(0.5e-3));
        Assert.Equal(
            [
                "CURR +5.000000000E-04,(@1);CURR? (@1)",
                "CURR:RANG +1.000000000E-03,(@1);CURR:RANG? (@1)",
                "CURR +5.000000000E-04,(@1);CURR? (@1)",
            ],
            bench.Wire.Lines);
    }

    [Fact]
    public void Apply_HoldAfterCurrent_SetsTheVoltageBeforeTheModeAndLowersTheRangeBehindIt()
    {
        using var bench = Bench.Ready();
        bench.First.Apply(Bench.Current(5e-3));
        bench.Wire.Lines.Clear();
        bench.First.Apply(Bench.Hold(0.5, 0.5e-3));
        Assert.Equal(
            [
                "VOLT +5.000000000E-01,(@1);VOLT? (@1)",
                "CURR:LIM +5.000000000E-04,(@1);CURR:LIM? (@1)",
                "FUNC VOLT,(@1);FUNC? (@1)",
                "CURR +0.000000000E+00,(@1);CURR? (@1)",
                "CURR:RANG +1.000000000E-03,(@1);CURR:RANG? (@1)",
                "OUTP ON,(@1);OUTP? (@1)",
            ],
            bench.Wire.Lines);
    }

    [Fact]
    public void Apply_CurrentAfterHold_KeepsTheHeldVoltageWithinTheLimitsUntilTheModeHasChanged()
    {
        using var bench = Bench.Ready();
        bench.First.Apply(Bench.Hold(4.2, 1e-3, 2.5, 4.3));
        bench.Wire.Lines.Clear();
        bench.First.Apply(Bench.Current(1e-3, -1, 1));
        var lines = bench.Wire.Lines;
        Assert.Equal("VOLT:LIM:LOW -1.000000000E+00,(@1);VOLT:LIM:LOW? (@1)", lines[0]);
        Assert.True(lines.IndexOf("VOLT:LIM:HIGH +1.000000000E+00,(@1);VOLT:LIM:HIGH? (@1)") > lines.IndexOf("FUNC CURR,(@1);FUNC? (@1)"));
    }

    [Theory]
    [InlineData(2.0, 4.0, -1.0, 1.0, "LOW")]
    [InlineData(-1.0, 1.0, 2.0, 4.0, "HIGH")]
    public void Apply_LimitsMove_TheOneThatMakesRoomGoesFirst(double low, double high, double newLow, double newHigh, string first)
    {
        using var bench = Bench.Ready();
        bench.First.Apply(Bench.Current(1e-3, low, high));
        bench.Wire.Lines.Clear();
        bench.First.Apply(Bench.Current(1e-3, newLow, newHigh));
        Assert.StartsWith($"VOLT:LIM:{first} ", bench.Wire.Lines[0], StringComparison.Ordinal);
        Assert.Equal(2, bench.Wire.Lines.Count);
    }

    [Fact]
    public void Apply_Rest_SwitchesOffOnce()
    {
        using var bench = Bench.Ready();
        bench.First.Apply(Bench.Current(1e-3));
        bench.Wire.Lines.Clear();
        bench.First.Apply(Setpoint.Rest);
        bench.First.Apply(Setpoint.Rest);
        Assert.Equal(["OUTP OFF,(@1);OUTP? (@1)"], bench.Wire.Lines);
    }

    [Fact]
    public void Apply_BeyondTheHighestRange_IsRefusedBeforeAnythingIsSent()
    {
        using var bench = Bench.Ready();
        var error = Assert.Throws<InstrumentErrorException>(() => bench.First.Apply(Bench.Current(0.2)));
        Assert.Contains("cannot carry 0.2 A: the highest current range of its profile scpi-cycler-8ch ends at 0.1 A", error.Message, StringComparison.Ordinal);
        Assert.Empty(bench.Wire.Lines);
    }

    [Fact]
    public void Apply_LimitReadsBackAsAnother_IsRefusedAndTheOutputStaysOff()
    {
        using var bench = Bench.Ready();
        bench.Mirror.Fixed["VOLT:LIM:HIGH? (@1)"] = "+5.000000000E+00";
        var error = Assert.Throws<InstrumentErrorException>(() => bench.First.Apply(Bench.Current(1e-3)));
        Assert.Contains("was told 'VOLT:LIM:HIGH +1.000000000E+00,(@1)' and reads back '+5.000000000E+00'", error.Message, StringComparison.Ordinal);
        Assert.Equal(new ChannelId("cyc-a", 1), error.Channel);
        Assert.DoesNotContain("1", bench.Mirror.Settings.Where(entry => entry.Key == "OUTP@1").Select(entry => entry.Value));
        Assert.Null(bench.Session.Poison);
    }

    [Theory]
    [InlineData("+1.00009E+00", true)]
    [InlineData("+1.00020E+00", false)]
    public void Apply_ReadBack_MayDifferByTheResolution(string readBack, bool accepted)
    {
        using var bench = Bench.Ready();
        bench.Mirror.Fixed["VOLT:LIM:HIGH? (@1)"] = readBack;
        var failure = Record.Exception(() => bench.First.Apply(Bench.Current(1e-3)));
        Assert.Equal(accepted, failure is null);
    }

    [Fact]
    public void Apply_InstrumentRefuses_TellsEveryErrorOfTheQueue()
    {
        using var bench = Bench.Ready();
        bench.Mirror.Refusals["CURR:RANG "] = "-222,\"Data out of range\"";
        bench.Mirror.Fail("-113,\"Undefined header\"");
        var error = Assert.Throws<InstrumentErrorException>(() => bench.First.Apply(Bench.Current(5e-3)));
        Assert.Contains("-113,\"Undefined header\" | -222,\"Data out of range\"", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.LastExchanges);
    }

    [Fact]
    public void Apply_ErrorQueueWithoutEnd_IsReadToItsBound()
    {
        using var bench = Bench.Ready();
        bench.Mirror.Fixed["OUTP? (@1)"] = "0";
        bench.Mirror.Fixed["SYST:ERR?"] = "-350,\"Queue overflow\"";
        _ = Assert.Throws<InstrumentErrorException>(() => bench.First.Apply(Bench.Current(1e-3)));
        Assert.Equal(32, bench.Wire.Lines.Count(line => line == "SYST:ERR?"));
    }

    [Fact]
    public void Read_Sample_CarriesTheTimeOfSending()
    {
        using var bench = Bench.Ready();
        bench.First.Apply(Bench.Current(1e-3));
        bench.Clock.NowNanoseconds = 42;
        var reading = bench.First.Read();
        Assert.Equal(new Reading(42, 0.1, 1e-3, null, ReadingQuality.Valid), reading);
    }

    [Fact]
    public void Read_ListedReading_IsInvalid()
    {
        using var bench = Bench.Ready();
        bench.Mirror.Fixed["MEAS? (@1)"] = "+9.910000E+37,+1.0E-03";
        Assert.Equal(ReadingQuality.Invalid, bench.First.Read().Quality);
    }

    [Fact]
    public void Read_AnswerToThePreviousQuestion_PoisonsTheLink()
    {
        using var bench = Bench.Ready();
        bench.Mirror.Fixed["MEAS? (@1)"] = "0,\"No error\"";
        var fault = Assert.Throws<LinkFaultException>(() => bench.First.Read());
        Assert.Contains("asked 'MEAS? (@1)', expected '{voltage:V},{current:A}', came '0,\"No error\"'", fault.Message, StringComparison.Ordinal);
        Assert.Equal(new ChannelId("cyc-a", 1), fault.Channel);
        bench.Mirror.Fixed.Clear();
        _ = Assert.Throws<LinkFaultException>(() => bench.First.Read());
    }

    [Fact]
    public void Read_Samples_AllocateNothing()
    {
        var wire = new StillTransport("+1.234567890E-01,-1.234567890E-03\n"u8.ToArray());
        var profile = CyclerControl.Instruments.Profiles.ProfileLibrary.Shipped.Find("scpi-cycler-8ch")!;
        using var session = new CyclerControl.Instruments.Sessions.LinkSession("cyc-a", wire, profile.Link, new ManualClock());
        using var instrument = new CyclerControl.Instruments.Dialects.Scpi.ScpiInstrument(profile, session);
        var channel = instrument.Channels[2];
        for (var i = 0; i < 200; i++)
        {
            _ = channel.Read();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            _ = channel.Read();
        }

        // Per operation: the runtime may put a few bytes on this thread once, while it replaces code by better code.
        Assert.Equal(0, (GC.GetAllocatedBytesForCurrentThread() - before) / 1000);
    }

    [Fact]
    public void OutputOff_NotConfirmedAtFirst_IsRepeated()
    {
        using var bench = Bench.Ready();
        bench.Wire.Spoiled.Enqueue("1\n"u8.ToArray());
        bench.Wire.Spoiled.Enqueue("0,\"No error\"\n"u8.ToArray());
        bench.First.OutputOff();
        Assert.Equal(["OUTP OFF,(@1);OUTP? (@1)", "SYST:ERR?", "OUTP OFF,(@1);OUTP? (@1)"], bench.Wire.Lines);
    }

    [Fact]
    public void OutputOff_NeverConfirmed_SaysUnconfirmed()
    {
        using var bench = Bench.Ready();
        bench.Mirror.Fixed["OUTP? (@1)"] = "1";
        var fault = Assert.Throws<LinkFaultException>(bench.First.OutputOff);
        Assert.StartsWith("OUTPUT UNCONFIRMED", fault.Message, StringComparison.Ordinal);
        Assert.Equal(5, bench.Wire.Lines.Count(line => line.StartsWith("OUTP OFF", StringComparison.Ordinal)));
    }

    [Fact]
    public void OutputOff_OverAPoisonedLink_IsStillSent()
    {
        using var bench = Bench.Ready();
        bench.Wire.Spoiled.Enqueue(null);
        _ = Assert.Throws<LinkFaultException>(() => bench.First.Read());
        var fault = Assert.Throws<LinkFaultException>(bench.First.OutputOff);
        Assert.StartsWith("OUTPUT UNCONFIRMED", fault.Message, StringComparison.Ordinal);
        Assert.Equal("OUTP OFF,(@1)", bench.Wire.Lines[^1]);
        Assert.Equal("0", bench.Mirror.Settings["OUTP@1"]);
    }

    [Fact]
    public void Release_Watchdog_IsDisarmedBehindTheOutput()
    {
        using var bench = Bench.Ready();
        bench.First.Release();
        Assert.Equal(["OUTP OFF,(@1);OUTP? (@1)", "OUTP:PROT:WDOG OFF,(@1);OUTP:PROT:WDOG? (@1)"], bench.Wire.Lines);
    }

    [Fact]
    public void Keithley_OneLimitForBothSigns_TakesTheWider()
    {
        using var bench = Bench.Ready("keithley-2450");
        bench.First.Apply(Bench.Current(-1e-3, -0.5, 1.0));
        Assert.Contains("SOUR:CURR:VLIM 1.0000;:SOUR:CURR:VLIM?", bench.Wire.Lines);
    }

    [Fact]
    public void Keithley_HeldVoltage_SwapsTheNumbersOfTheSample()
    {
        using var bench = Bench.Ready("keithley-2450");
        bench.First.Apply(Bench.Hold(0.5, 10e-3));
        var reading = bench.First.Read();
        Assert.Equal((0.5, 0.005), (reading.Volts, reading.Amperes));
        bench.First.Apply(Bench.Current(2e-3));
        reading = bench.First.Read();
        Assert.Equal((0.2, 0.002), (reading.Volts, reading.Amperes));
    }

    [Fact]
    public void Sign_ChargeNegative_FlipsWhatIsSetAndWhatIsRead()
    {
        using var bench = Bench.Ready("sign: charge_positive", "sign: charge_negative");
        bench.First.Apply(Bench.Current(0.5e-3));
        Assert.Contains("CURR -5.000000000E-04,(@1);CURR? (@1)", bench.Wire.Lines);
        Assert.Equal(0.5e-3, bench.First.Read().Amperes, 12);
    }

    [Fact]
    public void Rest_ZeroCurrent_IsNothingOnTheLowestRange()
    {
        using var bench = Bench.Ready("rest: open", "rest: zero_current");
        bench.First.Apply(Bench.Current(5e-3));
        bench.Wire.Lines.Clear();
        bench.First.Apply(Setpoint.Rest);
        Assert.Contains("CURR:RANG +1.000000000E-04,(@1);CURR:RANG? (@1)", bench.Wire.Lines);
        Assert.Equal("CURR +0.000000000E+00,(@1);CURR? (@1)", bench.Wire.Lines.Last(line => line.StartsWith("CURR ", StringComparison.Ordinal)));
        Assert.Equal("1", bench.Mirror.Settings["OUTP@1"]);
    }

    [Fact]
    public void Link_Gap_IsWaitedOutWhileLookingForStaleBytes()
    {
        using var bench = Bench.Ready("idle: 500 ms }", "idle: 500 ms }\n  gap: 900 ms");
        bench.Wire.Looks.Clear();
        _ = bench.First.Read();
        Assert.InRange(Assert.Single(bench.Wire.Looks), TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(900));
    }
}
