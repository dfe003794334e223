using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <summary>Where a run's end is handed from the link's thread to whoever started it.</summary>
internal sealed class RunCompletion
{
    private readonly TaskCompletionSource<RunResult> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<RunResult> Result => _source.Task;

    public void Refuse(string reason) => _source.TrySetResult(new RunResult(reason, null));

    /// <summary>Neither refused nor ended: the run stays open in its file, for the program that comes after this one.</summary>
    public void Leave() => _source.TrySetResult(new RunResult(null, null));

    public void End(RunEnding ending) => _source.TrySetResult(new RunResult(null, ending));
}
