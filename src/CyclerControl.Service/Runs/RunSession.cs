using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Runs;
using CyclerControl.Service.Preflight;

namespace CyclerControl.Service.Runs;

/// <summary>How a run went, once it is over.</summary>
/// <param name="Refusal">Why it was refused before anything was switched on; null when it ran.</param>
/// <param name="Ending">How it ended; null when it was refused.</param>
/// <param name="RecordingFailure">Why the recording could not be closed; null when it could.</param>
public sealed record RunConclusion(string? Refusal, RunEnding? Ending, string? RecordingFailure);

/// <summary>One started run.</summary>
public sealed class RunSession
{
    private readonly Func<ChannelSnapshot> _snapshot;
    private readonly Action _end;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal RunSession(Func<ChannelSnapshot> snapshot, Action end, LinkTiming timing, PreflightReport preflight)
    {
        Timing = timing;
        Preflight = preflight;
        _snapshot = snapshot;
        _end = end;
        Conclusion = Task.FromException<RunConclusion>(new InvalidOperationException("not started"));
    }

    /// <summary>Folder of the run; null until the instrument was identified and the recording opened.</summary>
    public string? Folder { get; private set; }

    /// <summary>Completes when the run's recording is open, or when there will be none.</summary>
    public Task Begun => _begun.Task;

    public string? RunId => Folder is null ? null : Path.GetFileName(Folder);

    /// <summary>Completes when the output is off, and the recording is closed.</summary>
    public Task<RunConclusion> Conclusion { get; private set; }

    /// <summary>What was found before the start.</summary>
    public PreflightReport Preflight { get; }

    /// <summary>How the link of the run's channel keeps its beat.</summary>
    public LinkTiming Timing { get; }

    public ChannelSnapshot Snapshot() => _snapshot();

    /// <summary>Output off at once, then the recording is closed.</summary>
    public void End() => _end();

    internal void BeginIn(string folder, Action<RunSession>? begun = null)
    {
        Folder = folder;
        begun?.Invoke(this);
        _begun.TrySetResult();
    }

    internal void Conclude(Task<RunConclusion> conclusion)
    {
        Conclusion = conclusion;
        _ = conclusion.ContinueWith(_ => _begun.TrySetResult(), TaskScheduler.Default);
    }
}
