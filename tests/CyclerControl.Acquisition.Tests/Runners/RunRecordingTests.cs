using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Runs;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Acquisition.Tests.Runners;

public sealed class RunRecordingTests
{
    private readonly FakeRecorder _recorder = new();

    [Fact]
    public void Append_AbandonedGeneration_IsRefused()
    {
        var recording = new RunRecording(_recorder, 1);
        recording.Append(1, new RunEvent(0, "mine", ""));
        Assert.True(recording.TryTakeOver(2));
        recording.Append(1, new RunEvent(0, "stale", ""));
        recording.Append(1, default(SampleRow));
        recording.Append(2, new RunEvent(0, "new", ""));

        Assert.Equal(["mine", "new"], _recorder.Events.Select(e => e.Kind));
        Assert.Empty(_recorder.Rows);
    }

    [Fact]
    public async Task TryTakeOver_AbandonedThreadIsInsideTheRecorder_IsRefused()
    {
        using var inside = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        var recording = new RunRecording(new StuckRecorder(inside, leave), 1);
        var stuck = Task.Run(() => recording.RequestCommit(1));
        Assert.True(inside.Wait(TimeSpan.FromSeconds(30)));

        Assert.False(recording.TryTakeOver(2));
        leave.Set();
        await stuck;
        Assert.True(recording.TryTakeOver(2));
    }

    [Fact]
    public void Append_RecorderThrows_IsRememberedAsItsFailure()
    {
        _recorder.Throws = new IOException("disk full");
        var recording = new RunRecording(_recorder, 1);
        recording.Append(1, default(SampleRow));
        recording.Append(1, new RunEvent(0, "x", ""));
        Assert.Equal("disk full", recording.Failure);
    }

    private sealed class StuckRecorder(ManualResetEventSlim inside, ManualResetEventSlim leave) : Core.Channels.IRunRecorder
    {
        public Core.Channels.RecorderStatus Status => default;

        public void Append(in SampleRow row)
        {
        }

        public void Append(in StepRecord step)
        {
        }

        public void Append(RunEvent runEvent)
        {
        }

        public void AppendBurst(int burst, ReadOnlySpan<Core.Channels.Sample> samples)
        {
        }

        public void AppendCheckpoint(long timeNanoseconds, ReadOnlySpan<byte> state)
        {
        }

        public void RequestCommit()
        {
            inside.Set();
            leave.Wait();
        }

        public bool Flush() => true;
    }
}
