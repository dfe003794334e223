using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Schedules;

/// <summary>
/// Reads the record of an instrument that runs a schedule by itself: which row begins a step, and when each was taken in test time. One for each run; it
/// outlasts the connections to the instrument.
/// </summary>
internal sealed class ScheduleFollower(CompiledSchedule schedule, string runId, int pageRows)
{
    private ScheduleRow _last;
    private double _stepStartSeconds;
    private double _endSeconds;

    public CompiledSchedule Schedule { get; } = schedule;

    /// <summary>Name of the run, as the instrument was told.</summary>
    public string RunId { get; } = runId;

    /// <summary>How the instrument names the execution; null until it was started.</summary>
    public string? Ticket { get; set; }

    public ScheduleRow[] Page { get; } = new ScheduleRow[pageRows];

    public ScheduleFetch Fetched { get; private set; }

    /// <summary>What the instrument said before; changes of it are told once.</summary>
    public ScheduleState Told { get; set; } = ScheduleState.Running;

    /// <summary>What could not be written to the instrument when it was last tried; null: nothing.</summary>
    public string? Trouble { get; set; }

    /// <summary>The operator has asked for the end of the present step.</summary>
    public bool SkipAsked { get; set; }

    /// <summary>Steps that the instrument has begun, from 1.</summary>
    public int Execution { get; set; }

    /// <summary>The first row that was not known before a restart has been read.</summary>
    public bool IsAligned { get; set; }

    public bool HasRow { get; private set; }

    /// <summary>The engine is being brought on to the step of a row that was read: whatever ends now, the record does not.</summary>
    public bool HasMore { get; set; }

    /// <summary>Of a watched channel: whether its record can be the protocol's.</summary>
    public RecordFit Fit { get; } = new();

    /// <summary>Whether its sweeps are the protocol's.</summary>
    public SweepFit Sweeps { get; } = new();

    /// <summary>The last row; the engine takes it when it is known whether the step ended with it.</summary>
    public RunInput? Pending { get; set; }

    /// <summary>Test time of the row that was read last, ns.</summary>
    public long TimeNanoseconds { get; private set; }

    /// <summary>Test time at which the step of that row began, ns.</summary>
    public long StepStartNanoseconds => Nanoseconds.FromSeconds(_stepStartSeconds);

    public void Fetch(IScheduledChannel channel) => Fetched = channel.Fetch(HasRow ? _last.Sequence : 0, Page);

    /// <summary>The next row of the page.</summary>
    /// <returns>Whether the instrument began a step with it.</returns>
    public bool Read(in ScheduleRow row)
    {
        var begins = !HasRow || row.Step != _last.Step || row.Pass != _last.Pass || row.StepSeconds < _last.StepSeconds;
        if (begins)
        {
            Execution++;
            _stepStartSeconds = row.TestSeconds is { } test ? Math.Max(test - row.StepSeconds, _endSeconds) : _endSeconds;
        }

        _endSeconds = Math.Max(_endSeconds, row.TestSeconds ?? _stepStartSeconds + row.StepSeconds);
        TimeNanoseconds = Nanoseconds.FromSeconds(_endSeconds);
        HasRow = true;
        _last = row;
        return begins;
    }

    /// <summary>The step of the last row.</summary>
    public ScheduleStep Step => Schedule.Steps[_last.Step];
}
