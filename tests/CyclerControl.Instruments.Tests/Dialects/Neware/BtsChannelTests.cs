using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Tests.Dialects.Neware;

public sealed class BtsChannelTests
{
    private readonly ScheduleRow[] _rows = new ScheduleRow[1000];

    [Theory]
    [InlineData("finish")]
    [InlineData("stop")]
    [InlineData("protect")]
    public void Start_IdleChannel_WritesTheFileAndStartsIt(string status)
    {
        using var bench = BtsBench.Ready();
        bench.Bts.Become(status);
        Assert.Equal("test 144", bench.Channel.Start(bench.Schedule, "run-1"));
        Assert.Equal(bench.Schedule.Text, File.ReadAllText(Assert.Single(bench.StepFiles)));
        var start = Assert.Single(bench.Wire.Messages, message => message.Contains("<cmd>start</cmd>", StringComparison.Ordinal));
        Assert.Equal(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" ?><bts version=\"1.0\"><cmd>start</cmd><list count=\"1\"><start ip=\"127.0.0.1\" devtype=\"27\" devid=\"21\" subdevid=\"1\" chlid=\"1\" barcode=\"run-1\">C:\\bts\\run-1-bts_1.xml</start></list></bts>",
            start);
    }

    [Theory]
    [InlineData("working")]
    [InlineData("pause")]
    [InlineData("synCtrl")]
    [InlineData("ligth")]
    [InlineData("false")]
    [InlineData("")]
    public void Start_AnyOtherState_IsRefusedAndNothingIsWritten(string status)
    {
        using var bench = BtsBench.Ready();
        bench.Bts.Become(status);
        Assert.Contains($"'{status}'", Assert.Throws<InstrumentErrorException>(() => bench.Channel.Start(bench.Schedule, "run-1")).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("start", bench.Bts.Commands);
        Assert.Empty(bench.StepFiles);
    }

    [Theory]
    [InlineData("finish", true)]
    [InlineData("stop", true)]
    [InlineData("protect", true)]
    [InlineData("working", false)]
    [InlineData("pause", false)]
    [InlineData("", false)]
    public void WhyNotReady_SaysWhatTheStartWouldAndLeavesNothing(string status, bool isReady)
    {
        using var bench = BtsBench.Ready();
        bench.Bts.Become(status);
        var why = bench.Channel.WhyNotReady(bench.Schedule);
        Assert.Equal(isReady ? null : $"bts/1: the BTS program says that it is '{status}' (live view: '{status}'); it is started only on 'finish', 'stop' or 'protect'", why);
        Assert.Equal(["getchlstatus", "inquire"], bench.Bts.Commands);
        Assert.Empty(bench.StepFiles);
    }

    [Fact]
    public void WhyNotReady_LiveViewSaysOtherwise_IsTold()
    {
        using var bench = BtsBench.Ready();
        bench.Bts.LiveStatus = "working";
        Assert.Contains("live view: 'working'", bench.Channel.WhyNotReady(null), StringComparison.Ordinal);
    }

    [Fact]
    public void WhyNotReady_ShareThatCannotBeWritten_IsTold()
    {
        using var bench = BtsBench.Ready();
        bench.BlockShare();
        Assert.Contains("no step file can be written into the shared folder", bench.Channel.WhyNotReady(bench.Schedule), StringComparison.Ordinal);
        bench.LoseShare();
        Assert.Contains("is not there; mount it, or correct share=", bench.Channel.WhyNotReady(bench.Schedule), StringComparison.Ordinal);
    }

    [Fact]
    public void Start_LiveViewSaysOtherwise_IsRefused()
    {
        using var bench = BtsBench.Ready();
        bench.Bts.LiveStatus = "working";
        Assert.Throws<InstrumentErrorException>(() => bench.Channel.Start(bench.Schedule, "run-1"));
        Assert.DoesNotContain("start", bench.Bts.Commands);
    }

    [Fact]
    public void Start_NoShare_IsRefusedWithTheCure()
    {
        using var bench = BtsBench.Ready();
        bench.LoseShare();
        Assert.Contains("mount it", Assert.Throws<InstrumentErrorException>(() => bench.Channel.Start(bench.Schedule, "run-1")).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("start", bench.Bts.Commands);
    }

    [Fact]
    public void Start_FalseWithoutReason_TellsTheStateAfterwards()
    {
        using var bench = BtsBench.Ready();
        bench.Bts.StartAnswer = "false";
        Assert.Contains("'finish'", Assert.Throws<InstrumentErrorException>(() => bench.Channel.Start(bench.Schedule, "run-1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_SaidAndNotSeen_IsUnconfirmed()
    {
        using var bench = BtsBench.Ready();
        bench.Bts.StartTakesEffect = false;
        Assert.Contains("whether it runs is unknown", Assert.Throws<LinkFaultException>(() => bench.Channel.Start(bench.Schedule, "run-1")).Message, StringComparison.Ordinal);
        Assert.True(bench.Wire.Pauses > 10);
    }

    [Fact]
    public void Fetch_Rows_AreInOurUnitsAndSteps()
    {
        using var bench = BtsBench.Started();
        bench.Bts.Row(1, 0, 60, "rest", 0.001, 0, 0);
        bench.Bts.Row(2, 0, 1, "dc", -0.05, -1, 0.00025);
        bench.Bts.Row(3, 0, 1, "cc", 0.05, 1, 0.00025);
        var fetched = bench.Channel.Fetch(0, _rows);
        Assert.Equal((3, false, ScheduleState.Running), (fetched.Count, fetched.More, fetched.State));
        Assert.Equal(new ScheduleRow(2, 1, 0, 1, null, -0.05, -0.001, 0.25e-6, 0, null), _rows[1]);
        Assert.Equal([0, 1, 2], _rows[..3].Select(row => row.Step));
    }

    [Fact]
    public void Fetch_SecondPartOfAStep_IsCountedOn()
    {
        using var bench = BtsBench.Started();
        bench.Bts.Row(3, 0, 100, "cc", 0.5, 1, 0.02);
        bench.Bts.Row(4, 0, 0, "cv", 0.5, 0.9, 0);
        bench.Bts.Row(4, 0, 50, "cv", 0.5, 0.5, 0.01);
        bench.Bts.Row(2, 1, 1, "dc", -0.05, -1, 0.0002);
        Assert.Equal(4, bench.Channel.Fetch(0, _rows).Count);
        Assert.Equal([2, 2, 2, 1], _rows[..4].Select(row => row.Step));
        Assert.Equal([100, 100, 150, 1], _rows[..4].Select(row => row.StepSeconds));
        Assert.Equal(0.03e-3, _rows[2].StepAmpHours!.Value, 1e-12);
    }

    [Fact]
    public void Fetch_SecondPartAfterAReconnection_IsCountedOnTheSame()
    {
        using var bench = BtsBench.Started();
        bench.Bts.Row(3, 0, 100, "cc", 0.5, 1, 0.02);
        bench.Bts.Row(4, 0, 10, "cv", 0.5, 0.9, 0.001);
        Assert.Equal(2, bench.Channel.Fetch(0, _rows).Count);
        bench.Reconnect();
        _ = bench.Instrument.Initialize(null);
        Assert.True(bench.Channel.Adopt(bench.Schedule, "run-1", "test 144", null));
        bench.Bts.Row(4, 0, 50, "cv", 0.5, 0.5, 0.01);
        Assert.Equal(1, bench.Channel.Fetch(2, _rows).Count);
        Assert.Equal(150, _rows[0].StepSeconds);
    }

    [Fact]
    public void Fetch_FromARowThatAnotherProcessKnew_ReadsTheRowsBefore()
    {
        using var bench = BtsBench.Started();
        bench.Bts.Row(3, 0, 100, "cc", 0.5, 1, 0.02);
        bench.Bts.Row(4, 0, 10, "cv", 0.5, 0.9, 0.001);
        bench.Bts.Row(4, 0, 50, "cv", 0.5, 0.5, 0.01);
        Assert.Equal(1, bench.Channel.Fetch(2, _rows).Count);
        Assert.Equal(150, _rows[0].StepSeconds);
    }

    [Fact]
    public void Fetch_FullPage_SaysThatThereIsMore()
    {
        using var bench = BtsBench.Started();
        for (var i = 1; i <= 5; i++)
        {
            bench.Bts.Row(2, 0, i, "dc", -0.05, -1, 0.0003 * i);
        }

        var first = bench.Channel.Fetch(0, _rows.AsSpan(0, 3));
        Assert.Equal((3, true), (first.Count, first.More));
        var second = bench.Channel.Fetch(3, _rows.AsSpan(0, 3));
        Assert.Equal((2, false), (second.Count, second.More));
        Assert.Equal(4, _rows[0].Sequence);
    }

    [Fact]
    public void Fetch_MissingNumbers_AreLostRows()
    {
        using var bench = BtsBench.Started();
        bench.Bts.Row(2, 0, 1, "dc", -0.05, -1, 0);
        bench.Bts.Row(2, 0, 5, "dc", -0.05, -1, 0, sequence: 5);
        Assert.Equal(3, bench.Channel.Fetch(0, _rows).Lost);
    }

    [Theory]
    [InlineData(9, "dc")]
    [InlineData(5, "rest")]
    [InlineData(2, "cc")]
    [InlineData(1, "dc")]
    public void Fetch_RowOfAStepThatWeDidNotWrite_IsOfNoStep(int step, string type)
    {
        using var bench = BtsBench.Started();
        bench.Bts.Row(step, 0, 1, type, 0.05, 1, 0);
        Assert.Equal(1, bench.Channel.Fetch(0, _rows).Count);
        Assert.Equal(-1, _rows[0].Step);
    }

    [Theory]
    [InlineData("working", ScheduleState.Running)]
    [InlineData("pause", ScheduleState.Paused)]
    [InlineData("finish", ScheduleState.Finished)]
    [InlineData("stop", ScheduleState.Stopped)]
    [InlineData("protect", ScheduleState.Protected)]
    [InlineData("waitTimeOut", ScheduleState.Unknown)]
    public void Fetch_Status_IsTold(string status, ScheduleState expected)
    {
        using var bench = BtsBench.Started();
        bench.Bts.Become(status);
        bench.Bts.IsComplete = true;
        Assert.Equal(expected, bench.Channel.Fetch(0, _rows).State);
    }

    [Fact]
    public void Fetch_OverButNotStoredYet_StillRunsForAMinute()
    {
        using var bench = BtsBench.Started();
        bench.Bts.Become("finish");
        Assert.Equal(ScheduleState.Running, bench.Channel.Fetch(0, _rows).State);
        bench.Clock.NowNanoseconds += 61_000_000_000;
        Assert.Equal(ScheduleState.Finished, bench.Channel.Fetch(0, _rows).State);
    }

    [Fact]
    public void Fetch_AnotherTest_IsDisplacedAndNothingIsWritten()
    {
        using var bench = BtsBench.Started();
        bench.Bts.TestId++;
        var fetched = bench.Channel.Fetch(0, _rows);
        Assert.Equal(ScheduleState.Displaced, fetched.State);
        Assert.Contains("145", fetched.Message, StringComparison.Ordinal);
        bench.Channel.OutputOff();
        Assert.DoesNotContain("stop", bench.Bts.Commands);
    }

    [Theory]
    [InlineData("test 144", "run-1", true)]
    [InlineData(null, "run-1", true)]
    [InlineData("test 143", "run-1", false)]
    [InlineData(null, "run-2", false)]
    [InlineData("test 144", "run-2", false)]
    public void Adopt_OnlyWhatIsOurs_AndWritesNothing(string? ticket, string runId, bool expected)
    {
        using var bench = BtsBench.Started();
        Assert.Equal(expected, bench.Channel.Adopt(bench.Schedule, runId, ticket, null));
        Assert.Equal(["inquiredf", "inquire"], bench.Bts.Commands);
    }

    [Fact]
    public void OutputOff_Running_StopsAndWaitsUntilItSaysSo()
    {
        using var bench = BtsBench.Started();
        bench.Bts.StopTakes = 1;
        bench.Channel.OutputOff();
        Assert.Contains("stop", bench.Bts.Commands);
        Assert.Equal("stop", bench.Bts.Status);
    }

    [Fact]
    public void OutputOff_NeverStops_IsUnconfirmed()
    {
        using var bench = BtsBench.Started();
        bench.Bts.StopTakes = 1000;
        Assert.Contains("unconfirmed", Assert.Throws<LinkFaultException>(bench.Channel.OutputOff).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OutputOff_AlreadyOver_TellsNothing()
    {
        using var bench = BtsBench.Started();
        bench.Bts.Become("finish");
        bench.Bts.IsComplete = true;
        bench.Channel.OutputOff();
        Assert.DoesNotContain("stop", bench.Bts.Commands);
    }

    [Fact]
    public void OutputOff_NothingOfOurs_AsksAndTellsNothing()
    {
        using var bench = BtsBench.Ready();
        bench.Bts.Become("working");
        bench.Channel.OutputOff();
        Assert.Empty(bench.Bts.Commands);
    }

    [Fact]
    public void OutputOff_AfterAStartWhoseAnswerWasLost_StopsWhatBearsOurBarcode()
    {
        using var bench = BtsBench.Ready();
        var wire = bench.Wire;
        bench.Bts.StartAnswer = "ok</start><start>ok"; // two answers for one channel: no answer
        Assert.Throws<LinkFaultException>(() => bench.Channel.Start(bench.Schedule, "run-1"));
        bench.Bts.TestId = 144;
        bench.Bts.Barcode = "run-1";
        bench.Bts.Become("working");
        bench.Reconnect();
        _ = bench.Instrument.Initialize(null);
        bench.Channel.OutputOff();
        Assert.NotSame(wire, bench.Wire);
        Assert.Contains("stop", bench.Bts.Commands);
    }

    [Fact]
    public void Read_ManyChannels_IsOneQuestionEveryFiveSeconds()
    {
        using var bench = BtsBench.Ready();
        Assert.Equal([3.1, 3.8], [bench.Channel.Read().Volts, bench.Instrument.Channels[7].Read().Volts]);
        Assert.Single(bench.Bts.Commands);
        bench.Clock.NowNanoseconds += 5_000_000_000;
        _ = bench.Channel.Read();
        Assert.Equal(["inquire", "inquire"], bench.Bts.Commands);
    }
}
