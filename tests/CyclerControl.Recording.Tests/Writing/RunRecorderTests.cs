using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Reading;
using CyclerControl.Recording.Writing;

namespace CyclerControl.Recording.Tests.Writing;

public sealed class RunRecorderTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly ManualTime time = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Flush_ThroughSecondConnection_ShowsEveryRow()
    {
        using var recorder = new Recorder(time).Open(temporary.NewRun(), Rows.Header(), new RecorderOptions());
        for (var n = 0; n < 100; n++)
            recorder.Append(Rows.Row(n));
        Assert.Equal(0, recorder.Status.DurableRows);
        Assert.Equal(100, recorder.Status.QueuedRows);

        Assert.True(recorder.Flush());

        Assert.Equal(100, recorder.Status.DurableRows);
        using var reader = RunFileReader.Open(recorder.RunFilePath);
        Assert.Equal(Enumerable.Range(0, 100).Select(Rows.Row), reader.EnumerateSamples());
        Assert.Equal(100, reader.Progress!.Rows);
        Assert.Equal(Rows.Row(99).ChargingAmpHours, reader.Progress.ChargingAmpHours);
    }

    [Fact]
    public void Pump_BeforeInterval_WritesWithoutCommit_AfterIt_Commits()
    {
        var pump = new Recorder(time);
        using var recorder = pump.Open(temporary.NewRun(), Rows.Header(), new RecorderOptions());
        recorder.Append(Rows.Row(0));
        var due = pump.Pump();
        Assert.Equal(0, recorder.Status.DurableRows);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(time.NowNanoseconds(), due);
        pump.Pump();

        Assert.Equal(1, recorder.Status.DurableRows);
    }

    [Fact]
    public void RequestCommit_OnWallClock_CommitsInNextPump()
    {
        var pump = new Recorder(time);
        using var recorder = pump.Open(temporary.NewRun(), Rows.Header(), new RecorderOptions());
        recorder.Append(Rows.Row(0));
        recorder.RequestCommit();
        pump.Pump();
        Assert.Equal(1, recorder.Status.DurableRows);
    }

    [Fact]
    public void Finish_LeavesOneFileWithEverything()
    {
        var folder = temporary.NewRun();
        using var recorder = new Recorder(time).Open(folder, Rows.Header(folder.RunId), new RecorderOptions());
        var started = new RunEvent(0, "run_started", "started");
        var found = new RunEvent(12, "detection", "short", Rows.Detection());
        recorder.Append(started);
        for (var n = 0; n < 20; n++)
            recorder.Append(Rows.Row(n));
        recorder.Append(Rows.Step(1));
        recorder.Append(Rows.Step(2));
        recorder.Append(found);
        recorder.AppendBurst(1, [new Sample(1, 0.5, 0.25, null), new Sample(2, 0.5, 0.25, 25)]);
        recorder.AppendCheckpoint(5, [1, 2, 3]);
        recorder.AppendCheckpoint(7, [4, 5, 6]);
        var ending = new RunEnding(RunOutcome.ShortFound, 13, "short", Rows.Detection());

        Assert.True(recorder.Finish(ending));

        Assert.Equal(["run.sqlite"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
        using var reader = RunFileReader.Open(folder.Path);
        Assert.Equal(RunFileStatus.Ended, reader.Status);
        Assert.Equal(ending, reader.Ending);
        Assert.Equal([started, found], reader.Events);
        Assert.Equal([Rows.Step(1), Rows.Step(2)], reader.Steps);
        Assert.Equal(20, reader.EnumerateSamples().Count());
        Assert.Equal(new BurstSummary(1, 1, 2, 2), Assert.Single(reader.Bursts));
        Assert.Equal([new Sample(1, 0.5, 0.25, null), new Sample(2, 0.5, 0.25, 25)], reader.EnumerateBurst(1));
        Assert.Equal([4, 5, 6], reader.LastCheckpoint!.State);
        Assert.Equal(20, reader.LastCheckpoint.AfterRows);
        var cycle = Assert.Single(reader.Cycles);
        Assert.Equal((1, 1e-5, 1e-5, false), (cycle.Cycle, cycle.ChargingAmpHours, cycle.DischargingAmpHours, cycle.Complete));
        var header = Rows.Header(folder.RunId);
        Assert.Equal(header with { Parameters = reader.Header.Parameters, DetectionSettings = reader.Header.DetectionSettings }, reader.Header);
        Assert.Equal(header.Parameters, reader.Header.Parameters);
        Assert.Equal(header.DetectionSettings, reader.Header.DetectionSettings);
    }

    [Fact]
    public void LiveConnection_IsWriteAheadLogWithFullSync()
    {
        var folder = temporary.NewRun();
        using var writer = RunWriter.Create(folder, Rows.Header(), RunWriterOptions.Paced);
        Assert.Equal("wal", writer.Pragma("journal_mode"));
        Assert.Equal(2L, writer.Pragma("synchronous"));
        folder.Dispose();
    }

    [Fact]
    public void Open_HostThread_FlushAndFinish_Work()
    {
        using var host = new RecorderHost();
        var folder = temporary.NewRun();
        using var recorder = host.Open(folder, Rows.Header(), new RecorderOptions { Clock = ClockKind.Virtual });
        for (var n = 0; n < 200_000; n++)
        {
            recorder.Append(Rows.Row(n));
            if (n % 1000 == 0)
                recorder.RequestCommit();
        }

        Assert.True(recorder.Flush());
        Assert.Equal(new RecorderStatus(0, 200_000, 0, null), recorder.Status);
        Assert.True(recorder.Finish(Rows.Ended()));
        using var reader = RunFileReader.Open(folder.Path);
        Assert.Equal(200_000, reader.EnumerateSamples().LongCount());
        Assert.Equal(Rows.Row(199_999), reader.EnumerateSamples(199_999).Single());
    }

    [Fact]
    public void Own_WhileRecorded_IsRefusedWithReason()
    {
        var folder = temporary.NewRun();
        using var recorder = new Recorder(time).Open(folder, Rows.Header(), new RecorderOptions());
        var refused = Assert.Throws<RecordingException>(() => RunFolder.Own(folder.Path));
        Assert.Contains("recorded by another process", refused.Message, StringComparison.Ordinal);
    }
}
