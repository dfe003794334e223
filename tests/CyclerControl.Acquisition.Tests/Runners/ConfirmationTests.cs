using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Acquisition.Tests.Runners;

/// <summary>100 ohm for 1,000 s, then 55 ohm: a drop of 45 %, which alone never ends a run.</summary>
public sealed class ConfirmationTests
{
    private static RunProgram Plating(ConfirmationPlan? confirm, double every = 1) =>
        TestPrograms.Of(TestPrograms.Rest(30, every), TestPrograms.Plate(1e-3, 4000, every)) with
        {
            Measure = Measure.Cycling,
            ShortCircuit = new ShortCircuitPolicy(ShortCircuitAction.Abort, ShortCircuitAction.Report, confirm),
        };

    private static (Bench Bench, TestRun Run) Go(RunProgram program, Func<Setpoint, double, (double, double)> cell)
    {
        var bench = new Bench();
        bench.Link[1].Cell = cell;
        bench.Turn();
        var run = bench.Start(program);
        bench.RunTo(4200);
        return (bench, run);
    }

    private static Func<Setpoint, double, (double, double)> Drops(double back = double.PositiveInfinity) =>
        (setpoint, now) => FakeChannel.Resistor(now is >= 1000 && now < back ? 55 : 100)(setpoint, now);

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void Observe_DropThatStaysInPulsesBothWays_IsConfirmedAndTrips(double every)
    {
        var (bench, run) = Go(Plating(new ConfirmationPlan(30, true), every), Drops());
        Assert.Equal(RunOutcome.Tripped, run.Ending!.Outcome);
        Assert.Equal(DetectionKind.SoftShort, run.Ending.Short!.Kind);
        Assert.Equal(DetectionSeverity.Abort, run.Ending.Short.Severity);
        Assert.Contains("Confirmed", run.Ending.Reason, StringComparison.Ordinal);
        Assert.Contains("confirmation_started", run.EventKinds);
        Assert.False(bench.Link[1].OutputIsOn);
    }

    [Fact]
    public void Observe_DropThatComesBackInTheRest_GoesOnToItsEnd()
    {
        var (_, run) = Go(Plating(new ConfirmationPlan(30, true)), Drops(back: 1020));
        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
        Assert.Equal(["confirmation_started", "confirmation_ended"], run.EventKinds.Where(k => k.StartsWith("conf", StringComparison.Ordinal)));
        Assert.Contains(run.Recorder.Rows, r => r.Reason == RowReason.Confirmation);
        Assert.Equal(4070, run.Ending.EndNanoseconds * 1e-9, 6);
    }

    [Fact]
    public void Observe_DropWithoutConfirmation_GoesOnUntouched()
    {
        var (_, run) = Go(Plating(null), Drops());
        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
        Assert.Contains("detection", run.EventKinds);
        Assert.DoesNotContain("confirmation_started", run.EventKinds);
    }
}
