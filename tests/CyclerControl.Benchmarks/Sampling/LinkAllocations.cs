using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Benchmarks.Sampling;

/// <summary>
/// What one link's thread allocates, told apart: on the way of samples to the recorder's queue, and for events (a gap in the samples is one).
/// Gives its link's channels recorders that keep nothing; they are called on the link's thread.
/// </summary>
internal sealed class LinkAllocations
{
    private long previous = -1;
    private long samples;
    private long events;

    /// <summary>B.</summary>
    public long Samples => Volatile.Read(ref samples);

    /// <summary>B.</summary>
    public long Events => Volatile.Read(ref events);

    public IRunRecorder NewRecorder() => new Recorder(this);

    private void Add(ref long to)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        if (previous >= 0)
            Volatile.Write(ref to, to + allocated - previous);
        previous = allocated;
    }

    private sealed class Recorder(LinkAllocations link) : IRunRecorder
    {
        private long rows;

        public RecorderStatus Status => new(0, rows, 0, null);

        public void Append(in SampleRow row)
        {
            rows++;
            link.Add(ref link.samples);
        }

        public void Append(in StepRecord step)
        {
        }

        public void Append(RunEvent runEvent)
        {
            if (runEvent.Kind == "missed_deadlines")
                link.Add(ref link.events);
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
}
