using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Testing.Fakes;

/// <summary>Keeps a run in memory.</summary>
public sealed class FakeRecorder(FakeWire? wire = null) : IRunRecorder
{
    /// <summary>Off for measurements.</summary>
    public bool KeepsRows { get; set; } = true;

    public List<SampleRow> Rows { get; } = [];

    public List<StepRecord> Steps { get; } = [];

    public List<RunEvent> Events { get; } = [];

    public List<(int Burst, Sample[] Samples)> Bursts { get; } = [];

    public List<(long TimeNanoseconds, byte[] State)> Checkpoints { get; } = [];

    public int Commits { get; private set; }

    public int Flushes { get; private set; }

    public long Appended { get; private set; }

    /// <summary>Reported as <see cref="RecorderStatus.Failure"/>; a flush then fails.</summary>
    public string? Failure { get; set; }

    /// <summary>Thrown by every append.</summary>
    public Exception? Throws { get; set; }

    public RecorderStatus Status => new(0, Appended, 0, Failure);

    public void Append(in SampleRow row)
    {
        Note("row");
        Appended++;
        if (KeepsRows)
        {
            Rows.Add(row);
        }
    }

    public void Append(in StepRecord step)
    {
        Note("step");
        Steps.Add(step);
    }

    public void Append(RunEvent runEvent)
    {
        Note("event " + runEvent.Kind);
        Events.Add(runEvent);
    }

    public void AppendBurst(int burst, ReadOnlySpan<Sample> samples)
    {
        Note("burst");
        Bursts.Add((burst, samples.ToArray()));
    }

    public void AppendCheckpoint(long timeNanoseconds, ReadOnlySpan<byte> state)
    {
        Note("checkpoint");
        Checkpoints.Add((timeNanoseconds, state.ToArray()));
    }

    public void RequestCommit() => Commits++;

    public bool Flush()
    {
        Note("flush");
        Flushes++;
        return Failure is null;
    }

    private void Note(string text)
    {
        wire?.Note(text);
        if (Throws is not null)
        {
            throw Throws;
        }
    }
}
