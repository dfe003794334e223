using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Benchmarks.Simulate;

/// <summary>Keeps nothing: what a run takes without its recording.</summary>
internal sealed class CountingRecorder : IRunRecorder
{
    private long rows;

    public RecorderStatus Status => new(0, rows, 0, null);

    public void Append(in SampleRow row) => rows++;

    public void Append(in StepRecord step)
    {
    }

    public void Append(RunEvent runEvent)
    {
    }

    public void AppendBurst(int burst, ReadOnlySpan<Sample> samples)
    {
    }

    public void AppendCheckpoint(long timeNanoseconds, ReadOnlySpan<byte> state)
    {
    }

    public void RequestCommit()
    {
    }

    public bool Flush() => true;
}
