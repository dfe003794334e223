using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Links;

/// <summary>The runs of a loop that was abandoned or died: ended as faulted by the loop that takes its place.</summary>
internal sealed class OrphanedRuns(IReadOnlyList<ActiveRun> runs, string reason)
{
    public static readonly OrphanedRuns None = new([], "");

    private bool _done = runs.Count == 0;

    /// <param name="generation">The loop that took over.</param>
    /// <param name="outputsOff">The safe state of the new connection is confirmed.</param>
    public void End(int generation, bool outputsOff)
    {
        if (_done)
        {
            return;
        }

        _done = true;
        var words = outputsOff ? reason : reason + "; OUTPUT UNCONFIRMED: the instrument cannot be reached";
        foreach (var run in runs)
        {
            var ending = run.Ending ?? new RunEnding(RunOutcome.Faulted, run.State.LastSampleNanoseconds, words, null);
            if (run.Recording.TryTakeOver(generation))
            {
                run.Recording.Append(generation, new RunEvent(ending.EndNanoseconds, "fault", words));
                run.Recording.Append(generation, new RunEvent(ending.EndNanoseconds, outputsOff ? "output_off" : "output_unconfirmed", words));
                run.Recording.Append(generation, new RunEvent(ending.EndNanoseconds, "run_ended", ending.Reason, ending.Short));
                run.Recording.RequestCommit(generation);
            }

            run.Completion.End(ending);
        }
    }
}
