using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Neware.Messages;
using CyclerControl.Instruments.Dialects.Neware.StepFiles;

namespace CyclerControl.Instruments.Dialects.Neware;

/// <summary>What is known of our execution on one channel; it outlasts the connections, so that a broken one does not make a stranger of it.</summary>
internal sealed class BtsExecution
{
    private BtsRow _last;
    private double _baseSeconds;
    private double _baseAmpHours;
    private double _baseWattHours;

    /// <summary>Our own name of it; null: nothing of ours was ever started here.</summary>
    public string? RunId { get; private set; }

    /// <summary>The program's number of it; null while only the barcode is known.</summary>
    public long? TestId { get; private set; }

    /// <summary>Of the last row, 0 for none.</summary>
    public long LastSequence => _last.Sequence;

    /// <summary>When the program first said that it is over, while its record was not complete, ns.</summary>
    public long? OverSinceNanoseconds { get; set; }

    /// <summary>A start is on its way.</summary>
    public void Begin(string runId)
    {
        RunId = runId;
        TestId = null;
        Forget();
    }

    public void Know(string runId, long testId)
    {
        if (TestId != testId || RunId != runId)
        {
            Begin(runId);
            TestId = testId;
        }
    }

    /// <summary>The record is read from its beginning.</summary>
    public void Forget()
    {
        _last = default;
        _baseSeconds = _baseAmpHours = _baseWattHours = 0;
        OverSinceNanoseconds = null;
    }

    /// <summary>In our units, the second part of a step counted on from its first.</summary>
    /// <param name="schedule">Whose steps the row names.</param>
    public ScheduleRow Convert(in BtsRow row, BtsSchedule schedule)
    {
        var known = row.StepId >= 1 && row.StepId <= schedule.FileSteps.Length;
        var step = known ? schedule.FileSteps[(int)row.StepId - 1] : default;
        if (_last.Sequence == 0 || row.StepId != _last.StepId || row.CycleId != _last.CycleId || row.StepMilliseconds < _last.StepMilliseconds)
        {
            var goesOn = known && step.GoesOn && row.StepId == _last.StepId + 1;
            _baseSeconds = goesOn ? _baseSeconds + (_last.StepMilliseconds * 1e-3) : 0;
            _baseAmpHours = goesOn ? _baseAmpHours + Math.Abs(_last.AmpHours) : 0;
            _baseWattHours = goesOn ? _baseWattHours + Math.Abs(_last.WattHours) : 0;
        }

        _last = row;
        return new ScheduleRow(
            row.Sequence,
            known && step.Place is { } place && BtsStepWords.Fits(row.Word, step.Type) ? place : -1,
            row.CycleId,
            _baseSeconds + (row.StepMilliseconds * 1e-3),
            null,
            row.Volts,
            row.Amperes,
            _baseAmpHours + Math.Abs(row.AmpHours),
            _baseWattHours + Math.Abs(row.WattHours),
            null);
    }
}
