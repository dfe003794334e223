using CyclerControl.Acquisition.Schedules;

namespace CyclerControl.Acquisition.Runners;

/// <content>What a process before this one wanted stopped on a schedule instrument, and did not live to see off.</content>
internal sealed partial class ChannelRunner
{
    private LeftSchedule? _left;

    public void StopLeft(LeftSchedule left)
    {
        _left = left;
        SettleLeft();
        Publish();
    }

    private void SettleLeft()
    {
        if (_left is not { } left || _run is not null || !Output.IsConnected)
        {
            return;
        }

        var refusal = Output.TryAdopt(left.Schedule, left.RunId, left.Ticket, null, out var isOurs);
        if (Output.Broken is not null)
        {
            return; // On the next connection.
        }

        if (refusal is not null || !isOurs)
        {
            _left = null;
            Output.LetGo(OutputState.NotOurs);
            _observer.Alarm(Id.ToString(), $"run {left.RunId} was to be stopped when its program died; the channel does not run it any more{(refusal is null ? "" : $" ({refusal.Message})")}, and nothing was written to it");
        }
        else if (Output.TryOff())
        {
            _left = null;
            _observer.Alarm(Id.ToString(), $"run {left.RunId} was to be stopped when its program died: the channel is off now, confirmed");
        }
    }
}
