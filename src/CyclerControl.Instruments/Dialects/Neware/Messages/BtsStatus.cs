using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Dialects.Neware.Messages;

/// <summary>The program's words for the state of a channel. One that is not known is neither running nor idle: nothing is started on it.</summary>
internal static class BtsStatus
{
    public const string Working = "working";

    /// <summary>For messages.</summary>
    public const string Idle = "'finish', 'stop' or 'protect'";

    public static bool IsIdle(string word) => word is "finish" or "stop" or "protect";

    public static ScheduleState Read(string word) => word switch
    {
        Working => ScheduleState.Running,
        "pause" => ScheduleState.Paused,
        "finish" => ScheduleState.Finished,
        "stop" => ScheduleState.Stopped,
        "protect" => ScheduleState.Protected,
        _ => ScheduleState.Unknown,
    };

    /// <summary>Of an end that nobody here has asked for.</summary>
    public static string? Words(ScheduleState state) => state switch
    {
        ScheduleState.Stopped => "stopped at the BTS program, not by us",
        ScheduleState.Protected => "the box's own protection has switched the channel off",
        _ => null,
    };
}
