using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Reading;
using CyclerControl.Recording.Writing;

namespace CyclerControl.Recording.Tests.Writing;

public sealed class BackPressureTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly ManualTime time = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Append_WallClockQueueFull_DropsOnlySampleRowsAndSaysSo()
    {
        using var recorder = new Recorder(time).Open(temporary.NewRun(), Rows.Header(), new RecorderOptions { Capacity = 16 });
        for (var n = 0; n < 20; n++)
            recorder.Append(Rows.Row(n));
        Assert.Equal(new RecorderStatus(12, 0, 8, null), recorder.Status);
        Assert.Contains("half of the recording queue", recorder.Alarm, StringComparison.Ordinal);
        recorder.Append(Rows.Step(1));
        recorder.Append(Rows.Step(2));

        Assert.True(recorder.Flush());
        recorder.Append(Rows.Row(20));
        Assert.True(recorder.Flush());

        Assert.Null(recorder.Alarm);
        Assert.Equal(new RecorderStatus(0, 13, 8, null), recorder.Status);
        using var reader = RunFileReader.Open(recorder.RunFilePath);
        Assert.Equal([.. Enumerable.Range(0, 12).Select(Rows.Row), Rows.Row(20)], reader.EnumerateSamples());
        Assert.Equal(2, reader.Steps.Count);
        var gap = Assert.Single(reader.Events);
        Assert.Equal("recording_gap", gap.Kind);
        Assert.Equal(12 * Nanoseconds.PerSecond, gap.TimeNanoseconds);
        Assert.StartsWith("8 sample rows from 12 s to 19 s were not recorded", gap.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Append_WallClockAboveHalfAfterDrop_KeepsOneGap()
    {
        var pump = new Recorder(time);
        using var recorder = pump.Open(temporary.NewRun(), Rows.Header(), new RecorderOptions { Capacity = 16 });
        for (var n = 0; n < 13; n++)
            recorder.Append(Rows.Row(n));
        recorder.Append(Rows.Row(13));
        pump.Pump();
        for (var n = 14; n < 30; n++)
            recorder.Append(Rows.Row(n));
        Assert.True(recorder.Flush());

        using var reader = RunFileReader.Open(recorder.RunFilePath);
        Assert.Equal(["2 sample rows from 12 s to 13 s", "5 sample rows from 25 s to 29 s"], reader.Events.Select(e => e.Message[..e.Message.IndexOf(" were", StringComparison.Ordinal)]));
        Assert.Equal(30, reader.EnumerateSamples().Count() + recorder.Status.DroppedRows);
    }

    [Fact]
    public void Append_WallClockReservedPartFull_FailsTheRecording()
    {
        using var recorder = new Recorder(time).Open(temporary.NewRun(), Rows.Header(), new RecorderOptions { Capacity = 16 });
        for (var n = 1; n <= 16; n++)
            recorder.Append(Rows.Step(n));
        Assert.Null(recorder.Status.Failure);
        recorder.Append(Rows.Step(17));
        Assert.Contains("queue is full", recorder.Status.Failure, StringComparison.Ordinal);
        Assert.False(recorder.Flush());
    }

    [Fact]
    public void Append_VirtualClockQueueFull_WaitsAndLosesNothing()
    {
        using var recorder = new Recorder(time).Open(
            temporary.NewRun(), Rows.Header(), new RecorderOptions { Clock = ClockKind.Virtual, Capacity = 16 });
        for (var n = 0; n < 1000; n++)
            recorder.Append(Rows.Row(n));
        Assert.True(recorder.Flush());
        Assert.Equal(new RecorderStatus(0, 1000, 0, null), recorder.Status);
    }

    [Fact]
    public void Append_VirtualClockQueueFullWithThread_WaitsAndLosesNothing()
    {
        using var host = new RecorderHost(2);
        using var recorder = host.Open(
            temporary.NewRun(), Rows.Header(), new RecorderOptions { Clock = ClockKind.Virtual, Capacity = 64, RowsPerCommit = 500 });
        for (var n = 0; n < 20_000; n++)
            recorder.Append(Rows.Row(n));
        Assert.True(recorder.Flush());
        Assert.Equal(new RecorderStatus(0, 20_000, 0, null), recorder.Status);
        using var reader = RunFileReader.Open(recorder.RunFilePath);
        Assert.Equal(Enumerable.Range(0, 20_000).Select(Rows.Row), reader.EnumerateSamples());
    }

    [Fact]
    public void Pump_VirtualClock_CommitsByRowsWithoutWaitingForTime()
    {
        var pump = new Recorder(time);
        using var recorder = pump.Open(
            temporary.NewRun(), Rows.Header(), new RecorderOptions { Clock = ClockKind.Virtual, RowsPerCommit = 8 });
        for (var n = 0; n < 25; n++)
            recorder.Append(Rows.Row(n));
        pump.Pump();
        Assert.Equal(24, recorder.Status.DurableRows);
    }

    [Fact]
    public void Status_SixtySecondsWithoutCommit_IsFailure()
    {
        using var recorder = new Recorder(time).Open(temporary.NewRun(), Rows.Header(), new RecorderOptions());
        time.Advance(TimeSpan.FromHours(1)); // nothing to write is no stall
        Assert.Null(recorder.Status.Failure);
        recorder.Append(Rows.Row(0));
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Null(recorder.Status.Failure);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Contains("nothing could be written for 60 s", recorder.Status.Failure, StringComparison.Ordinal);
        recorder.Append(Rows.Row(1));
        Assert.Equal(1, recorder.Status.DroppedRows);
        Assert.False(recorder.Flush());
    }
}
