using CyclerControl.Acquisition.Links;
using CyclerControl.Core.Runs;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Acquisition.Tests.Runners;

/// <summary>A remark at 900 s; at 1,000 s the cell falls from 100 ohm to what the test says.</summary>
public sealed class NoteTests
{
    private static TestRun Go(bool touched, double ohms, ShortCircuitAction soft = ShortCircuitAction.Report, double from = 1000)
    {
        var bench = new Bench();
        bench.Link[1].Cell = (setpoint, now) => FakeChannel.Resistor(now >= from ? ohms : 100)(setpoint, now);
        bench.Turn();
        var run = bench.Start(TestPrograms.Of(TestPrograms.Rest(30, 1), TestPrograms.Plate(1e-3, 4000, 1)) with
        {
            Measure = Measure.Cycling,
            ShortCircuit = new ShortCircuitPolicy(ShortCircuitAction.Abort, soft, new ConfirmationPlan(30, true)),
        });
        bench.RunTo(900);
        bench.Mailbox.TryPost(new NoteMessage(0, "screws tightened", touched));
        bench.RunTo(4200);
        return run;
    }

    [Fact]
    public void Note_Remark_GoesIntoTheRunFileAndChangesNothing()
    {
        var run = Go(touched: false, ohms: 55);

        Assert.Contains(run.Recorder.Events, e => e is { Kind: "note", Message: "screws tightened" });
        Assert.Contains("confirmation_started", run.EventKinds);
    }

    [Fact]
    public void Note_CellTouched_DropThatFollowsIsNotTakenForAShort()
    {
        var run = Go(touched: true, ohms: 55);

        Assert.Contains(run.Recorder.Events, e => e is { Kind: "cell_touched", Message: "screws tightened" });
        Assert.DoesNotContain("confirmation_started", run.EventKinds);
        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
    }

    [Fact]
    public void Note_CellTouched_HardShortStillEndsTheRun()
    {
        var run = Go(touched: true, ohms: 0.5);

        Assert.Equal(RunOutcome.Tripped, run.Ending!.Outcome);
    }

    [Fact]
    public void Note_CellTouched_AfterTenMinutesADropIsOneAgain()
    {
        var run = Go(touched: true, ohms: 55, from: 2500);

        Assert.Equal(1500, Assert.Single(run.Recorder.Events, e => e.Kind == "detector_rearmed").TimeNanoseconds * 1e-9, 1.5);
        Assert.Contains("confirmation_started", run.EventKinds);
    }
}
