using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <content>The way of a sample: limits and detector first, then the engine, then everybody else.</content>
internal sealed partial class ChannelRunner
{
    /// <summary>How often a held run is read, at most: its voltage is for the eye only.</summary>
    private const long HeldPeriodNanoseconds = Nanoseconds.PerSecond;

    public bool IsHeld => _run is { InTail: false } && State == ChannelState.Paused;

    /// <summary>A virtual clock does not run on while a run is held for an operator: its time would be anybody's.</summary>
    public bool WantsSamples => _run is not null && Output.IsConnected
        && (_run.InTail || State == ChannelState.Running
            || (State == ChannelState.Paused && _clock.Kind != ClockKind.Virtual && !_run.IsUnreadableWhenHeld));

    public long PeriodNanoseconds
    {
        get
        {
            if (Capabilities.Schedule is { } schedule)
            {
                return schedule.PollEvery.Ticks * 100;
            }

            if (WantsBlocks)
            {
                return Capabilities.Buffered!.FetchEvery.Ticks * 100;
            }

            var period = Math.Max(_run?.PeriodNanoseconds ?? 0, Capabilities.FastestSampling.Ticks * 100);
            return Math.Max(1, IsHeld ? Math.Max(period, HeldPeriodNanoseconds) : period);
        }
    }

    /// <summary>Clock time at which the engine wants this channel read whatever the grid says, ns.</summary>
    public long ExtraDeadline
    {
        get
        {
            if (_run is not { InTail: false } run || State != ChannelState.Running || run.Deadline == long.MaxValue)
            {
                return long.MaxValue;
            }

            // A sample later than the last one: two in the same moment carry nothing.
            var wanted = run.State.HasSample ? Math.Max(run.Deadline, run.State.LastSampleNanoseconds + 1) : run.Deadline;
            var deadline = wanted > long.MaxValue - Math.Max(run.StartNanoseconds, 0) ? long.MaxValue : wanted + run.StartNanoseconds; // A restored run began before this clock did.

            // The reading that is wanted must have been taken when the buffer is fetched for it.
            return WantsBlocks && _blocks is { } blocks && deadline < long.MaxValue - (2 * blocks.PeriodNanoseconds)
                ? Math.Max(deadline + (2 * blocks.PeriodNanoseconds), blocks.FetchedAtNanoseconds + blocks.PeriodNanoseconds)
                : deadline;
        }
    }

    public void Observe(in Reading reading)
    {
        if (_run is { } run)
        {
            Take(run, reading);
            PublishSample();
        }
    }

    private void Take(ActiveRun run, in Reading reading)
    {
        if (reading.Quality != ReadingQuality.Valid || !double.IsFinite(reading.Volts) || !double.IsFinite(reading.Amperes))
        {
            ObserveInvalid(run, reading.AtNanoseconds);
            return;
        }

        run.Invalid.Clear();
        run.Samples++;
        var sample = new Sample(reading.AtNanoseconds - run.StartNanoseconds, reading.Volts, reading.Amperes, reading.Celsius);
        if (State != ChannelState.Paused && run.Burst.Add(sample))
        {
            AppendBurst(run);
        }

        _figures.Take(reading);
        run.Held = State == ChannelState.Paused ? sample : default;
        if (run.InTail)
        {
            if (!run.Burst.IsCapturing)
            {
                Complete();
            }
        }
        else if (State == ChannelState.Running && !IsStopped(run, sample))
        {
            Take(RunInputKind.Sample, sample.TimeNanoseconds, sample);
            Confirm(run, sample);
            Keep(run, sample.TimeNanoseconds);
            Look(sample.TimeNanoseconds);
        }
    }

    /// <summary>The instrument refused to be read.</summary>
    public void Observe(InstrumentErrorException refusal)
    {
        if (_run is { InTail: true })
        {
            Complete();
        }
        else if (IsHeld)
        {
            _run!.IsUnreadableWhenHeld = true; // Its output is off; nothing depends on the reading.
        }
        else if (_run is not null)
        {
            Fault(RunOutcome.Faulted, refusal.Message);
        }

        Publish();
    }

    /// <param name="deadlines">Missed between the sample before and the one that is due; 0: it is on time.</param>
    public void CountGap(long deadlines)
    {
        if (_run is { } run && run.Missed.AddToGap(deadlines, Now, _options.MissedDeadlineInterval) is > 0 and var unsaid)
        {
            RecordMissed(run, unsaid);
        }
    }

    /// <summary>Limits and detector; what they find that ends the run is acted on here, output first.</summary>
    private bool IsStopped(ActiveRun run, in Sample sample)
    {
        if (run.Limits.Observe(sample) is { } breach && ActOn(run, sample, breach))
        {
            return true;
        }

        if (sample.TimeNanoseconds < run.AppliedAtNanoseconds - run.StartNanoseconds)
        {
            return false; // The instrument took it by itself, under the set-point before: it says nothing about this one.
        }

        SettleTouch(run, sample.TimeNanoseconds);
        if (run.Segment.Confirmation != ConfirmationStage.None)
        {
            ObserveConfirmation(run, sample);
        }

        return run.Segment.Confirmation is ConfirmationStage.None or ConfirmationStage.Rest
            && run.Detector.Observe(new ReadOnlySpan<Sample>(in sample)) is { } found && ActOn(run, sample, found);
    }

    /// <summary>A fresh cell may rest outside the window: that is said, and does not trip.</summary>
    private bool ActOn(ActiveRun run, in Sample sample, LimitBreach breach)
    {
        var trips = breach.Trips && !Capabilities.IsWatched;
        if (trips)
        {
            Output.TryOff();
        }

        _snapshot = _snapshot with { Message = breach.Explanation };
        run.Recording.Append(_generation, new RunEvent(sample.TimeNanoseconds, "limit", breach.Explanation));
        if (trips)
        {
            Finish(RunInputKind.Trip, ChannelTrigger.Trip, sample, new EndingWords(RunOutcome.Tripped, breach.Explanation, null));
        }

        else if (breach.Trips)
        {
            TellThatItGoesOn(breach.Explanation);
        }

        return trips;
    }

    /// <summary>A watched channel: somebody has to go there.</summary>
    private void TellThatItGoesOn(string found)
    {
        _changed = true;
        _observer.Alarm(Id.ToString(), $"{found.TrimEnd('.')}. {Safeguards.WatchedOnly}: stop it at the instrument's own software");
    }

    private bool ActOn(ActiveRun run, in Sample sample, DetectionEvent found)
    {
        var verdict = WhileTouched(run, found, DetectionPolicy.Judge(found, run.Program, run.Segment));
        var isToBeStopped = verdict is DetectionVerdict.Trip or DetectionVerdict.Result;
        if (verdict == DetectionVerdict.Trip && Capabilities.IsWatched)
        {
            verdict = DetectionVerdict.Report; // Ending our record would not help the cell.
        }

        if (verdict is DetectionVerdict.Trip or DetectionVerdict.Result)
        {
            Output.TryOff();
        }

        if (verdict == DetectionVerdict.Ignore)
        {
            return false;
        }

        _snapshot = _snapshot with { LastDetection = found, Message = found.Explanation };
        _changed = true;
        run.Recording.Append(_generation, new RunEvent(sample.TimeNanoseconds, "detection", found.Explanation, found));
        run.Burst.Trigger(found.Kind, run.Segment.HalfCycle, sample.TimeNanoseconds);
        _observer.Detected(Id, found);
        if (isToBeStopped && Capabilities.IsWatched)
        {
            TellThatItGoesOn(found.Explanation);
        }

        if (verdict == DetectionVerdict.Report)
        {
            run.Suspicion = found is { Severity: DetectionSeverity.Suspect } && DetectionWords.IsShort(found.Kind) && run.TouchedUntilNanoseconds is null
                ? found
                : null;
            return false;
        }

        var isResult = verdict == DetectionVerdict.Result;
        Finish(
            isResult ? RunInputKind.ShortFound : RunInputKind.Trip,
            isResult ? ChannelTrigger.Complete : ChannelTrigger.Trip,
            sample,
            new EndingWords(null, found.Explanation, found));
        return true;
    }

    private void ObserveInvalid(ActiveRun run, long now)
    {
        if (run.InTail)
        {
            Complete();
        }
        else if (State == ChannelState.Running)
        {
            if (run.Invalid.Add(now))
            {
                run.Recording.Append(_generation, new RunEvent(TestTime(), "invalid_reading", "the instrument answered with its 'not a number'; the reading is left out"));
            }

            if (run.Invalid.TooMany(now, _options.MaxInvalidInRow, _options.MaxInvalidTime))
            {
                Fault(RunOutcome.Faulted, FormattableString.Invariant(
                    $"channel {Id}: {run.Invalid.InRow} invalid readings in a row: nothing is known about the cell"));
            }
        }

        Publish();
    }
}
