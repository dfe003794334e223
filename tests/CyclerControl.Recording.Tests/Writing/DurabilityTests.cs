using CyclerControl.Core.Runs;
using CyclerControl.Recording.Catalogue;
using CyclerControl.Recording.Reading;
using CyclerControl.Recording.Writing;

namespace CyclerControl.Recording.Tests.Writing;

public sealed class DurabilityTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly ManualTime time = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Kill_InTheMiddle_LeavesEveryAcknowledgedRow()
    {
        var pump = new Recorder(time);
        var folder = temporary.NewRun();
        using var recorder = pump.Open(folder, Rows.Header(folder.RunId), new RecorderOptions());
        for (var n = 0; n < 5000; n++)
        {
            recorder.Append(Rows.Row(n));
            if (n % 700 == 0)
                recorder.RequestCommit();
            if (n % 50 == 0)
                pump.Pump();
        }

        pump.Pump();
        var acknowledged = recorder.Status.DurableRows;
        Assert.InRange(acknowledged, 1, 4999);
        var copy = CopyAsKilled(folder.Path);

        using (var reader = RunFileReader.Open(copy))
        {
            Assert.Equal(RunFileStatus.Unfinished, reader.Status);
            Assert.Equal(Enumerable.Range(0, (int)acknowledged).Select(Rows.Row), reader.EnumerateSamples());
        }

        Assert.True(RunRecovery.TryClose(copy));
        Assert.Equal(["run.sqlite"], Directory.GetFileSystemEntries(copy).Select(Path.GetFileName));
        using var closed = RunFileReader.Open(copy);
        Assert.Equal(RunOutcome.Interrupted, closed.Ending!.Outcome);
        Assert.Equal(Rows.Row((int)acknowledged - 1).TimeNanoseconds, closed.Ending.EndNanoseconds);
        Assert.Equal(acknowledged, closed.EnumerateSamples().LongCount());
        Assert.False(RunRecovery.TryClose(copy));
    }

    [Fact]
    public void DiskFull_FailsWithReason_KeepsAcknowledgedRowsAndTheEnding()
    {
        var pump = new Recorder(time);
        var folder = temporary.NewRun();
        using var recorder = pump.Open(folder, Rows.Header(folder.RunId), new RecorderOptions { Writer = RunWriterOptions.Paced with { MaxPages = 40 } });
        var n = 0;
        for (; recorder.Status.Failure is null && n < 100_000; n++)
        {
            recorder.Append(Rows.Row(n));
            if (n % 100 == 0)
            {
                recorder.RequestCommit();
                pump.Pump();
            }
        }

        Assert.Contains("disk full; free some space", recorder.Status.Failure, StringComparison.Ordinal);
        Assert.Contains(folder.RunFilePath, recorder.Status.Failure, StringComparison.Ordinal);
        var durable = recorder.Status.DurableRows;
        Assert.InRange(durable, 100, n);
        Assert.False(recorder.Finish(Rows.Ended(RunOutcome.RecordingFailed)));

        using var reader = RunFileReader.Open(folder.Path);
        Assert.Equal(Enumerable.Range(0, (int)durable).Select(Rows.Row), reader.EnumerateSamples());
        Assert.Equal(RunOutcome.RecordingFailed, reader.Ending!.Outcome);
    }

    [Fact]
    public void Dispose_WithoutEnding_KeepsEverythingAppended()
    {
        var folder = temporary.NewRun();
        using (var host = new RecorderHost())
        {
            using var recorder = host.Open(folder, Rows.Header(), new RecorderOptions());
            recorder.Append(Rows.Row(0));
        }

        using var reader = RunFileReader.Open(folder.Path);
        Assert.Equal(RunFileStatus.Unfinished, reader.Status);
        Assert.Equal([Rows.Row(0)], reader.EnumerateSamples());
    }

    [Fact]
    public void HostDisposed_WithOpenRun_KeepsEverythingAppended()
    {
        var folder = temporary.NewRun();
        var host = new RecorderHost();
        using var recorder = host.Open(folder, Rows.Header(), new RecorderOptions());
        recorder.Append(Rows.Row(0));
        host.Dispose();
        using var reader = RunFileReader.Open(folder.Path);
        Assert.Equal([Rows.Row(0)], reader.EnumerateSamples());
    }

    [Fact]
    public void Append_AndPump_DoNotAllocate()
    {
        var pump = new Recorder(time);
        using var recorder = pump.Open(temporary.NewRun(), Rows.Header(), new RecorderOptions());
        Cycle(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Cycle(1);
        // Per operation: the runtime may put a few bytes on this thread once, while it replaces code by better code.
        Assert.Equal(0, (GC.GetAllocatedBytesForCurrentThread() - before) / 2000);

        void Cycle(int round)
        {
            for (var n = 0; n < 2000; n++)
                recorder.Append(Rows.Row((round * 2000) + n));
            recorder.RequestCommit();
            pump.Pump();
        }
    }

    /// <summary>What the disk holds when the process dies now: the file and its log, not what is still in memory.</summary>
    private string CopyAsKilled(string folder)
    {
        var copy = Directory.CreateDirectory(Path.Combine(temporary.Path, "copy")).FullName;
        foreach (var name in new[] { "run.sqlite", "run.sqlite-wal" })
            File.Copy(Path.Combine(folder, name), Path.Combine(copy, name));
        return copy;
    }
}
