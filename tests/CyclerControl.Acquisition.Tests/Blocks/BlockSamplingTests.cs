using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Acquisition.Tests.Blocks;

public sealed class BlockSamplingTests
{
    private static readonly ChannelCapabilities s_buffered = FakeInstrumentLink.DefaultCapabilities with
    {
        FastestSampling = TimeSpan.FromMilliseconds(10),
        Buffered = new BufferedSampling(TimeSpan.FromMilliseconds(0.1), TimeSpan.FromMilliseconds(20), 5000),
    };

    [Fact]
    public void Turn_PeriodThatTheLinkCannotPoll_ComesFromTheBufferAndEverySampleCounts()
    {
        var bench = new Bench(capabilities: s_buffered);
        bench.Turn();
        var run = bench.Start(TestPrograms.Of(Every(TestPrograms.Plate(1e-3, 1, every: 0.001), 0.1), TestPrograms.Rest(0.5)));

        bench.RunTo(3);

        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
        Assert.Equal("demo/1 buffer 0.001", bench.Wire.Exchanges.First(t => t.Contains("buffer", StringComparison.Ordinal)));
        Assert.InRange(bench.Wire.Exchanges.Count(t => t == "demo/1 fetch"), 45, 60); // 50 Hz for a second.
        Assert.InRange(bench.Snapshot().Samples, 1000, 1060);
        Assert.InRange(run.Recorder.Steps[0].EndNanoseconds, 1_000_000_000L, 1_002_000_000L);
        Assert.Equal(1e-3 / 3600, run.Recorder.Steps[0].DischargingAmpHours, 1e-3 / 3600 * 2e-3);
        var times = run.Recorder.Rows.Select(r => r.TimeNanoseconds).ToList();
        Assert.Equal(times.Order(), times);
        Assert.InRange(run.Recorder.Rows.Count(r => r.TimeNanoseconds < 1_000_000_000), 10, 13); // The record rule asks for 10 Hz.
        Assert.Contains("demo/1 buffer off", bench.Wire.Exchanges); // The rest is sampled every 0.1 s, one by one.
    }

    [Fact]
    public void Turn_PeriodThatCanBePolled_LeavesTheBufferAlone()
    {
        var bench = new Bench(capabilities: s_buffered);
        bench.Turn();
        bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 1, every: 0.01)));

        bench.RunTo(3);

        Assert.DoesNotContain(bench.Wire.Exchanges, t => t.Contains("buffer", StringComparison.Ordinal) || t.Contains("fetch", StringComparison.Ordinal));
    }

    [Fact]
    public void Turn_LimitBreachedInsideABlock_IsOffInThatTurnBeforeAnythingIsRecorded()
    {
        var bench = new Bench(capabilities: s_buffered);
        bench.Turn();
        bench.Link[1].Cell = (setpoint, seconds) => (seconds > 0.505 ? -0.9 : -0.1, setpoint.Amperes);
        var step = TestPrograms.Plate(1e-3, 100, every: 0.001) with { Limits = new LimitSet(-0.5, null, 0.001, null, null, 1) };
        var run = bench.Start(TestPrograms.Of(step));
        bench.RunTo(0.503);
        bench.Wire.Clear();

        bench.RunTo(1);

        var trip = run.Recorder.Events.First(e => e.Kind == "limit");
        Assert.Equal(RunOutcome.Tripped, run.Ending!.Outcome);
        Assert.InRange(trip.TimeNanoseconds, 505_000_000L, 512_000_000L);
        var journal = bench.Wire.Journal.ToList();
        Assert.True(journal.IndexOf("demo/1 off") < journal.IndexOf("event limit"), string.Join('|', journal));
        Assert.Equal("demo/1 fetch", journal[journal.IndexOf("demo/1 off") - 1]);
    }

    [Fact]
    public void Turn_BufferOverflows_IsAnEventWithItsCount()
    {
        var bench = new Bench(capabilities: s_buffered);
        bench.Turn();
        var run = bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 100, every: 0.001)));
        bench.Link[1].BufferSize = 50;
        bench.RunTo(1.005);

        bench.Clock.NowSeconds = 1.305; // Nobody fetched for 0.3 s: 50 of about 300 readings are left.
        bench.Turn();

        var overflow = Assert.Single(run.Recorder.Events, e => e.Kind == "instrument_buffer_overflow");
        Assert.Matches("lost 2[45][0-9] or more readings", overflow.Message);
        Assert.Contains(bench.Observer.Told, t => t.Contains("buffer overflowed", StringComparison.Ordinal));
    }

    [Fact]
    public void Turn_InvalidReadingsInABlock_FaultTheRunAfterEleven()
    {
        var bench = new Bench(capabilities: s_buffered);
        bench.Turn();
        bench.Link[1].Quality = seconds => seconds > 0.5 ? ReadingQuality.Invalid : ReadingQuality.Valid;
        var run = bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 100, every: 0.001)));

        bench.RunTo(1);

        Assert.Equal(RunOutcome.Faulted, run.Ending!.Outcome);
        Assert.False(bench.Link[1].OutputIsOn);
    }

    [Fact]
    public void Turn_LinkLostAndBack_StartsTheBufferAgain()
    {
        var bench = new Bench(capabilities: s_buffered);
        bench.Turn();
        var run = bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 2, every: 0.001)));
        bench.RunTo(0.5);
        bench.Wire.Breaks = t => t == "demo/1 fetch" ? new LinkFaultException("cut") : null;
        bench.RunTo(0.6);
        bench.Wire.Breaks = null;
        bench.Link[1].StopBuffer(); // What a new connection knows of the old one's buffer.

        bench.RunTo(10);

        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
        Assert.True(bench.Wire.Exchanges.Count(t => t == "demo/1 buffer 0.001") >= 2);
        var times = run.Recorder.Rows.Select(r => r.TimeNanoseconds).ToList();
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public void Turn_BlocksAndReadingsOnOneLink_EachChannelGetsItsOwn()
    {
        var bench = new Bench(channels: 3, capabilities: s_buffered);
        bench.Turn();
        bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 2, every: 0.001)), 1);
        bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 2, every: 0.0005)), 2);
        bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 2, every: 0.1)), 3);

        bench.RunTo(1);

        Assert.InRange(bench.Snapshot(1).Samples, 960, 1000);
        Assert.InRange(bench.Snapshot(2).Samples, 1920, 2000);
        Assert.Equal(10, bench.Link[3].Reads, 1.0);
    }

    [Fact]
    public void Turn_ThousandsOfBlocks_AllocateNothing()
    {
        var bench = new Bench(capabilities: s_buffered);
        bench.Turn();
        bench.Wire.KeepsJournal = false;
        bench.Start(TestPrograms.Of(Every(TestPrograms.Plate(1e-3, 1e7, every: 0.001), 0.002)), recorder: new FakeRecorder { KeepsRows = false });
        bench.RunTo(60);
        var fetched = bench.Snapshot().Samples;

        var before = GC.GetAllocatedBytesForCurrentThread();
        bench.RunTo(160);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(100_000, bench.Snapshot().Samples - fetched, 30.0);
        Assert.Equal(0, allocated / 5000); // Per block; the runtime may put a few bytes on this thread once.
    }

    private static StepNode Every(StepNode step, double seconds) => step with { Record = step.Record with { EverySeconds = seconds } };
}
