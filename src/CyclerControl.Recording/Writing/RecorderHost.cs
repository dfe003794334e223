using CyclerControl.Core.Runs;
using CyclerControl.Recording.Files;

namespace CyclerControl.Recording.Writing;

/// <summary>The threads that pump recorders; runs are shared out among them by their id.</summary>
public sealed class RecorderHost : IDisposable
{
    public const int MaxThreads = 4;

    private readonly Writer[] writers;

    /// <param name="threads">1 to <see cref="MaxThreads"/>.</param>
    public RecorderHost(int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, MaxThreads);
        writers = new Writer[threads];
        for (var i = 0; i < threads; i++)
            writers[i] = new Writer(i, Pace);
    }

    /// <summary>The present commit interval, of all runs alike.</summary>
    public CommitPace Pace { get; } = new();

    /// <summary>See <see cref="Recorder.Open"/>. Any thread.</summary>
    public RunRecorder Open(RunFolder folder, RunHeader header, RecorderOptions options)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return WriterOf(folder).Add(r => r.Open(folder, header, options));
    }

    /// <summary>See <see cref="Recorder.Resume"/>. Any thread.</summary>
    public RunRecorder Resume(RunFolder folder, RecorderOptions options)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return WriterOf(folder).Add(r => r.Resume(folder, options));
    }

    /// <summary>Ends the threads once everything that was queued is durable. Runs without an ending are left as a crash would leave them.</summary>
    public void Dispose()
    {
        foreach (var writer in writers)
            writer.Dispose();
    }

    private Writer WriterOf(RunFolder folder)
    {
        var shard = 0;
        foreach (var c in folder.RunId)
            shard = ((shard * 31) + c) % writers.Length;
        return writers[shard];
    }

    private sealed class Writer : IDisposable
    {
        private readonly TimeProvider time = TimeProvider.System;
        private readonly AutoResetEvent wake = new(initialState: false);
        private readonly Recorder recorder;
        private readonly Thread thread;
        private bool stop;

        public Writer(int number, CommitPace pace)
        {
            recorder = new Recorder(time, pace, () => wake.Set());
            thread = new Thread(Loop) { Name = FormattableString.Invariant($"recorder {number}"), IsBackground = true };
            thread.Start();
        }

        public RunRecorder Add(Func<Recorder, RunRecorder> open)
        {
            var run = open(recorder);
            wake.Set();
            return run;
        }

        public void Dispose()
        {
            Volatile.Write(ref stop, true);
            wake.Set();
            thread.Join();
            // `wake` stays: a run that outlives its host may still signal it.
        }

        private void Loop()
        {
            while (!Volatile.Read(ref stop))
            {
                var due = recorder.Pump();
                var wait = due == long.MaxValue ? -1 : Math.Clamp((due - time.NowNanoseconds() + 999_999) / 1_000_000, 0, 60_000);
                wake.WaitOne((int)wait);
            }

            recorder.CloseAll();
        }
    }
}
