using System.Globalization;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;
using CyclerControl.Instruments.Dialects.Land;
using CyclerControl.Instruments.Links;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Tests.Doubles;

namespace CyclerControl.Instruments.Tests.Dialects.Land;

/// <summary>A watched channel over real files in a real folder, which this test writes as an export would grow.</summary>
public sealed class LandChannelTests : IDisposable
{
    private const string Header = "channel_index,cycle_index,step_index,date_time_iso_string,test_time_s,step_time_s,current_A,voltage_V,charge_capacity_Ah,discharge_capacity_Ah\n";
    private const double Amperes = 1e-3;

    private static readonly ChannelId s_channel = new("land", 3);
    private static readonly CompiledSchedule s_schedule = new WatchCompiler().Compile(Program()).Schedule!;

    private readonly string _folder = Directory.CreateTempSubdirectory("land-test-").FullName;
    private readonly ManualClock _clock = new();
    private int _row;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string PathOf(string name) => Path.Combine(_folder, name);

    private static RunProgram Program() => new()
    {
        ProtocolName = "test",
        ProtocolVersion = 1,
        Measure = Measure.None,
        Cell = new CellSpec { Kind = CellKind.Symmetric },
        Nodes = [],
        SampleEverySeconds = 1,
        SampleRequired = false,
        ShortCircuit = new ShortCircuitPolicy(ShortCircuitAction.Abort, ShortCircuitAction.Report, null),
        OnRestart = new ResumePolicy(null),
        OnLinkLoss = new ResumePolicy(null),
    };

    private WatchedInstrumentLink Link(string query = "?files=*_{channel}.csv")
    {
        var address = new InstrumentAddress("land", "land-watched-8ch", new Uri($"watch://{_folder}{query}"));
        return (WatchedInstrumentLink)new WatchedInstrumentFactory(ProfileLibrary.Shipped).CreateLink(address, _clock);
    }

    private IScheduledChannel Channel()
    {
        var instrument = Link().Open();
        Assert.False(instrument.Initialize(null));
        return (IScheduledChannel)instrument.Channels.Single(channel => channel.Id == s_channel);
    }

    private void Write(string name, int step, int from, int to, double amperes, int channel = 3)
    {
        var path = PathOf(name);
        if (!File.Exists(path))
        {
            File.WriteAllText(path, Header);
            _row = 0;
        }

        for (var second = from; second <= to; second++, _row++)
        {
            var charge = Math.Abs(amperes) * second / 3600;
            File.AppendAllText(path, string.Create(
                CultureInfo.InvariantCulture,
                $"{channel},1,{step},11/21/2026 {(_row / 3600) % 24:00}:{(_row / 60) % 60:00}:{_row % 60:00},{_row},{second},{amperes:0.000000},{amperes * 100:0.000000},{(amperes > 0 ? charge : 0):0.000000000},{(amperes < 0 ? charge : 0):0.000000000}\n"));
        }
    }

    private static List<ScheduleRow> Fetch(IScheduledChannel channel, ref long after, out ScheduleFetch last)
    {
        var all = new List<ScheduleRow>();
        var page = new ScheduleRow[channel.Capabilities.Schedule!.PageRows];
        do
        {
            last = channel.Fetch(after, page);
            all.AddRange(page.AsSpan(0, last.Count));
            after = all.Count > 0 ? all[^1].Sequence : after;
        }
        while (last.More);
        return all;
    }

    [Fact]
    public void Fetch_AFileThatGrows_GivesEachRecordOnce()
    {
        Write("a_3.csv", 1, 0, 9, 0);
        var channel = Channel();
        var ticket = channel.Start(s_schedule, "run");
        Assert.Contains("channel 3", ticket, StringComparison.Ordinal);
        var after = 0L;
        var rows = Fetch(channel, ref after, out var fetch);
        Assert.Equal(10, rows.Count);
        Assert.Equal(ScheduleState.Running, fetch.State);
        Write("a_3.csv", 2, 0, 9, -Amperes);
        Write("a_3.csv", 3, 0, 9, Amperes);
        rows.AddRange(Fetch(channel, ref after, out _));
        Assert.Empty(Fetch(channel, ref after, out _));

        Assert.Equal(Enumerable.Range(1, 30).Select(n => (long)n), rows.Select(r => r.Sequence));
        Assert.Equal([0, -1, 1], rows.Chunk(10).Select(step => s_schedule.Steps[step[5].Step].Direction));
        Assert.Equal([1, 2, 3], rows.Chunk(10).Select(step => step[5].Pass));
        Assert.Equal(-0.1, rows[15].Volts, 1e-12);
        Assert.Equal(Amperes * 9 / 3600, rows[19].StepAmpHours!.Value, 1e-9);
    }

    [Fact]
    public void Fetch_MoreRecordsThanAPage_ComeInPages()
    {
        Write("a_3.csv", 1, 0, 2499, Amperes);
        var channel = Channel();
        channel.Start(s_schedule, "run");
        var after = 0L;
        Assert.Equal(2500, Fetch(channel, ref after, out _).Count);
    }

    [Fact]
    public void Adopt_ByItsTicket_ReadsOnBehindWhatIsKnown()
    {
        Write("a_3.csv", 1, 0, 9, -Amperes);
        var before = Channel();
        var ticket = before.Start(s_schedule, "run");
        var after = 0L;
        Fetch(before, ref after, out _);
        Write("a_3.csv", 2, 0, 9, Amperes);
        File.Move(PathOf("a_3.csv"), PathOf("renamed_3.csv"));
        Write("b_3.csv", 1, 0, 3, 0); // A newer test, which is not ours.

        var channel = Channel();
        Assert.True(channel.Adopt(s_schedule, "run", ticket, null));
        var rows = Fetch(channel, ref after, out _);
        Assert.Equal(Enumerable.Range(11, 10).Select(n => (long)n), rows.Select(r => r.Sequence));
        Assert.All(rows, r => Assert.Equal((1, 2), (s_schedule.Steps[r.Step].Direction, r.Pass)));
    }

    [Fact]
    public void Adopt_FarIntoALongFile_ComesToWhatIsNewPageByPage()
    {
        Write("a_3.csv", 1, 0, 3999, -Amperes);
        var ticket = Channel().Start(s_schedule, "run");
        var channel = Channel();
        Assert.True(channel.Adopt(s_schedule, "run", ticket, null));
        var page = new ScheduleRow[channel.Capabilities.Schedule!.PageRows];
        var fresh = new List<long>();
        for (var fetches = 0; fetches < 10; fetches++)
        {
            var fetch = channel.Fetch(fresh.Count == 0 ? 3500 : fresh[^1], page);
            fresh.AddRange(page.AsSpan(0, fetch.Count).ToArray().Select(row => row.Sequence));
        }

        Assert.Equal(Enumerable.Range(3501, 500).Select(n => (long)n), fresh);
        var again = channel.Fetch(0, page);
        Assert.Equal((1L, (long)again.Count), (page[0].Sequence, page[again.Count - 1].Sequence)); // What was given before, asked for again.
    }

    [Fact]
    public void Adopt_OfATestThatIsGone_IsNotOurs()
    {
        Write("a_3.csv", 1, 0, 9, -Amperes);
        var ticket = Channel().Start(s_schedule, "run");
        File.Delete(PathOf("a_3.csv"));
        _row = 5000;
        File.WriteAllText(PathOf("b_3.csv"), Header);
        Write("b_3.csv", 1, 0, 9, -Amperes);
        Assert.False(Channel().Adopt(s_schedule, "run", ticket, null));
    }

    [Fact]
    public void Start_WithoutAFile_SaysWhatWasLookedForAndWhatToDo()
    {
        Write("a_4.csv", 1, 0, 9, 0, channel: 4);
        var refusal = Assert.Throws<InstrumentErrorException>(() => Channel().Start(s_schedule, "run"));
        Assert.Contains("land/3: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("*_{channel}.csv", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("start the test at the instrument's own software", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_AFileThatSaysAnotherChannel_IsRefused()
    {
        Write("a_3.csv", 1, 0, 9, 0, channel: 4);
        Assert.Contains("channel 4", Assert.Throws<InstrumentErrorException>(() => Channel().Start(s_schedule, "run")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fetch_AFileThatStandsStill_IsSilentAfterItsTime()
    {
        Write("a_3.csv", 1, 0, 9, Amperes);
        var channel = Channel();
        channel.Start(s_schedule, "run");
        var after = 0L;
        Fetch(channel, ref after, out _);
        _clock.NowNanoseconds += 599 * Nanoseconds.PerSecond;
        Fetch(channel, ref after, out var fetch);
        Assert.Equal(ScheduleState.Running, fetch.State);
        _clock.NowNanoseconds += 2 * Nanoseconds.PerSecond;
        Fetch(channel, ref after, out fetch);
        Assert.Equal(ScheduleState.Silent, fetch.State);
        Assert.Contains("has not grown for 600 s", fetch.Message, StringComparison.Ordinal);
        Write("a_3.csv", 1, 10, 12, Amperes);
        Assert.Equal(3, Fetch(channel, ref after, out fetch).Count);
        Assert.Equal(ScheduleState.Running, fetch.State);
    }

    [Fact]
    public void Fetch_ANewerTestOfTheChannel_EndsTheWatch()
    {
        Write("a_3.csv", 1, 0, 9, Amperes);
        var channel = Channel();
        channel.Start(s_schedule, "run");
        var after = 0L;
        Fetch(channel, ref after, out _);
        _row = 7200; // It begins two hours later.
        File.WriteAllText(PathOf("b_3.csv"), Header);
        Write("b_3.csv", 1, 0, 9, Amperes);
        _clock.NowNanoseconds += 31 * Nanoseconds.PerSecond;
        Fetch(channel, ref after, out var fetch);
        Assert.Equal(ScheduleState.Stopped, fetch.State);
        Assert.Contains("newer test, 'b_3.csv'", fetch.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fetch_AFolderThatIsAway_IsABrokenLink()
    {
        Write("a_3.csv", 1, 0, 9, Amperes);
        var channel = Channel();
        channel.Start(s_schedule, "run");
        var after = 0L;
        Directory.Move(_folder, _folder + "-away");
        try
        {
            Assert.Throws<LinkFaultException>(() => Fetch(channel, ref after, out _));
            Assert.Contains("is the share mounted", Assert.Throws<InstrumentUnreachableException>(() => Link().Open()).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Move(_folder + "-away", _folder);
        }
    }

    [Fact]
    public void Fetch_ALineThatMakesNoSense_IsAnErrorWithItsPlace()
    {
        Write("a_3.csv", 1, 0, 9, Amperes);
        var channel = Channel();
        channel.Start(s_schedule, "run");
        var after = 0L;
        Fetch(channel, ref after, out _);
        Write("a_3.csv", 1, 10, 10, Amperes);
        File.AppendAllText(PathOf("a_3.csv"), "3,1,1,11/21/2026 00:00:11,11,11,0,002,1,0,0\n");
        Assert.Single(Fetch(channel, ref after, out _));
        var refusal = Assert.Throws<InstrumentErrorException>(() => Fetch(channel, ref after, out _));
        Assert.Contains("'a_3.csv', line 13", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OutputOff_OfAWatchedChannel_IsNeverClaimed()
    {
        var channel = Channel();
        Assert.True(channel.Capabilities.IsWatched);
        Assert.Throws<InvalidOperationException>(channel.OutputOff);
    }

    [Fact]
    public void Read_IsTheLastRecordOfTheNewestFile()
    {
        Write("a_3.csv", 1, 0, 9, Amperes);
        var channel = Channel();
        Assert.Equal(0.1, channel.Read().Volts, 1e-12);
        Write("a_3.csv", 2, 0, 0, -Amperes);
        Assert.Equal(-0.1, channel.Read().Volts, 1e-12);
    }

    [Fact]
    public void RecordAge_IsTheTestTimeOfTheLastRecordAndWhatHasPassedSince()
    {
        Write("a_3.csv", 1, 0, 59, Amperes);
        Assert.Equal(TimeSpan.FromSeconds(59), Link().RecordAge(3)); // The clock of this test is not the file system's.
        Assert.Throws<InstrumentErrorException>(() => Link().RecordAge(5));
    }

    [Theory]
    [InlineData("watch://", "names no folder")]
    [InlineData("watch:///mnt/land?file=a", "has the unknown setting 'file'; known is files")]
    [InlineData("watch:///mnt/land?files=a.cex", "does not say where the channel's number is")]
    [InlineData("watch:///mnt/land?files=x/*_{channel}.cex", "names a folder")]
    [InlineData("watch:///mnt/land?files=*_{channel}.cex&files=b", "gives files twice")]
    public void CreateLink_AWrongAddress_IsNamedWithItsCure(string connect, string expected)
    {
        var refusal = Assert.Throws<InstrumentException>(() =>
            new WatchedInstrumentFactory(ProfileLibrary.Shipped).CreateLink(new InstrumentAddress("land", "land-watched-8ch", new Uri(connect)), _clock));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }
}
