using CyclerControl.Recording;
using CyclerControl.Service.Reports;
using Microsoft.Extensions.Logging;

namespace CyclerControl.Service.Runs;

/// <summary>What is done when a run has ended: its report is written, and whoever waits for the channel is told.</summary>
public sealed class RunFollowUp(ILogger<RunFollowUp> logger)
{
    private readonly List<Task> _open = [];
    private readonly Lock _guard = new();

    private readonly List<Action<BoardedRun, RunConclusion>> _listeners = [];

    /// <summary>Wants to be called on a pool thread whenever a run has ended and its recording is closed.</summary>
    public void Listen(Action<BoardedRun, RunConclusion> listener)
    {
        lock (_guard)
        {
            _listeners.Add(listener);
        }
    }

    public void Take(BoardedRun run)
    {
        var task = FollowAsync(run);
        lock (_guard)
        {
            _open.RemoveAll(t => t.IsCompleted);
            _open.Add(task);
        }
    }

    /// <summary>Completes when all that was taken has been followed up.</summary>
    public Task DrainAsync()
    {
        lock (_guard)
        {
            return Task.WhenAll(_open);
        }
    }

    private async Task FollowAsync(BoardedRun run)
    {
#pragma warning disable CA1031 // What fails after a run must not take the service with it; the run itself is recorded.
        try
        {
            var conclusion = await run.Session.Conclusion;
            Tell(run, conclusion);
            WriteReport(run);
            TellListeners(run, conclusion);
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "{Channel}: what follows run {Run} has failed", run.Channel, run.Session.RunId);
        }
#pragma warning restore CA1031
    }

    private void TellListeners(BoardedRun run, RunConclusion conclusion)
    {
        Action<BoardedRun, RunConclusion>[] listeners;
        lock (_guard)
        {
            listeners = [.. _listeners];
        }

        foreach (var listener in listeners)
        {
            listener(run, conclusion);
        }
    }

    private void Tell(BoardedRun run, RunConclusion conclusion)
    {
        logger.LogInformation(
            "{Channel}: run {Run} ended: {Outcome}: {Reason}",
            run.Channel,
            run.Session.RunId,
            conclusion.Ending?.Outcome.ToString() ?? "left open",
            conclusion.Ending?.Reason ?? conclusion.Refusal ?? "to go on when the service is back");
        if (conclusion.RecordingFailure is { } failure)
        {
            logger.LogError("{Channel}: run {Run}: {Failure}", run.Channel, run.Session.RunId, failure);
        }
    }

    private void WriteReport(BoardedRun run)
    {
        try
        {
            RunReports.Write(run.Session.Folder!);
            RunOverviews.Save(run.Session.Folder!);
        }
        catch (Exception failure) when (failure is RecordingException or IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("{Channel}: report of run {Run} could not be written: {Reason}", run.Channel, run.Session.RunId, failure.Message);
        }
    }
}
