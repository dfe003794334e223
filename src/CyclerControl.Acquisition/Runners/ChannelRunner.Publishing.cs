using CyclerControl.Acquisition.Links;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <content>What others see.</content>
internal sealed partial class ChannelRunner
{
    /// <summary>How many samples, and how much test time, may pass until what changes rarely is looked at again.</summary>
    private const int LookEverySamples = 16;

    private const long LookEveryNanoseconds = 10 * Nanoseconds.PerSecond;

    private SampleFigures _figures;
    private bool _changed = true;

    public void ShowLink(LinkStatus status)
    {
        _snapshot = _snapshot with { Link = status };
        Publish();
    }

    /// <summary>After a sample: usually only its figures have changed.</summary>
    private void PublishSample()
    {
        if (_changed || _run is null)
        {
            Publish();
        }
        else if (_gate.IsPresent(_generation))
        {
            _figures.Take(_run);
            _cell.Write(_figures);
        }
    }

    private void Publish()
    {
        if (!_gate.IsPresent(_generation))
        {
            return;
        }

        if (_run is { } run)
        {
            Show(run);
        }

        _snapshot = _snapshot with { State = State, Output = Output.State, Setpoint = Output.Setpoint, InTail = _run is { InTail: true } };
        _cell.Write(_snapshot, _figures);
        _changed = false;
    }

    private void Show(ActiveRun run)
    {
        _figures.Take(run);
        _snapshot = _snapshot with
        {
            Step = run.Segment.Step,
            StepCount = run.State.Step.Count,
            Arming = run.Detector.Arming,
            Recorder = run.Recording.Status,
        };
    }

    /// <summary>The recorder's health, now and then.</summary>
    private void Look(long testTime)
    {
        if (_run is not { InTail: false } run || (++run.SamplesSinceLook < LookEverySamples && testTime < run.NextLookNanoseconds))
        {
            return;
        }

        run.SamplesSinceLook = 0;
        run.NextLookNanoseconds = testTime + LookEveryNanoseconds;
        _changed = true;
        run.Recording.Look(_generation);
        if (run.Recording.Failure is { } failure)
        {
            Fault(RunOutcome.RecordingFailed, "recording has failed: " + failure);
        }
    }
}
