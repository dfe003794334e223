using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Acquisition.Tests.Runners;

public sealed class TripTests
{
    /// <summary>100 ohm until the short, then 0.5 ohm.</summary>
    private static Func<Setpoint, double, (double, double)> ShortsAt(double seconds) =>
        (setpoint, now) => FakeChannel.Resistor(now >= seconds ? 0.5 : 100)(setpoint, now);

    private static RunProgram Plating(Measure measure) =>
        TestPrograms.Of(TestPrograms.Rest(10), TestPrograms.Plate(1e-3, 3600), TestPrograms.Strip(1e-3, 3600)) with { Measure = measure };

    [Fact]
    public void Observe_HardShort_IsOffInTheTurnOfTheSecondShortedSampleBeforeAnythingElse()
    {
        var bench = new Bench();
        bench.Link[1].Cell = ShortsAt(60.0);
        bench.Turn();
        var run = bench.Start(Plating(Measure.Ccd));
        bench.RunTo(59.99);
        Assert.True(bench.Link[1].OutputIsOn);
        bench.Wire.Clear();

        bench.RunTo(60.1); // Two sample periods.

        Assert.False(bench.Link[1].OutputIsOn);
        var off = bench.Wire.Journal.ToList().IndexOf("demo/1 off");
        Assert.Equal("demo/1 read", bench.Wire.Journal[off - 1]);
        Assert.Equal("event detection", bench.Wire.Journal[off + 1]);
        Assert.Single(bench.Wire.Journal, "demo/1 off");
        Assert.Equal(60.1, run.Recorder.Rows[^1].TimeNanoseconds * 1e-9, 9);
        Assert.Equal(-0.0005, run.Recorder.Rows[^1].Volts, 9);
    }

    [Theory]
    [InlineData(Measure.Ccd, RunOutcome.ShortFound, ChannelState.Finished)]
    [InlineData(Measure.CriticalCapacity, RunOutcome.ShortFound, ChannelState.Finished)]
    [InlineData(Measure.Cycling, RunOutcome.Tripped, ChannelState.Tripped)]
    public void Observe_HardShort_IsAResultWhereItIsMeasuredAndATripElsewhere(Measure measure, RunOutcome outcome, ChannelState state)
    {
        var bench = new Bench();
        bench.Link[1].Cell = ShortsAt(60.0);
        bench.Turn();
        var run = bench.Start(Plating(measure));

        bench.RunTo(100);

        Assert.Equal(outcome, run.Ending!.Outcome);
        Assert.Equal(DetectionKind.HardShort, run.Ending.Short!.Kind);
        Assert.Equal(run.Ending.Short.Explanation, run.Ending.Reason);
        Assert.Equal(state, bench.Snapshot().State);
        Assert.Equal(OutputState.Off, bench.Snapshot().Output);
        Assert.Equal(["detection", "output_off", "run_ended"], run.EventKinds.Where(k => k != "link_timing").TakeLast(3));
        Assert.Equal(run.Ending.Short, run.Recorder.Events.Single(e => e.Kind == "detection").Detection);
    }

    [Fact]
    public void Observe_ShortThatIsOnlyReported_GoesOn()
    {
        var bench = new Bench();
        bench.Link[1].Cell = ShortsAt(60.0);
        bench.Turn();
        var run = bench.Start(Plating(Measure.Cycling) with { ShortCircuit = new ShortCircuitPolicy(ShortCircuitAction.Report, ShortCircuitAction.Report, null) });

        bench.RunTo(100);

        Assert.Null(run.Result);
        Assert.True(bench.Link[1].OutputIsOn);
        Assert.Single(run.EventKinds, "detection");
        Assert.NotNull(bench.Snapshot().LastDetection);
    }

    [Fact]
    public void Observe_LimitBreached_TripsAndLatchesUntilAcknowledged()
    {
        var bench = new Bench();
        bench.Link[1].Cell = (s, now) => FakeChannel.Resistor(now >= 60 ? 2000 : 100)(s, now);
        bench.Turn();
        var limits = TestPrograms.NoLimits with { MinVolts = -1, MaxVolts = 1 };
        var run = bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 3600) with { Limits = limits }));
        bench.RunTo(70);

        Assert.Equal(RunOutcome.Tripped, run.Ending!.Outcome);
        Assert.InRange(run.Ending.EndNanoseconds * 1e-9, 60.19, 60.41);
        var journal = bench.Wire.Journal.ToList();
        Assert.InRange(journal.IndexOf("demo/1 off"), 1, journal.IndexOf("event limit"));
        Assert.False(bench.Link[1].OutputIsOn);
        Assert.Contains("limit", run.EventKinds);

        var refused = bench.Start(TestPrograms.Of(TestPrograms.Rest(1)));
        bench.Turn();
        Assert.Contains("acknowledge", refused.Result!.Refusal, StringComparison.Ordinal);

        bench.Wish(WishKind.Acknowledge);
        var accepted = bench.Start(TestPrograms.Of(TestPrograms.Rest(1)));
        bench.RunTo(80);
        Assert.Equal(RunOutcome.Completed, accepted.Ending!.Outcome);
    }

    [Fact]
    public void Observe_RecorderThrowsInTheTripPath_OutputIsOffAllTheSame()
    {
        var bench = new Bench();
        bench.Link[1].Cell = ShortsAt(60.0);
        bench.Turn();
        var run = bench.Start(Plating(Measure.Ccd));
        bench.RunTo(59.99);
        run.Recorder.Throws = new IOException("disk full");

        bench.RunTo(60.1);

        Assert.False(bench.Link[1].OutputIsOn);
        Assert.NotNull(run.Result);
    }

    [Fact]
    public void Observe_OutputOffBreaksInATrip_IsUnconfirmedUntilTheSafeStateOfTheNextConnection()
    {
        var bench = new Bench();
        bench.Link[1].Cell = ShortsAt(60.0);
        bench.Turn();
        var run = bench.Start(Plating(Measure.Cycling));
        bench.RunTo(59.99);
        bench.Wire.Breaks = text => text == "demo/1 off" ? new LinkFaultException("no answer") : null;
        bench.IsUnreachable = true;

        bench.RunTo(61);

        Assert.Equal(RunOutcome.Tripped, run.Ending!.Outcome);
        Assert.Contains("output_unconfirmed", run.EventKinds);
        Assert.Equal(OutputState.Unconfirmed, bench.Snapshot().Output);
        Assert.Contains(bench.Observer.Told, t => t.Contains("OUTPUT UNCONFIRMED", StringComparison.Ordinal));

        bench.IsUnreachable = false;
        bench.RunTo(62);
        Assert.Equal(OutputState.Off, bench.Snapshot().Output);
        Assert.False(bench.Link[1].OutputIsOn);
        Assert.Equal(ChannelState.Tripped, bench.Snapshot().State);
    }

    [Fact]
    public void Observe_EmergencyBetweenTwoExchanges_IsServedBeforeTheNextRead()
    {
        var bench = new Bench(channels: 2);
        bench.Turn();
        bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 100)), 1);
        bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 100)), 2);
        bench.RunTo(0.95);
        bench.Wire.Clear();
        bench.Link[1].Cell = (s, now) =>
        {
            bench.Wish(WishKind.Stop, 2); // Arrives while channel 1 is being read.
            return FakeChannel.Resistor(100)(s, now);
        };

        bench.RunTo(1.0);

        Assert.Equal("demo/2 off", bench.Wire.Journal.First(t => t.StartsWith("demo/2", StringComparison.Ordinal)));
        Assert.True(bench.Link[1].OutputIsOn);
        Assert.False(bench.Link[2].OutputIsOn);
    }

    [Fact]
    public void Observe_ShortUnderACapture_RecordsTheBurstAroundIt()
    {
        var bench = new Bench(options: new LinkOptions { BurstAfter = TimeSpan.FromSeconds(60) });
        bench.Link[1].Cell = ShortsAt(60.0);
        bench.Turn();
        var run = bench.Start(Plating(Measure.Ccd));

        bench.RunTo(100);
        Assert.Null(run.Result);
        Assert.Equal(ChannelState.Finished, bench.Snapshot().State);
        Assert.False(bench.Link[1].OutputIsOn);

        bench.RunTo(130);

        var (_, samples) = Assert.Single(run.Recorder.Bursts);
        Assert.Equal(500 + 600, samples.Length);
        Assert.Equal(120.1, samples[^1].TimeSeconds, 6);
        Assert.Equal(RunOutcome.ShortFound, run.Ending!.Outcome);
        Assert.Equal(long.MaxValue, bench.Deadline);
    }

    [Fact]
    public void Observe_RestOutsideTheVoltageWindow_IsReportedAndDoesNotTrip()
    {
        var bench = new Bench();
        bench.Link[1].Cell = static (setpoint, _) => setpoint.Mode == OutputMode.Rest ? (2.2, 0) : (0.1, setpoint.Amperes);
        bench.Turn();
        var rest = TestPrograms.Rest(30);
        var run = bench.Start(TestPrograms.Of(rest with { Limits = rest.Limits with { MinVolts = -1, MaxVolts = 1.1 } }));

        bench.RunTo(100);

        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
        Assert.Single(run.Recorder.Events, e => e.Kind == "limit");
    }
}
