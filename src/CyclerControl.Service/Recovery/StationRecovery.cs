using System.Collections.Concurrent;
using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Recording;
using CyclerControl.Recording.Catalogue;
using CyclerControl.Recording.Files;
using CyclerControl.Service.Runs;
using CyclerControl.Service.Stations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CyclerControl.Service.Recovery;

/// <summary>
/// Finds the runs that a dead process left open, once, when the station's links have been started: takes up those whose protocol resumes, closes
/// the others. Whether a run that was taken up goes on or is held is decided on its link's thread, as soon as its instrument answers.
/// </summary>
public sealed class StationRecovery(
    StationHost station,
    DataFolder data,
    RunLauncher launcher,
    RunCatalogue catalogue,
    RunBoard board,
    RunFollowUp followUp,
    LatchBook latches,
    ILogger<StationRecovery> logger) : IHostedService
{
    private readonly ConcurrentQueue<RecoveredRun> _order = new();
    private readonly ConcurrentDictionary<string, RecoveredRun> _latest = new(StringComparer.Ordinal);

    /// <summary>What was found when the service started, and what has become of it since. Any thread.</summary>
    public IReadOnlyList<RecoveredRun> Outcomes => [.. _order.Select(r => r.RunId is { } id ? _latest.GetValueOrDefault(id, r) : r)];

    /// <summary>Outputs are switched off by the links themselves, which were started before: their first act is the safe state.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.Run(Recover, CancellationToken.None);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Recover()
    {
        var problems = new List<string>();
        foreach (var run in UnfinishedRuns.Take(data, problems))
        {
            Tell(Recover(run));
        }

        foreach (var problem in problems)
        {
            Tell(new RecoveredRun(null, null, RecoveryAction.Left, problem, null));
        }
    }

    private RecoveredRun Recover(UnfinishedRun run)
    {
        try
        {
            ChannelId? channel = ChannelId.TryParse(run.Header.ChannelId, out var id) && station.Station.InstrumentOf(id) is not null ? id : null;
            var latch = channel is { } known ? latches.Of(known) : null;
            if (run.Ended is { } ended)
            {
                if (channel is { } mine && latch is null && ended.Outcome is RunOutcome.Tripped or RunOutcome.Faulted)
                {
                    station.LinkOf(mine).Latch(mine, new ChannelLatch(ended.Outcome == RunOutcome.Tripped ? ChannelState.Tripped : ChannelState.Faulted, ended.Reason));
                }

                return Close(run, ended, "it had ended, and only its file was not closed" + StopLeft(run, channel));
            }

            if (latch is not null)
            {
                var outcome = latch.State == ChannelState.Tripped ? RunOutcome.Tripped : RunOutcome.Faulted;
                return Close(run, new RunEnding(outcome, 0, latch.Reason, null), $"its channel is {latch.State}: {latch.Reason}{StopLeft(run, channel)}");
            }

            return Judge(run, out var program, out var progress) is { } reason ? Close(run, new RunEnding(RunOutcome.Interrupted, 0, reason, null), reason) : TakeUp(run, program!, progress);
        }
        catch (RecordingException failure)
        {
            run.Dispose();
            return new RecoveredRun(run.Header.RunId, run.Header.ChannelId, RecoveryAction.Left, failure.Message, null);
        }
    }

    /// <summary>A schedule instrument goes on when we die: what was to be stopped, and nobody has seen off, is stopped now.</summary>
    /// <returns>What is done about it, for people; empty: nothing has to be.</returns>
    private string StopLeft(UnfinishedRun run, ChannelId? channel)
    {
        if (channel is not { } known || station.Station.InstrumentOf(known) is not { Link: { Compiler: not null, Capabilities: { IsWatched: false } can } } || run.IsConfirmedOff)
        {
            return "";
        }

        var (program, problem) = StoredProgram.Compile(run.Header, can);
        return program is not null && station.LinkOf(known).StopLeft(known, program, run.Header.RunId, run.Ticket)
            ? "; nobody had confirmed its output off, so the channel is stopped if it still runs it"
            : $"; nobody had confirmed its output off, and it cannot be stopped from here{(problem is null ? "" : $" ({problem})")}: look at the instrument";
    }

    /// <returns>Why the run cannot or must not go on; null: it may.</returns>
    private string? Judge(UnfinishedRun run, out RunProgram? program, out RestoredProgress progress)
    {
        program = null;
        progress = default;
        var instrument = ChannelId.TryParse(run.Header.ChannelId, out var channel) ? station.Station.InstrumentOf(channel) : null;
        if (run.Header.ResumeWithinSeconds is null && instrument?.Link.Compiler is null)
        {
            return "interrupted, and not to be resumed (on_restart: stop): the data is complete up to its last commit";
        }

        if (instrument is null)
        {
            return $"interrupted, and its channel {run.Header.ChannelId} is not in station '{station.Station.Name}'";
        }

        (program, var problem) = StoredProgram.Compile(run.Header, instrument.Link.Capabilities);
        problem ??= station.Station.OtherKind(channel, program!);
        if (problem is null)
        {
            progress = RunRestore.Restore(program!, run.Progress);
            problem = progress.Problem ?? (progress.State.Phase == RunPhase.Ended ? "it had come to its end" : null);
        }

        return problem is null ? null : "interrupted, and cannot be gone on with: " + problem;
    }

    private RecoveredRun Close(UnfinishedRun run, RunEnding how, string reason)
    {
        using (run)
        {
            var ending = RunRecovery.Close(run.Folder, how);
            catalogue.SetEnding(run.Header, ending);
            return new RecoveredRun(run.Header.RunId, run.Header.ChannelId, RecoveryAction.Closed, reason, null);
        }
    }

    private RecoveredRun TakeUp(UnfinishedRun run, RunProgram program, RestoredProgress progress)
    {
        var (session, restored) = launcher.Resume(run, program, progress);
        var boarded = new BoardedRun(session.Snapshot().Channel, session, program.ProtocolName, program.Cell.Id, run.Header.Operator);
        board.Put(boarded);
        followUp.Take(boarded);
        var taken = new RecoveredRun(run.Header.RunId, run.Header.ChannelId, RecoveryAction.Recovering, "waits for its instrument", session);
        _latest[run.Header.RunId] = taken;
        _ = FollowAsync(taken, restored.Decided);
        return taken;
    }

    private async Task FollowAsync(RecoveredRun taken, Task<RestartDecision> decided)
    {
        var decision = await decided;
        var now = taken with { Action = decision.Resumed ? RecoveryAction.Resumed : RecoveryAction.Held, Reason = decision.Reason };
        _latest[taken.RunId!] = now;
        logger.LogWarning("recovery: {Run}", now.ToString());
    }

    private void Tell(RecoveredRun run)
    {
        _order.Enqueue(run);
        logger.LogWarning("recovery: {Run}", run.ToString());
    }
}
