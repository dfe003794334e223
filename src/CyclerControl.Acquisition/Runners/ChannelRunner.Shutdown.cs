using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <content>The program ends in order.</content>
internal sealed partial class ChannelRunner
{
    /// <summary>
    /// Output off. A run whose protocol says that it goes on after a restart is left open in its file, as of its last sample: an update of the
    /// computer is no reason to lose a run of weeks. Any other run ends.
    /// </summary>
    public void ShutDown()
    {
        if (_run is { InTail: false, Follower: not null } scheduled && State is ChannelState.Running or ChannelState.Recovering)
        {
            LeaveRunning(scheduled);
            return;
        }

        if (_run is not { InTail: false, EndOnPause: false, Program.OnRestart.ResumeWithinSeconds: > 0 and var seconds } run)
        {
            End("shut down");
            return;
        }

        var confirmed = Output.TryOff() && Output.State == OutputState.Off;
        run.Recording.Append(_generation, new RunEvent(TestTime(), "service_stopped", FormattableString.Invariant(
            $"the service was shut down, output {(confirmed ? "off, confirmed" : "UNCONFIRMED")}; the run goes on if the service is back within {seconds} s")));
        run.Recording.RequestCommit(_generation);
        Show(run);
        _run = null;
        Fire(ChannelTrigger.LoseLink);
        Publish();
        run.Completion.Leave();
    }
}
