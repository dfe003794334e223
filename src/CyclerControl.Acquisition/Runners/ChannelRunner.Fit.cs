using CyclerControl.Acquisition.Schedules;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <content>Whether what runs there is the protocol. Of a watched channel nobody but the record says so; of others only what nobody has tried is compared.</content>
internal sealed partial class ChannelRunner
{
    private bool IsOnlyWatched(ScheduleFollower follower) => Capabilities.IsWatched && follower.Step.Node is null;

    /// <summary>What range a current is measured in is not known: the one that it needs.</summary>
    private double OffsetAmperesAt(double amperes)
    {
        foreach (var range in Capabilities.CurrentRanges)
        {
            if (range.MaxAmperes >= amperes)
            {
                return range.OffsetAmperes;
            }
        }

        return 0;
    }

    /// <summary>After a restart the steps of the record are counted anew, and rests that it leaves out are not among them.</summary>
    private void Align(ActiveRun run, ScheduleFollower follower, bool begins)
    {
        if (!follower.IsAligned && IsOnlyWatched(follower) && run.State.HasSample)
        {
            follower.Execution = run.State.Step.Count + (begins && run.State.Step.Samples > 0 ? 1 : 0);
        }

        follower.IsAligned = true;
    }

    /// <summary>A row that was judged; its step is the engine's.</summary>
    private void CompareRow(ActiveRun run, ScheduleFollower follower, in ScheduleRow row, bool begins)
    {
        if (run.Engine.StepOf(in run.State) is not { } step)
        {
            return;
        }

        if (IsOnlyWatched(follower))
        {
            var amperes = run.Engine.AmperesOf(in run.State);
            Leave(run, follower, follower.Fit.Take(row, begins, step, amperes, OffsetAmperesAt(amperes)));
        }

        if (IsFollowing(run))
        {
            Leave(run, follower, follower.Sweeps.Take(row, begins, step, Capabilities.VoltageOffsetVolts));
        }
    }

    /// <summary>The record has gone on to its next step; the engine has not yet.</summary>
    /// <returns>False when the run did not survive it.</returns>
    private bool CompareEnd(ActiveRun run, ScheduleFollower follower)
    {
        if (IsOnlyWatched(follower) && (follower.Pending is not null || run.State.Step.Samples > 0) && run.Engine.StepOf(in run.State) is { } step)
        {
            Leave(run, follower, follower.Fit.End(step, (follower.StepStartNanoseconds - run.State.Step.StartNanoseconds) * 1e-9));
        }

        return IsFollowing(run);
    }

    private void Leave(ActiveRun run, ScheduleFollower follower, string? misfit)
    {
        if (misfit is null)
        {
            return;
        }

        TakePending(follower);
        if (IsFollowing(run))
        {
            FaultOutOfStep(misfit);
        }
    }

    /// <summary>The protocol is over as planned, and what is watched is not.</summary>
    private void TellThatTheRecordGoesOn(ActiveRun run)
    {
        if (run is not { Ending: { Outcome: RunOutcome.Completed or RunOutcome.NoShort } ending, Follower: { HasMore: true } follower } || !IsOnlyWatched(follower))
        {
            return;
        }

        var words = $"the protocol's last step has ended, and the instrument's record goes on with a {NameOf(follower.Step)}: what comes is not part of this run; was the protocol started with the number of cycles that was programmed there?";
        run.Recording.Append(_generation, new RunEvent(ending.EndNanoseconds, "record_goes_on", words));
        _observer.Alarm(Id.ToString(), words);
    }
}
