using System.Globalization;

namespace CyclerControl.Core.Channels;

/// <summary>Says in words what a channel's instrument does for the safety of a cell, and how long a switch-off takes.</summary>
public static class Safeguards
{
    /// <summary>Of a model in this process: it needs no watchdog.</summary>
    public const string OfModel = "ends with this program";

    /// <summary>Of a channel that belongs to other software.</summary>
    public const string WatchedOnly = "WATCHED ONLY: this program cannot switch it off";

    /// <summary><c>watchdog 30 s</c>, or plainly that there is none.</summary>
    public static string Watchdog(ChannelCapabilities channel) => channel.IsWatched
        ? WatchedOnly
        : channel.Schedule is not null
        ? "runs by itself: if this computer dies, it goes on within its own limits, and is adopted afterwards"
        : channel.WatchdogTimeout is { } timeout
        ? string.Create(CultureInfo.InvariantCulture, $"watchdog {timeout.TotalSeconds:0.###} s")
        : "NO WATCHDOG: if this computer dies, the output stays on within its limits";

    /// <summary>How a Stop from outside gets through, and its worst case.</summary>
    public static string Stop(ChannelCapabilities channel) => channel.IsWatched
        ? "Stop has to be done at the instrument's own software"
        : string.Create(
        CultureInfo.InvariantCulture,
        $"Stop within {(channel.StopLatency ?? channel.AbortLatency).TotalMilliseconds:0.###} ms{(channel.HasAbortConnection ? " over its own connection" : " (an exchange that hangs, then off)")}");

    /// <summary>From the decision to the output off; of a watched channel, until somebody is told.</summary>
    public static string Abort(ChannelCapabilities channel) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(channel.IsWatched ? "a short is told within" : "abort in")} {channel.AbortLatency.TotalMilliseconds:0} ms");

    /// <summary>One sentence for the run file.</summary>
    /// <param name="channel">What the channel can do.</param>
    /// <param name="periodSeconds">Sample period, s.</param>
    public static string Sentence(ChannelCapabilities channel, double periodSeconds)
    {
        var period = TimeSpan.FromSeconds(Math.Clamp(periodSeconds, 0, 1e6));
        var mode = channel.Schedule is { } schedule
            ? string.Create(CultureInfo.InvariantCulture, $"its own record, fetched every {schedule.PollEvery.TotalSeconds:0.###} s")
            : channel.NeedsBuffer(period)
            ? string.Create(CultureInfo.InvariantCulture, $"samples from the instrument's buffer, fetched every {channel.Buffered!.FetchEvery.TotalMilliseconds:0.###} ms")
            : "samples one by one";
        return channel.IsWatched
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{WatchedOnly}, a short or a breached limit is told, and the instrument goes on; {mode}; told within {channel.AbortLatency.TotalSeconds:0.###} s of the record; {Stop(channel)}")
            : string.Create(
            CultureInfo.InvariantCulture,
            $"{Watchdog(channel)}; {mode}; abort within {channel.AbortLatencyAt(period).TotalMilliseconds:0.###} ms of the deciding sample; {Stop(channel)}");
    }
}
