using System.Globalization;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <summary>The time for which nobody looked at a run.</summary>
internal static class RestartGap
{
    /// <summary>A clock that is further than this behind the last sample cannot measure the gap.</summary>
    private const long MostBehindNanoseconds = 5 * Nanoseconds.PerSecond;

    /// <summary>Test time now, by the wall: never before the last durable sample.</summary>
    /// <param name="restored">The run.</param>
    /// <param name="clock">A clock of another kind than the wall's did not run while this program did not.</param>
    /// <param name="doubt">Why the length of the gap is not known; null: it is.</param>
    public static long TestTime(RestoredRun restored, IClock clock, out string? doubt)
    {
        var elapsed = (clock.Origin - restored.StartedUtc).Ticks * 100;
        var now = elapsed + clock.NowNanoseconds;
        doubt = clock.Kind == ClockKind.Wall && now < restored.AsOfNanoseconds - MostBehindNanoseconds
            ? FormattableString.Invariant(
                $"the clock of this computer is {(restored.AsOfNanoseconds - now) * 1e-9:0} s behind the last sample of the run: nobody knows how long it was interrupted")
            : null;
        return clock.Kind == ClockKind.Wall ? Math.Max(now, restored.AsOfNanoseconds) : restored.AsOfNanoseconds;
    }

    /// <summary>From when to when, and how much charge may have passed unseen.</summary>
    public static string Sentence(RestoredRun restored, long now, ChannelCapabilities capabilities)
    {
        var gap = (now - restored.AsOfNanoseconds) * 1e-9;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"this program was restarted: nothing is recorded from {restored.AsOfNanoseconds * 1e-9:0.###} s to {now * 1e-9:0.###} s ({gap:0.###} s)");
        if (capabilities.Schedule is not null)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"this program was restarted: nobody looked from {restored.AsOfNanoseconds * 1e-9:0.###} s to {now * 1e-9:0.###} s ({gap:0.###} s); the instrument runs by itself, and what it recorded meanwhile is read");
        }

        var amperes = restored.State.Phase == RunPhase.Paused ? 0 : Math.Abs(restored.State.LastAmperes);
        return amperes == 0 ? text + "; no current was flowing" : text + "; " + Unaccounted(restored, gap, amperes, capabilities);
    }

    private static string Unaccounted(RestoredRun restored, double gap, double amperes, ChannelCapabilities capabilities)
    {
        var seconds = Math.Min(gap, restored.CommitSeconds);
        var before = string.Create(
            CultureInfo.InvariantCulture,
            $"up to {seconds:0.###} s of charge before the interruption are not accounted for ({amperes * seconds / 3600:0.###e+0} Ah)");
        if (capabilities.WatchdogTimeout is { } watchdog)
        {
            return before + string.Create(
                CultureInfo.InvariantCulture, $", and until the instrument's watchdog switched off at most {Math.Min(gap, watchdog.TotalSeconds):0.###} s more");
        }

        return before + string.Create(
            CultureInfo.InvariantCulture,
            $"; NO WATCHDOG: unless the instrument lost power its output stayed on until it was switched off just now (up to {amperes * gap / 3600:0.###e+0} Ah in all)");
    }
}
