namespace CyclerControl.Core.Runs;

/// <summary>Kinds of events that a restart looks for.</summary>
public static class ScheduleEvents
{
    /// <summary>A schedule instrument was started; the message is how it names the execution.</summary>
    public const string Started = "schedule_started";
}
