using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <content>What operators remark, and do to the cell.</content>
internal sealed partial class ChannelRunner
{
    /// <summary>How long a hand on the cell explains a change: springs and contacts settle.</summary>
    private const long TouchSettlesNanoseconds = 600 * Nanoseconds.PerSecond;

    /// <summary>Writes a remark into the run file.</summary>
    /// <param name="touched">Somebody touched the cell: what the detector had learnt is dropped, and for ten minutes only a hard short ends the run.</param>
    public void Note(string text, bool touched)
    {
        if (_run is not { InTail: false } run)
        {
            return;
        }

        run.Recording.Append(_generation, new RunEvent(TestTime(), touched ? "cell_touched" : "note", text));
        run.Recording.RequestCommit(_generation);
        if (touched && run.State.Phase is RunPhase.Running or RunPhase.Paused)
        {
            run.TouchedUntilNanoseconds = TestTime() + TouchSettlesNanoseconds;
            run.RearmDetector();
        }

        Publish();
    }

    /// <summary>The ten minutes are over: the detector begins to learn the cell as it is now.</summary>
    private void SettleTouch(ActiveRun run, long testTime)
    {
        if (run.TouchedUntilNanoseconds is { } until && testTime >= until)
        {
            run.TouchedUntilNanoseconds = null;
            run.RearmDetector();
            run.Recording.Append(_generation, new RunEvent(testTime, "detector_rearmed", "ten minutes after the cell was touched: the detector learns it anew"));
        }
    }

    /// <summary>While the cell settles after a hand was on it, nothing but a hard short is taken for one.</summary>
    private static DetectionVerdict WhileTouched(ActiveRun run, DetectionEvent found, DetectionVerdict verdict) =>
        run.TouchedUntilNanoseconds is not null && found.Kind != DetectionKind.HardShort && verdict != DetectionVerdict.Ignore ? DetectionVerdict.Report : verdict;
}
