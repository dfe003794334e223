using CyclerControl.Core.Channels;

namespace CyclerControl.Core.Runs;

/// <summary>Applies a step's record rule to the samples.</summary>
internal static class RecordDecision
{
    /// <summary>Whether the rule asks for this sample; remembers it if so.</summary>
    public static bool Wants(ref RunState state, RecordRule rule, in Sample sample)
    {
        var due = sample.TimeNanoseconds >= state.Record.DueNanoseconds; // the first of a segment always is
        var changed =
            (rule.OnChangeVolts is { } volts && Math.Abs(sample.Volts - state.Record.LastVolts) >= volts)
            || (rule.OnChangeAmperes is { } amperes && Math.Abs(sample.Amperes - state.Record.LastAmperes) >= amperes);
        if (!due && !changed)
        {
            return false;
        }

        Remember(ref state, rule, sample);
        return true;
    }

    /// <summary>The sample was written for whatever reason: the next one is due an interval later.</summary>
    public static void Remember(ref RunState state, RecordRule rule, in Sample sample)
    {
        state.Record.LastVolts = sample.Volts;
        state.Record.LastAmperes = sample.Amperes;
        var sinceChange = sample.TimeNanoseconds - state.Segment.StartNanoseconds;
        if (Interval(rule, sinceChange) is not { } interval)
        {
            state.Record.DueNanoseconds = long.MaxValue;
            return;
        }

        // On the segment's own grid, so that a late sample does not shift all that follow.
        var passed = sinceChange / interval;
        state.Record.DueNanoseconds = state.Segment.StartNanoseconds + ((passed + 1) * interval);
    }

    private static long? Interval(RecordRule rule, long sinceChangeNanoseconds)
    {
        if (rule.AfterChangeEverySeconds is { } dense && rule.AfterChangeForSeconds is { } span
            && sinceChangeNanoseconds < Nanoseconds.FromSeconds(span))
        {
            return Math.Max(1, Nanoseconds.FromSeconds(dense));
        }

        return rule.EverySeconds is { } every ? Math.Max(1, Nanoseconds.FromSeconds(every)) : null;
    }
}
