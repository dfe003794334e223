using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <summary>
/// One run's recorder as a loop's thread uses it: a failure is remembered instead of thrown (the output must go off first), and a loop
/// that was abandoned by its supervisor is refused, so that two threads are never inside the recorder.
/// </summary>
internal sealed class RunRecording(IRunRecorder recorder, int generation)
{
    private int _owner = generation;
    private int _busy;

    /// <summary>Name of the run.</summary>
    public string RunId => recorder.RunId;

    /// <summary>Why recording has failed; null while all is well.</summary>
    public string? Failure { get; private set; }

    public RecorderStatus Status { get; private set; }

    public void Append(int caller, in SampleRow row)
    {
        if (!TryEnter(caller))
        {
            return;
        }

#pragma warning disable CA1031 // A recorder that throws must not keep the output from being switched off.
        try
        {
            recorder.Append(row);
        }
        catch (Exception failure)
        {
            Failure ??= failure.Message;
        }
#pragma warning restore CA1031

        Exit();
    }

    public void Append(int caller, in StepRecord step) => Do(caller, step, static (r, s) => r.Append(s));

    public void Append(int caller, RunEvent runEvent) => Do(caller, runEvent, static (r, e) => r.Append(e));

    public void AppendBurst(int caller, int burst, Sample[] samples, int count) =>
        Do(caller, (burst, samples, count), static (r, b) => r.AppendBurst(b.burst, b.samples.AsSpan(0, b.count)));

    public void Checkpoint(int caller, long timeNanoseconds, byte[] state) => Do(caller, (timeNanoseconds, state), static (r, c) =>
    {
        r.AppendCheckpoint(c.timeNanoseconds, c.state);
        r.RequestCommit();
    });

    /// <summary>A checkpoint that may wait for the next commit.</summary>
    public void Keep(int caller, long timeNanoseconds, byte[] state) =>
        Do(caller, (timeNanoseconds, state), static (r, c) => r.AppendCheckpoint(c.timeNanoseconds, c.state));

    public void RequestCommit(int caller) => Do(caller, 0, static (r, _) => r.RequestCommit());

    /// <summary>Reads the recorder's status; a failure stays known.</summary>
    public void Look(int caller) => Do(caller, this, static (r, self) =>
    {
        self.Status = r.Status;
        self.Failure ??= self.Status.Failure;
    });

    /// <summary>A new generation takes the recorder over.</summary>
    /// <returns>False when the abandoned thread is stuck inside it: nothing more can be recorded.</returns>
    public bool TryTakeOver(int newOwner)
    {
        if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            return false;
        }

        _owner = newOwner;
        Exit();
        return true;
    }

    private void Do<TArgument>(int caller, TArgument argument, Action<IRunRecorder, TArgument> action)
    {
        if (!TryEnter(caller))
        {
            return;
        }

#pragma warning disable CA1031 // As above.
        try
        {
            action(recorder, argument);
        }
        catch (Exception failure)
        {
            Failure ??= failure.Message;
        }
#pragma warning restore CA1031

        Exit();
    }

    private bool TryEnter(int caller)
    {
        if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            return false;
        }

        if (_owner == caller)
        {
            return true;
        }

        Exit();
        return false;
    }

    private void Exit() => Volatile.Write(ref _busy, 0);
}
