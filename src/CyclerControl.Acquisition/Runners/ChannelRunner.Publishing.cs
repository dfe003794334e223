using CyclerControl.Acquisition.Links;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <content>What others see.</content>
internal sealed partial class ChannelRunner
{
    public void ShowLink(LinkStatus status)
    {
        _snapshot = _snapshot with { Link = status };
        Publish();
    }

    private void ShowReading(in Reading reading) => _snapshot = _snapshot with
    {
        ReadAtNanoseconds = reading.AtNanoseconds,
        Volts = reading.Volts,
        Amperes = reading.Amperes,
        Celsius = reading.Celsius,
    };

    private void Publish()
    {
        if (!_gate.IsPresent(_generation))
        {
            return;
        }

        if (_run is { } run)
        {
            UpdateRun(run);
        }

        _snapshot = _snapshot with { State = State, Output = Output.State, Setpoint = Output.Setpoint };
        _cell.Write(_snapshot);
    }

    private void UpdateRun(ActiveRun run)
    {
        ref var state = ref run.State;
        var time = state.LastSampleNanoseconds;
        var arming = _snapshot.Arming;
        if (time >= run.NextArmingNanoseconds)
        {
            run.NextArmingNanoseconds = time + LookEveryNanoseconds;
            arming = run.Detector.Arming;
        }

        _snapshot = _snapshot with
        {
            Step = run.Segment.Step,
            TestTimeNanoseconds = time,
            StepTimeNanoseconds = state.Phase == RunPhase.Running ? Math.Max(0, state.Step.TimeAt(time)) : state.Step.ElapsedNanoseconds,
            StepCount = state.Step.Count,
            Cycle = state.Leg.Cycle,
            HalfCycle = state.Leg.HalfCycle,
            Totals = state.Totals,
            StepTotals = state.Totals.Since(state.Step.TotalsAtStart),
            Arming = arming,
            Recorder = run.Recording.Status,
            Samples = run.Samples,
            MissedDeadlines = run.Missed.Total,
            InvalidReadings = run.Invalid.Total,
        };
    }
}
