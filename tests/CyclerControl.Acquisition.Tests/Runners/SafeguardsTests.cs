using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Acquisition.Tests.Runners;

public sealed class SafeguardsTests
{
    private const string Fired = "demo/1 had switched itself off (its watchdog fired)";
    private static readonly ChannelCapabilities s_watched = FakeInstrumentLink.DefaultCapabilities with { WatchdogTimeout = TimeSpan.FromSeconds(9) };

    [Fact]
    public void Turn_ProcessStoodStillLongerThanTheWatchdog_NamesItAndDoesNotSwitchOnAgain()
    {
        var bench = new Bench(capabilities: s_watched);
        bench.Turn();
        var run = bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 1000)));
        bench.RunTo(5);
        bench.Link[1].Tripped = Fired;
        bench.Wire.Clear();

        bench.Clock.NowSeconds = 30;
        bench.Turn();

        Assert.Equal(RunOutcome.Tripped, run.Ending!.Outcome);
        Assert.Equal(Fired, run.Ending.Reason);
        Assert.Contains("instrument_tripped", run.EventKinds);
        Assert.Equal(ChannelState.Tripped, bench.Snapshot().State);
        Assert.DoesNotContain(bench.Wire.Exchanges, t => t.Contains("apply", StringComparison.Ordinal));
    }

    [Fact]
    public void Start_ChannelThatHadTripped_SaysSoBeforeItIsCleared()
    {
        var bench = new Bench(capabilities: s_watched);
        bench.Turn();
        bench.Link[1].Tripped = Fired;

        var run = bench.Start(TestPrograms.Of(TestPrograms.Rest(1)));
        bench.RunTo(2);

        Assert.Equal(Fired, Assert.Single(run.Recorder.Events, e => e.Kind == "instrument_tripped").Message);
        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
    }

    [Fact]
    public void ConnectLink_WatchdogFiredMeanwhile_IsNamedAndArmedAgainBeforeTheOutputGoesOn()
    {
        var bench = new Bench(capabilities: s_watched);
        bench.Turn();
        var run = bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 100)));
        bench.RunTo(1);
        bench.Wire.Breaks = t => t == "demo/1 read" ? new LinkFaultException("cut") : null;
        bench.Link[1].Tripped = Fired;
        bench.Wire.Clear();
        bench.RunTo(1.15);
        bench.Wire.Breaks = null;

        bench.RunTo(20);

        Assert.Contains("instrument_tripped", run.EventKinds);
        var said = bench.Wire.Exchanges.ToList();
        Assert.InRange(said.IndexOf("demo/1 prepare"), 0, said.FindIndex(t => t.StartsWith("demo/1 apply", StringComparison.Ordinal)) - 1);
    }

    [Fact]
    public void Start_ChannelWithoutWatchdog_SaysSoInTheRunFile()
    {
        var bench = new Bench();
        bench.Turn();

        var run = bench.Start(TestPrograms.Of(TestPrograms.Rest(1)));
        bench.RunTo(0.1);

        var words = Assert.Single(run.Recorder.Events, e => e.Kind == "safeguards").Message;
        Assert.StartsWith("NO WATCHDOG", words, StringComparison.Ordinal);
        Assert.Contains("abort within 10 ms", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Stop_WhileSeveralChannelsAreRead_GoesOutRightAfterTheRunningExchange()
    {
        var bench = new Bench(channels: 4);
        bench.Turn();
        for (var channel = 1; channel <= 4; channel++)
        {
            bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 100)), channel);
        }

        bench.RunTo(1.05);
        bench.Wire.Clear();
        var stopped = false;
        bench.Wire.Breaks = text =>
        {
            if (text.EndsWith("read", StringComparison.Ordinal) && !stopped)
            {
                stopped = true;
                bench.Wish(Acquisition.Links.WishKind.Stop, 4);
            }

            return null;
        };

        bench.RunTo(1.15);

        Assert.EndsWith("read", bench.Wire.Exchanges[0], StringComparison.Ordinal);
        Assert.Equal("demo/4 off", bench.Wire.Exchanges[1]);
    }

    [Fact]
    public void Turn_OneChannelWithoutReadings_TheOthersKeepTheirBeatAndTakeTurnsAtBeingFirst()
    {
        var bench = new Bench(channels: 3);
        bench.Turn();
        bench.Link[2].Quality = _ => ReadingQuality.Invalid;
        for (var channel = 1; channel <= 3; channel++)
        {
            bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 100)), channel);
        }

        bench.RunTo(3.05);

        Assert.Equal([30L, 30L], new[] { bench.Snapshot(1).Samples, bench.Snapshot(3).Samples });
        Assert.Equal(0, bench.Snapshot(1).MissedDeadlines);
        Assert.Equal(ChannelState.Faulted, bench.Snapshot(2).State);
        bench.Wire.Clear();
        bench.RunTo(4.05);
        var firsts = bench.Wire.Exchanges.Where(t => t.EndsWith("read", StringComparison.Ordinal)).Chunk(2).Select(pair => pair[0]).Distinct();
        Assert.Equal(2, firsts.Count());
    }
}
