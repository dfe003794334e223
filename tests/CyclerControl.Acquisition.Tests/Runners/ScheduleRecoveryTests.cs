using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Acquisition.Schedules;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Testing.Fakes;
using static CyclerControl.Acquisition.Tests.Runners.ScheduleTests;

namespace CyclerControl.Acquisition.Tests.Runners;

/// <summary>An instrument that runs the schedule by itself, and a process of ours that has died.</summary>
public sealed class ScheduleRecoveryTests
{
    [Fact]
    public void Recover_AfterAKill_AdoptsAndReadsWhatItMissed()
    {
        var (before, box) = Boxed();
        var killed = before.Start(Program());
        before.RunTo(42);
        var rows = killed.Recorder.Rows;
        var stood = new DurableProgress(killed.Recorder.Checkpoints[^1].State, rows[0], rows[^1], rows.Count, 0);

        var bench = new Bench(capabilities: FakeScheduledChannel.Boxed);
        var moved = box.MovedTo(bench.Clock, bench.Wire, secondsLater: 70);
        bench.Link.Scheduled = moved;
        bench.Turn();
        var (run, restored) = bench.Recover(Program(), stood, 112, r => r with { Ticket = "test 7" });
        bench.RunTo(100);

        Assert.Equal(RunOutcome.NoShort, run.Ending!.Outcome);
        Assert.Equal(0, moved.Starts);
        Assert.DoesNotContain("stop", bench.Wire.Exchanges);
        Assert.True(restored.Decided.IsCompleted);
        var gap = run.Recorder.Events.Single(e => e.Kind == "restart_gap").Message;
        Assert.Contains("what it recorded meanwhile is read", gap, StringComparison.Ordinal);
        Assert.DoesNotContain("switched off", gap, StringComparison.Ordinal); // Nobody did.
        Assert.Equal([1, 2, 3], run.Recorder.Steps.Select(s => s.StepCount));
        Assert.Equal([60, 120, 150], run.Recorder.Steps.Select(s => s.EndNanoseconds / Nanoseconds.PerSecond));
        Assert.Equal(Current * 60 / 3600, run.Recorder.Steps[0].DischargingAmpHours, 1e-12);
        Assert.Null(moved.Reached);
        Assert.True(run.Recorder.Rows[0].TimeNanoseconds > rows[^1].TimeNanoseconds);
        Assert.InRange(bench.Snapshot().Samples, 105, 120);
    }

    [Fact]
    public void Recover_InARamp_TellsTheInstrumentHowFarItHasComeOnRecord()
    {
        var steps = Program().Nodes.Cast<StepNode>().ToArray();
        var program = Program() with
        {
            Nodes =
            [
                steps[0] with { Next = 1 },
                new LoopNode(1, null, null, "steps[1]", 1, [Current], LoopExhausted.Next, null),
                steps[1] with { Index = 2, Parent = 1, Next = 3, Amperes = null, RampLoop = 1 },
                steps[2] with { Index = 3, Parent = 1 },
            ],
        };
        var (before, box) = Boxed();
        var killed = before.Start(program);
        before.RunTo(80);
        var rows = killed.Recorder.Rows;
        var since = rows.Where(row => row.StepCount == 2).ToList();
        var stood = new DurableProgress(killed.Recorder.Checkpoints[^1].State, since[0], since[^1], since.Count, 1);

        var bench = new Bench(capabilities: FakeScheduledChannel.Boxed);
        var moved = box.MovedTo(bench.Clock, bench.Wire, secondsLater: 10);
        bench.Link.Scheduled = moved;
        bench.Turn();
        var (run, _) = bench.Recover(program, stood, 90, r => r with { Ticket = "test 7" });
        bench.RunTo(100);

        Assert.Equal(new ScheduleProgress(1, 0), moved.Reached);
        Assert.Equal(RunOutcome.NoShort, run.Ending!.Outcome);
    }

    [Theory]
    [InlineData(42)] // in the first step that has rows
    [InlineData(57)] // it ends while nobody looks
    [InlineData(62)] // it has ended, and the next one has no row yet
    [InlineData(77)] // in the last one
    public void Recover_AWatchedRecordWithoutTheFirstRest_IsFollowedOn(double killedAt)
    {
        var programmed = TestPrograms.Of(TestPrograms.Plate(Current, 60), TestPrograms.Strip(Current, 60));
        var program = TestPrograms.Of(TestPrograms.Rest(30), TestPrograms.Plate(Current, 60), TestPrograms.Strip(Current, 60));
        var before = new Bench(capabilities: FakeScheduledChannel.Watched);
        var box = new FakeScheduledChannel(before.Clock, before.Wire) { Capabilities = FakeScheduledChannel.Watched, Programmed = programmed };
        before.Link.Scheduled = box;
        before.Turn();
        var killed = before.Start(program);
        before.RunTo(killedAt);
        var ended = killed.Recorder.Steps.Count;
        var since = killed.Recorder.Rows.Where(row => row.StepCount > ended).ToList();
        var stood = new DurableProgress(
            killed.Recorder.Checkpoints[^1].State, since.Count > 0 ? since[0] : null, since.Count > 0 ? since[^1] : null, since.Count, ended);

        var bench = new Bench(capabilities: FakeScheduledChannel.Watched);
        bench.Link.Scheduled = box.MovedTo(bench.Clock, bench.Wire, secondsLater: 10);
        bench.Turn();
        var (run, _) = bench.Recover(program, stood, killedAt + 10, r => r with { Ticket = "test 7" });
        bench.RunTo(100);

        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
        Assert.Equal(120, run.Ending.EndNanoseconds / Nanoseconds.PerSecond);
    }

    /// <summary>A process has died in the middle of a run; the box goes on, before the next process.</summary>
    private static (Bench Bench, FakeScheduledChannel Box) AfterADeath()
    {
        var (before, box) = Boxed();
        before.Start(Program());
        before.RunTo(42);
        var bench = new Bench(capabilities: FakeScheduledChannel.Boxed);
        var moved = box.MovedTo(bench.Clock, bench.Wire, secondsLater: 10);
        bench.Link.Scheduled = moved;
        return (bench, moved);
    }

    private static void PostStopLeft(Bench bench, string ticket) =>
        bench.Mailbox.TryPost(new StopLeftMessage(0, new LeftSchedule(bench.Link.Compiler!.Compile(Program()).Schedule!, "run", ticket)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void StopLeft_ARunThatADeadProcessWantedStopped_IsStoppedWhenTheLinkStands(bool isOpenBefore)
    {
        var (bench, moved) = AfterADeath();
        bench.IsUnreachable = !isOpenBefore;
        bench.Turn();
        PostStopLeft(bench, "test 7");
        bench.Turn();
        Assert.Equal(!isOpenBefore, moved.IsOn);
        bench.IsUnreachable = false;
        bench.RunTo(5);

        Assert.False(moved.IsOn);
        Assert.Equal(OutputState.Off, bench.Snapshot().Output);
        Assert.Single(bench.Observer.Told, t => t.Contains("the channel is off now, confirmed", StringComparison.Ordinal));
    }

    [Fact]
    public void StopLeft_TheLinkBreaksMeanwhile_IsStoppedOnTheNextOne()
    {
        var (bench, moved) = AfterADeath();
        bench.Turn();
        bench.Wire.Breaks = text => text == "stop" ? new LinkFaultException("cable") : null;
        PostStopLeft(bench, "test 7");
        bench.Turn();
        Assert.True(moved.IsOn);
        Assert.Equal(OutputState.Unconfirmed, bench.Snapshot().Output);
        bench.Wire.Breaks = null;
        bench.RunTo(5);
        Assert.False(moved.IsOn);
    }

    [Fact]
    public void StopLeft_TheChannelRunsSomethingElse_WritesNothing()
    {
        var (bench, moved) = AfterADeath();
        bench.Turn();
        PostStopLeft(bench, "test 6");
        bench.RunTo(5);
        Assert.True(moved.IsOn);
        Assert.DoesNotContain("stop", bench.Wire.Exchanges);
        Assert.Equal(OutputState.NotOurs, bench.Snapshot().Output);
    }

    [Fact]
    public void Recover_TheChannelRunsSomethingElse_FaultsAndWritesNothing()
    {
        var (before, _) = Boxed();
        var killed = before.Start(Program());
        before.RunTo(42);
        var rows = killed.Recorder.Rows;
        var stood = new DurableProgress(killed.Recorder.Checkpoints[^1].State, rows[0], rows[^1], rows.Count, 0);
        var (bench, _) = Boxed();
        var (run, _) = bench.Recover(Program(), stood, 112, r => r with { Ticket = "test 6" });
        bench.RunTo(20);
        Assert.Equal(RunOutcome.Faulted, run.Ending!.Outcome);
        Assert.DoesNotContain("stop", bench.Wire.Exchanges);
    }
}
