using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <content>The second line: what the instrument does by itself, and what is said about it.</content>
internal sealed partial class ChannelRunner
{
    /// <summary>Nothing was exchanged for longer than the instrument's watchdog: a channel that it has switched off is not switched on again.</summary>
    public void LookForOwnTrip()
    {
        if (_run is not { InTail: false } || State != ChannelState.Running || NameOwnTrip() is not { } trip)
        {
            return;
        }

        Output.TryOff();
        Finish(RunInputKind.Trip, ChannelTrigger.Trip, default, new EndingWords(RunOutcome.Tripped, trip, null));
        Publish();
    }

    /// <summary>Before it is cleared, so that nobody has to guess why an output was off.</summary>
    private string? NameOwnTrip()
    {
        if (Output.AskOwnTrip() is not { } trip)
        {
            return null;
        }

        _run?.Recording.Append(_generation, new RunEvent(TestTime(), "instrument_tripped", trip));
        _observer.Alarm(Id.ToString(), trip);
        return trip;
    }

    /// <summary>What protects this run besides its limits and the detector, at its start.</summary>
    private void RecordSafeguards(ActiveRun run) =>
        run.Recording.Append(_generation, new RunEvent(TestTime(), "safeguards", Safeguards.Sentence(Capabilities, run.PeriodNanoseconds * 1e-9)));
}
