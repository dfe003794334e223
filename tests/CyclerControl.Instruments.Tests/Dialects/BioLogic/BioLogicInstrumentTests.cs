using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Links;
using CyclerControl.Instruments.Profiles;

namespace CyclerControl.Instruments.Tests.Dialects.BioLogic;

/// <summary>Opening, identity, firmware, starting fail-closed, adoption.</summary>
public sealed class BioLogicInstrumentTests
{
    private const string Hours = """
          - rest: 10 s
          - plate: 0.5 mA
            for: 1 h
          - strip: 0.5 mA
            for: 1 h
        """;

    private static readonly ScheduleRow[] s_page = new ScheduleRow[400];

    [Fact]
    public void Initialize_FirmwareMissing_IsLoadedAndCountsAsPoweredOn()
    {
        using var bench = new EcLabBench();

        Assert.True(bench.Instrument.Initialize(null));
        Assert.Equal("BioLogic VMP3 4711 1136", bench.Instrument.Identity.ToString());
        Assert.False(bench.Instrument.Initialize(bench.Instrument.Identity));
    }

    [Fact]
    public void Initialize_OtherFamily_WritesNothing()
    {
        using var bench = new EcLabBench();
        bench.Lab.DeviceCode = 16;
        using var reopened = bench.Link.Open();

        var wrong = Assert.Throws<WrongInstrumentException>(() => reopened.Initialize(null));
        Assert.Contains("SP-300 answered", wrong.Message, StringComparison.Ordinal);
        Assert.Equal(0, bench.Lab.Infos(0, out var infos));
        Assert.Equal(0, infos.Firmware);
    }

    [Fact]
    public void Initialize_OtherBoard_IsAnotherDevice()
    {
        using var bench = new EcLabBench();
        _ = bench.Instrument.Initialize(null);
        var before = bench.Instrument.Identity;
        bench.Lab.BoardSerialNumber = 1;

        using var reopened = bench.Link.Open();

        _ = Assert.Throws<WrongInstrumentException>(() => reopened.Initialize(before));
    }

    [Fact]
    public void Open_NobodyThere_IsUnreachableWithTheCure()
    {
        using var bench = new EcLabBench();
        bench.Lab.Fail("BL_Connect", -201);

        var failure = Assert.Throws<InstrumentUnreachableException>(bench.Link.Open);
        Assert.Contains("-201: no connection could be made; check power", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_ChannelRuns_IsRefusedBeforeAnythingIsLoaded()
    {
        using var bench = new EcLabBench().Begin(Programs.Schedule(Programs.Small(Hours)));
        bench.Restart();

        var refused = Assert.Throws<InstrumentErrorException>(() => bench.Channel.Start(Programs.Schedule(Programs.Small(Hours)), "two"));

        Assert.Contains("not idle (state 1: it runs)", refused.Message, StringComparison.Ordinal);
        Assert.True(bench.Simulated.IsRunning);
    }

    [Fact]
    public void WhyNotReady_IdleThenRunning_SaysWhatTheStartWouldAndLoadsNothing()
    {
        using var bench = new EcLabBench();
        _ = bench.Instrument.Initialize(null);
        var schedule = Programs.Schedule(Programs.Small(Hours));

        Assert.Null(bench.Channel.WhyNotReady(schedule));
        Assert.Equal(0, bench.Channel.Read().Amperes);
        _ = bench.Channel.Start(schedule, "one");
        bench.Restart();

        Assert.Contains("not idle (state 1: it runs)", bench.Channel.WhyNotReady(schedule), StringComparison.Ordinal);
        Assert.Contains("not idle (state 1: it runs)", bench.Channel.WhyNotReady(null), StringComparison.Ordinal);
        Assert.True(bench.Simulated.IsRunning);
    }

    [Fact]
    public void WhyNotReady_RangeThatTheChannelHasNot_IsToldAsAtTheStart()
    {
        using var bench = new EcLabBench();
        _ = bench.Instrument.Initialize(null);
        var schedule = Programs.Schedule(Programs.Small(Hours)) with { CurrentRangeCodes = (0, 12) };

        var why = bench.Channel.WhyNotReady(schedule);

        Assert.Contains("needs current ranges 0 to 12", why, StringComparison.Ordinal);
        Assert.Equal(why, Assert.Throws<InstrumentErrorException>(() => bench.Channel.Start(schedule, "one")).Message);
    }

    [Theory]
    [InlineData("BL_LoadTechnique", -405, "memory is full")]
    [InlineData("BL_LoadTechnique", -401, "EC-Lab has used the channel")]
    [InlineData("BL_StartChannel", -13, "the channel runs")]
    public void Start_Refused_SaysWhyAndNothingRuns(string function, int code, string words)
    {
        using var bench = new EcLabBench();
        _ = bench.Instrument.Initialize(null);
        bench.Lab.Fail(function, code);

        var refused = Assert.Throws<InstrumentErrorException>(() => bench.Channel.Start(Programs.Schedule(Programs.Small(Hours)), "one"));

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Contains(refused.LastExchanges, line => line.Contains(function, StringComparison.Ordinal));
        Assert.False(bench.Simulated.IsRunning);
    }

    [Fact]
    public void Start_ChannelWithoutBoard_IsRefused()
    {
        using var bench = new EcLabBench();
        _ = bench.Instrument.Initialize(null);
        var second = (IScheduledChannel)bench.Instrument.Channels[1];

        Assert.Contains("not plugged", Assert.Throws<InstrumentErrorException>(() => second.Start(Programs.Schedule(Programs.Small(Hours)), "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Adopt_AfterOurDeath_FollowsWithoutAWord()
    {
        var schedule = Programs.Schedule(Programs.Small(Hours));
        using var bench = new EcLabBench();
        _ = bench.Instrument.Initialize(null);
        var ticket = bench.Channel.Start(schedule, "run-1");
        _ = bench.Run(100);
        bench.Clock.NowSeconds += 600;
        bench.Restart();

        Assert.True(bench.Channel.Adopt(schedule, "run-1", ticket, null));

        Assert.Equal(ScheduleState.Finished, bench.Run(10_000));
        Assert.Equal(7210, bench.Rows[^1].TestSeconds!.Value, 2);
        Assert.Equal(72_100, bench.Rows.Count, 100.0);
    }

    [Fact]
    public void Adopt_EndedMeanwhile_IsFinished()
    {
        var schedule = Programs.Schedule(Programs.Small(Hours));
        using var bench = new EcLabBench().Begin(schedule);
        bench.Clock.NowSeconds += 10_000;
        bench.Restart();

        Assert.True(bench.Channel.Adopt(schedule, "run-1", null, null));
        Assert.Equal(ScheduleState.Finished, bench.Poll());
    }

    [Fact]
    public void Adopt_SomethingElseRuns_IsNotOurs()
    {
        var schedule = Programs.Schedule(Programs.Small(Hours));
        using var bench = new EcLabBench().Begin(schedule);
        var other = Programs.Schedule(Programs.Small("  - rest: 10 s\n"));

        Assert.False(bench.Channel.Adopt(other, "run-1", null, null));
        Assert.False(bench.Channel.Adopt(schedule, "run-1", "board 1, 3 techniques", null));
        Assert.True(bench.Simulated.IsRunning);
    }

    [Fact]
    public void Adopt_PowerCycled_IsNotOurs()
    {
        var schedule = Programs.Schedule(Programs.Small(Hours));
        using var bench = new EcLabBench().Begin(schedule);
        bench.Lab.PowerCycle();

        Assert.False(bench.Channel.Adopt(schedule, "run-1", null, null));
    }

    [Fact]
    public void SafeStateKeepAliveRelease_Running_WriteNothing()
    {
        using var bench = new EcLabBench().Begin(Programs.Schedule(Programs.Small(Hours)));
        bench.Instrument.SafeState();
        bench.Instrument.KeepAlive();
        bench.Channel.Release();
        bench.Instrument.Dispose();
        bench.Clock.NowSeconds += 100;

        Assert.Equal(0, bench.Lab.Infos(0, out var infos));
        Assert.Equal(1, infos.State);
    }

    [Fact]
    public void Read_Running_ShowsVoltageAndCurrentAndTakesNoRows()
    {
        using var bench = new EcLabBench().Begin(Programs.Schedule(Programs.Small(Hours)));
        bench.Clock.NowSeconds += 60;

        var reading = bench.Channel.Read();

        Assert.Equal(-0.5e-3, reading.Amperes, 9);
        Assert.True(reading.Volts < 0);
        Assert.True(bench.Channel.Fetch(0, s_page).Count > 0);
    }

    [Fact]
    public void KeepAlive_Broken_PoisonsTheConnection()
    {
        using var bench = new EcLabBench().Begin(Programs.Schedule(Programs.Small(Hours)));
        bench.Lab.Fail("BL_TestConnection", -200);

        _ = Assert.Throws<LinkFaultException>(bench.Instrument.KeepAlive);
        Assert.Contains("is given up", Assert.Throws<LinkFaultException>(() => bench.Channel.Read()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("biologic://192.168.0.1", "biologic-vmp3", "does not name the vendor's library")]
    [InlineData("biologic://192.168.0.1?libary=x", "biologic-vmp3", "unknown key 'libary'")]
    [InlineData("biologic://192.168.0.1?library=x", "keithley-2450", "not one of BioLogic")]
    public void CreateLink_AddressThatDoesNotFit_IsRefused(string connect, string profile, string expected)
    {
        var address = new InstrumentAddress("vsp", profile, new Uri(connect));
        var factory = new BioLogicInstrumentFactory(ProfileLibrary.Shipped);

        Assert.Contains(expected, Assert.Throws<InstrumentException>(() => factory.CreateLink(address, new Testing.Fakes.ManualClock())).Message, StringComparison.Ordinal);
    }
}
