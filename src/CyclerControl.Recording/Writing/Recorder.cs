using System.Collections.Concurrent;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Files;

namespace CyclerControl.Recording.Writing;

/// <summary>
/// Writes the files of any number of runs. A function before it is a thread: <see cref="Pump"/> does everything and never waits for time.
/// </summary>
public sealed class Recorder
{
    private readonly TimeProvider time;
    private readonly ConcurrentQueue<RecordedRun> opened = new();
    private readonly List<RecordedRun> runs = [];
    private readonly Action? wake;

    /// <summary>A recorder that its own recorders pump while they wait (one thread for everything).</summary>
    public Recorder(TimeProvider time)
        : this(time, new CommitPace(), wake: null)
    {
    }

    internal Recorder(TimeProvider time, CommitPace pace, Action? wake)
    {
        this.time = time;
        Pace = pace;
        this.wake = wake;
    }

    /// <summary>The present commit interval.</summary>
    public CommitPace Pace { get; }

    /// <summary>Makes the run file; its header is durable when this returns. Any thread. The folder belongs to the recorder from here on.</summary>
    /// <exception cref="RecordingException">The file cannot be made.</exception>
    public RunRecorder Open(RunFolder folder, RunHeader header, RecorderOptions options)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(options);
        return Add(folder, RunWriter.Create(folder, header, options.WriterOptions), options);
    }

    /// <summary>
    /// Opens the file of an interrupted run to go on with it: its header stays, rows are counted on. Any thread. The folder belongs to the
    /// recorder from here on.
    /// </summary>
    /// <exception cref="RecordingException">It cannot be written, is no run file of this version, or has its ending.</exception>
    public RunRecorder Resume(RunFolder folder, RecorderOptions options)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(options);
        return Add(folder, RunWriter.Resume(folder, options.WriterOptions), options);
    }

    private RunRecorder Add(RunFolder folder, RunWriter writer, RecorderOptions options)
    {
        var lane = new RunLane(options.QueueCapacity) { DurableRows = writer.Rows };
        lane.LastCommit = time.NowNanoseconds();
        var run = new RecordedRun(lane, writer, folder, options, Pace, time);
        Pace.RunOpened();
        opened.Enqueue(run);
        return new RunRecorder(lane, options, folder.RunFilePath, Pace, time, wake, this) { RunId = folder.RunId };
    }

    /// <summary>Closes every run as <see cref="RunRecorder.Dispose"/> does.</summary>
    internal void CloseAll()
    {
        Pump();
        foreach (var run in runs)
            run.Abandon();
        Pump();
    }

    /// <summary>Takes what the runs have queued, commits what is due.</summary>
    /// <returns>Wall time of the next turn, in nanoseconds of the time provider; <see cref="long.MaxValue"/> when no run is open.</returns>
    public long Pump()
    {
        while (opened.TryDequeue(out var run))
            runs.Add(run);
        var next = long.MaxValue;
        for (var i = runs.Count - 1; i >= 0; i--)
        {
            var due = runs[i].Pump();
            if (due == long.MaxValue)
                runs.RemoveAt(i);
            next = Math.Min(next, due);
        }

        return next;
    }
}
