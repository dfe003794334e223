using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <content>Confirming a suspected short: the engine leads the output through it, the judge looks at the samples.</content>
internal sealed partial class ChannelRunner
{
    /// <summary>After the engine has taken the sample: begins what was asked for, and acts on what is over.</summary>
    private void Confirm(ActiveRun run, in Sample sample)
    {
        if (run.Suspicion is { } suspicion)
        {
            run.Suspicion = null;
            if (State == ChannelState.Running && run.Segment.Confirmation == ConfirmationStage.None)
            {
                run.Judge.Begin(suspicion);
                Take(RunInputKind.Confirm, sample.TimeNanoseconds, sample);
            }
        }
        else if (run.IsVerdictDue)
        {
            run.IsVerdictDue = false;
            if (run.Judge.Verdict(sample.TimeSeconds) is { } found)
            {
                ActOn(run, sample, found);
            }
            else
            {
                Take(RunInputKind.NotConfirmed, sample.TimeNanoseconds, sample);
            }
        }
    }

    private static void ObserveConfirmation(ActiveRun run, in Sample sample)
    {
        var age = (sample.TimeNanoseconds - run.Segment.StartNanoseconds) * 1e-9;
        var length = (run.State.Confirmation.StageEndNanoseconds - run.Segment.StartNanoseconds) * 1e-9;
        run.Judge.Observe(run.Segment.Confirmation, sample, age, length);
    }
}
