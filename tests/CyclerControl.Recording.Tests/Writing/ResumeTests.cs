using CyclerControl.Core.Runs;
using CyclerControl.Recording.Catalogue;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Reading;
using CyclerControl.Recording.Writing;

namespace CyclerControl.Recording.Tests.Writing;

public sealed class ResumeTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly ManualTime time = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Resume_RunLeftOpen_CountsOnAndKeepsEveryRow()
    {
        var path = LeaveOpen(25);
        var pump = new Recorder(time);
        using (var recorder = pump.Resume(RunFolder.Own(path), new RecorderOptions()))
        {
            Assert.Equal(25, recorder.Status.DurableRows);
            for (var n = 25; n < 60; n++)
                recorder.Append(Rows.Row(n));
            recorder.Append(new RunEvent(5, "restart_gap", "a gap", null, 17));
            Assert.True(recorder.Flush());
            Assert.Equal(60, recorder.Status.DurableRows);
            Assert.True(recorder.Finish(Rows.Ended()));
        }

        using var reader = RunFileReader.Open(path);
        Assert.Equal(Enumerable.Range(0, 60).Select(Rows.Row), reader.EnumerateSamples());
        Assert.Equal(60, reader.Progress!.Rows);
        Assert.Equal(Rows.Header(Path.GetFileName(path)).ProtocolText, reader.Header.ProtocolText);
        Assert.Equal(17, reader.Events.Single(e => e.Kind == "restart_gap").UntilNanoseconds);
        Assert.Equal(["run.sqlite"], Directory.GetFileSystemEntries(path).Select(Path.GetFileName));
    }

    [Fact]
    public void Resume_LogThatADeadProcessLeft_IsMovedIntoTheFileLaterAndNotWithTheFirstCommit()
    {
        using var folder = RunFolder.Own(LeaveOpen(25));
        using var writer = RunWriter.Resume(folder, RunWriterOptions.Paced);
        var folds = new List<bool>();
        for (var n = 25; n < 25 + RunWriter.MostCommitsBeforeFold; n++)
        {
            writer.Write(new RecordSlot { Kind = RecordKind.Sample, Row = Rows.Row(n) });
            writer.Commit();
            folds.Add((long)writer.Pragma("wal_autocheckpoint")! == RunWriterOptions.Paced.CheckpointPages);
        }

        Assert.All(folds.Take(RunWriter.FewestCommitsBeforeFold - 1), Assert.False);
        Assert.True(folds[^1]);
    }

    [Fact]
    public void Resume_RunThatHasEnded_IsRefused()
    {
        var folder = temporary.NewRun();
        using (var recorder = new Recorder(time).Open(folder, Rows.Header(folder.RunId), new RecorderOptions()))
            recorder.Finish(Rows.Ended());

        using var owned = RunFolder.Own(folder.Path);
        var refused = Assert.Throws<RecordingException>(() => new Recorder(time).Resume(owned, new RecorderOptions()));
        Assert.Contains("has ended", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_RunOfAnotherOwner_CannotBeOwned()
    {
        var folder = temporary.NewRun();
        using var recorder = new Recorder(time).Open(folder, Rows.Header(folder.RunId), new RecorderOptions());
        Assert.Throws<RecordingException>(() => RunFolder.Own(folder.Path));
        Assert.Empty(UnfinishedRuns.Take(temporary.Data, []));
    }

    [Fact]
    public void Commit_InTheMiddleOfABoundary_WaitsForItsCheckpoint()
    {
        var pump = new Recorder(time);
        var folder = temporary.NewRun();
        using var recorder = pump.Open(folder, Rows.Header(folder.RunId), new RecorderOptions());
        for (var n = 0; n < 10; n++)
            recorder.Append(Rows.Row(n));
        recorder.Append(Rows.Step(1));
        recorder.RequestCommit();
        pump.Pump();
        Assert.Equal(0, recorder.Status.DurableRows);

        recorder.AppendCheckpoint(Rows.Row(9).TimeNanoseconds, new byte[RunCheckpoint.Size]);
        recorder.RequestCommit();
        pump.Pump();
        Assert.Equal(10, recorder.Status.DurableRows);
    }

    [Fact]
    public void Take_RunsLeftOpen_TellsWhereEachStood()
    {
        var path = LeaveOpen(25);
        var ended = temporary.NewRun(7);
        using (var recorder = new Recorder(time).Open(ended, Rows.Header(ended.RunId), new RecorderOptions()))
            recorder.Finish(Rows.Ended());

        List<string> problems = [];
        using var run = Assert.Single(UnfinishedRuns.Take(temporary.Data, problems));

        Assert.Empty(problems);
        Assert.Equal(path, run.Folder.Path);
        Assert.Equal(Path.GetFileName(path), run.Header.RunId);
        Assert.Equal(900, run.Header.ResumeWithinSeconds);
        Assert.Equal((Rows.Row(20), Rows.Row(24), 5L, 2), (run.Progress.FirstAfter, run.Progress.Last, run.Progress.RowsAfter, run.Progress.LastEndedStep));
        Assert.Equal(RunCheckpoint.Size, run.Progress.Checkpoint!.Length);
        Assert.Equal(0.06, run.VoltsBeforeLeg);
        Assert.Equal(3, run.Bursts);
        Assert.Equal("held", run.PauseReason);
        Assert.Null(run.Ended);
    }

    [Theory]
    [InlineData(StepEnd.ShortCircuit, RunOutcome.ShortFound)]
    [InlineData(StepEnd.Time, RunOutcome.NoShort)]
    [InlineData(StepEnd.Interrupted, RunOutcome.Tripped)]
    public void Take_RunThatHadEnded_KnowsItsResult(StepEnd end, RunOutcome outcome)
    {
        var folder = temporary.NewRun();
        using (var recorder = new Recorder(time).Open(folder, Rows.Header(folder.RunId), new RecorderOptions()))
        {
            recorder.Append(Rows.Row(0));
            recorder.Append(Rows.Step(1, end));
            recorder.Append(new RunEvent(17, "run_ended", "because", end == StepEnd.Time ? null : Rows.Detection()));
        }

        using var run = Assert.Single(UnfinishedRuns.Take(temporary.Data, []));
        Assert.Equal((outcome, "because"), (run.Ended!.Outcome, run.Ended.Reason));
    }

    [Theory]
    [InlineData("limit", RunOutcome.Tripped)]
    [InlineData("fault", RunOutcome.Faulted)]
    [InlineData("note", RunOutcome.Interrupted)]
    public void Take_RunThatALimitOrAFaultEnded_KnowsItsResult(string cause, RunOutcome outcome)
    {
        var folder = temporary.NewRun();
        using (var recorder = new Recorder(time).Open(folder, Rows.Header(folder.RunId), new RecorderOptions()))
        {
            recorder.Append(Rows.Row(0));
            recorder.Append(new RunEvent(16, cause, "because"));
            recorder.Append(Rows.Step(1, StepEnd.Interrupted));
            recorder.Append(new RunEvent(17, "run_ended", "because"));
        }

        using var run = Assert.Single(UnfinishedRuns.Take(temporary.Data, []));
        Assert.Equal(outcome, run.Ended!.Outcome);
    }

    [Fact]
    public void Refresh_RunThatTheServiceMayGoOnWith_IsLeftOpen()
    {
        var path = LeaveOpen(25);
        var catalogue = new RunCatalogue(temporary.Data);

        Assert.Empty(catalogue.Refresh());
        Assert.Null(Assert.Single(catalogue.Runs).Outcome);

        var ending = RunRecovery.Close(RunFolder.Own(path), new RunEnding(RunOutcome.Interrupted, 0, "its channel is gone", null));
        Assert.Equal(Rows.Row(24).TimeNanoseconds, ending.EndNanoseconds);
        using var reader = RunFileReader.Open(path);
        Assert.Equal(ending, reader.Ending);
    }

    /// <summary>Rows, two ended steps with their checkpoint after the second, and no ending.</summary>
    private string LeaveOpen(int rows)
    {
        var folder = temporary.NewRun();
        using var recorder = new Recorder(time).Open(folder, Rows.Header(folder.RunId) with { ResumeWithinSeconds = 900 }, new RecorderOptions());
        for (var n = 0; n < rows; n++)
        {
            if (n is 10 or 20)
            {
                recorder.Append(Rows.Step(n / 10));
                recorder.AppendCheckpoint(Rows.Row(n).TimeNanoseconds, new byte[RunCheckpoint.Size]);
            }

            recorder.Append(Rows.Row(n));
        }

        recorder.Append(new RunEvent(1, "paused", "held"));
        recorder.AppendBurst(3, [new Core.Channels.Sample(1, 1, 1, null)]);
        Assert.True(recorder.Flush());
        return folder.Path;
    }
}
