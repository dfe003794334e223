using CyclerControl.Acquisition.Links;
using CyclerControl.Core.Runs;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Acquisition.Tests.Links;

public sealed class LinkLoopBeatTests
{
    [Fact]
    public void Turn_RunningChannel_IsSampledOnItsGridAndAtTheExactStepEnd()
    {
        var bench = new Bench();
        bench.Turn();
        var run = bench.Start(TestPrograms.Of(TestPrograms.Rest(0.55), TestPrograms.Plate(1e-3, 0.95)));

        bench.RunTo(5);

        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
        Assert.Equal([550_000_000L, 1_500_000_000L], run.Recorder.Steps.Select(s => s.EndNanoseconds));
        Assert.Equal(16, bench.Link[1].Reads); // 15 on the grid, one at 0.55 s; 1.5 s is on both.
        Assert.False(bench.Link[1].OutputIsOn);
        Assert.Equal(ChannelState.Finished, bench.Snapshot().State);
        Assert.Equal(long.MaxValue, bench.Deadline);
    }

    [Theory]
    [InlineData(0, 4, 0.1)]
    [InlineData(1, 4, 0.025)]
    [InlineData(3, 4, 0.075)]
    public void Turn_LinkOfMany_SamplesAtItsPhase(int index, int count, double first)
    {
        var bench = new Bench(options: new LinkOptions { Index = index, Count = count });
        bench.Turn();
        var run = bench.Start(TestPrograms.Of(TestPrograms.Rest(10)));

        bench.RunTo(0.99);

        Assert.Equal(first, run.Recorder.Rows[0].TimeNanoseconds * 1e-9, 9);
        Assert.Equal(index == 0 ? 9 : 10, bench.Snapshot().Samples);
    }

    [Fact]
    public void Turn_ChannelsOfDifferentPeriods_ShareOneGridAtIntegerMultiples()
    {
        var bench = new Bench(channels: 3);
        bench.Turn();
        bench.Start(TestPrograms.Of(TestPrograms.Rest(100, every: 0.1)), 1);
        bench.Start(TestPrograms.Of(TestPrograms.Rest(100, every: 0.35)), 2);
        bench.Start(TestPrograms.Of(TestPrograms.Rest(100, every: 1)), 3);

        bench.RunTo(6.05);

        // 0.35 s is no multiple of 0.1 s: sampled every 0.3 s, never more rarely than asked.
        Assert.Equal([60, 20, 6], bench.Link.Cells.Select(c => c.Reads));
    }

    [Fact]
    public void Turn_SeveralDueAndTheInstrumentCan_ReadsThemInOneExchange()
    {
        var bench = new Bench(channels: 3);
        bench.Link.ReadsAll = true;
        bench.Turn();
        bench.Start(TestPrograms.Of(TestPrograms.Rest(100)), 1);
        bench.Start(TestPrograms.Of(TestPrograms.Rest(100)), 3);
        bench.RunTo(0.05);
        bench.Wire.Clear();

        bench.RunTo(0.15);

        Assert.Equal("read 1,3", bench.Wire.Journal[0]);
        Assert.DoesNotContain("demo/1 read", bench.Wire.Journal);
    }

    [Fact]
    public void Turn_ExtraDeadline_ReadsThatChannelOnly()
    {
        var bench = new Bench(channels: 2);
        bench.Turn();
        bench.Start(TestPrograms.Of(TestPrograms.Rest(0.25), TestPrograms.Rest(10)), 1);
        bench.Start(TestPrograms.Of(TestPrograms.Rest(10)), 2);
        bench.RunTo(0.22);
        bench.Wire.Clear();

        bench.RunTo(0.27);

        Assert.Single(bench.Wire.Journal, "demo/1 read");
        Assert.DoesNotContain("demo/2 read", bench.Wire.Journal);
    }

    [Fact]
    public void Turn_LateByThreePeriods_CountsThemSkipsThemAndSaysSoOnce()
    {
        var bench = new Bench();
        bench.Turn();
        var run = bench.Start(TestPrograms.Of(TestPrograms.Rest(100)));
        bench.RunTo(1.0);
        var reads = bench.Link[1].Reads;

        bench.Clock.NowSeconds = 1.43; // 1.1, 1.2 and 1.3 have passed; 1.4 is served late.
        bench.Turn();

        Assert.Equal(reads + 1, bench.Link[1].Reads);
        Assert.Equal(1_500_000_000, bench.Deadline);
        Assert.Equal(3, bench.Snapshot().MissedDeadlines);
        Assert.Single(run.EventKinds, "missed_deadlines");
        Assert.Single(bench.Observer.Told, "missed demo 3");
    }

    [Fact]
    public void Turn_LateTwice_RecordsOneEventForEachGapAndOneLineInTheLog()
    {
        var bench = new Bench();
        bench.Turn();
        var run = bench.Start(TestPrograms.Of(TestPrograms.Rest(100)));
        bench.RunTo(1.0);
        bench.Clock.NowSeconds = 1.43;
        bench.Turn();
        bench.RunTo(2.0);

        bench.Clock.NowSeconds = 2.25;
        bench.Turn();

        var told = run.Recorder.Events.Where(e => e.Kind == "missed_deadlines").Select(e => e.Message);
        Assert.Equal(["3 sample times passed unseen; 3 in this run", "1 sample times passed unseen; 4 in this run"], told);
        Assert.Single(bench.Observer.Told, t => t.StartsWith("missed", StringComparison.Ordinal));
    }

    [Fact]
    public void Turn_RunEnds_RecordsHowItsLinkKeptTheBeat()
    {
        var bench = new Bench();
        bench.Turn();
        var run = bench.Start(TestPrograms.Of(TestPrograms.Rest(100)));
        bench.RunTo(1.0);
        bench.Clock.NowSeconds = 1.43; // Waited for 1.1 s.
        bench.Turn();
        bench.RunTo(2.05);

        bench.Wish(WishKind.End);
        bench.Turn();

        var timing = Assert.Single(run.Recorder.Events, e => e.Kind == "link_timing").Message;
        Assert.StartsWith("lateness p50 0 us", timing, StringComparison.Ordinal);
        Assert.EndsWith("max 330000 us; 3 missed of 20", timing, StringComparison.Ordinal);
    }

    [Fact]
    public void Turn_VirtualClock_SaysNothingAboutLateness()
    {
        var bench = new Bench(clock: Core.Channels.ClockKind.Virtual);
        bench.Turn();
        var run = bench.Start(TestPrograms.Of(TestPrograms.Rest(1)));

        bench.RunTo(2);

        Assert.DoesNotContain("link_timing", run.EventKinds);
    }

    [Fact]
    public void Turn_AlwaysLate_SaysSoAtALimitedRateAndLosesNoCount()
    {
        var bench = new Bench();
        bench.Turn();
        var run = bench.Start(TestPrograms.Of(TestPrograms.Rest(100)));
        bench.Turn();
        for (var i = 1; i <= 100; i++)
        {
            bench.Clock.NowSeconds = (i * 0.2) + 0.01;
            bench.Turn();
        }

        bench.Wish(WishKind.End);
        bench.Turn();

        Assert.Equal(100, bench.Snapshot().MissedDeadlines);
        var told = run.Recorder.Events.Where(e => e.Kind == "missed_deadlines").ToList();
        Assert.InRange(told.Count, 2, 4);
        Assert.StartsWith("100 in this run", told[^1].Message.Split("; ")[1], StringComparison.Ordinal);
        Assert.Equal(100, told.Sum(e => int.Parse(e.Message.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Turn_WatchdogAndARestSampledEveryMinute_ExchangesEveryThirdOfTheWatchdog()
    {
        var bench = new Bench(capabilities: FakeInstrumentLink.DefaultCapabilities with { WatchdogTimeout = TimeSpan.FromSeconds(9) });
        bench.Turn();
        bench.Start(TestPrograms.Of(TestPrograms.Rest(600, every: 60)));
        bench.RunTo(2); // The first look at a new step comes after 1 s.
        bench.Wire.Clear();

        bench.RunTo(61);

        Assert.Equal(19, bench.Wire.Journal.Count(t => t == "keepalive"));
        Assert.Equal(1, bench.Wire.Journal.Count(t => t == "demo/1 read"));
    }

    [Fact]
    public void Turn_NoRun_WantsNoTurn()
    {
        var bench = new Bench(capabilities: FakeInstrumentLink.DefaultCapabilities with { WatchdogTimeout = TimeSpan.FromSeconds(9) });
        bench.RunTo(100);

        Assert.Equal(long.MaxValue, bench.Deadline);
        Assert.Equal(["identify", "safe"], bench.Wire.Journal);
    }

    [Fact]
    public void Turn_VirtualClockAndAHeldRun_LetsTimeStandStill()
    {
        var bench = new Bench(clock: Core.Channels.ClockKind.Virtual);
        bench.Turn();
        bench.Start(TestPrograms.Of(TestPrograms.Rest(600)));
        bench.RunTo(1);
        bench.Wish(WishKind.Pause);
        bench.Turn();

        Assert.Equal(long.MaxValue, bench.Deadline);
    }
}
