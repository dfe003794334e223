using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.BioLogic.Techniques;

namespace CyclerControl.Instruments.Dialects.BioLogic.Records;

/// <summary>Why a channel has stopped: the instrument does not say, so the last row and the techniques tell it.</summary>
internal static class StopReason
{
    public static (ScheduleState State, string Message) Of(TechniqueSchedule schedule, RowDecoder decoder)
    {
        var (clock, volts, amperes) = (decoder.Clock, decoder.LastVolts, decoder.LastAmperes);
        if (clock.Technique is not { } index)
        {
            return (ScheduleState.Stopped, "the channel has stopped, and no row is left that says where");
        }

        if (decoder.RampAt(index) is { RunOut: var (closed, why) } ramp)
        {
            return (ScheduleState.Protected, FormattableString.Invariant(
                $"the instrument stopped behind level {ramp.Window.Before + closed} of the ramp: {why}; the levels until there are complete"));
        }

        var technique = decoder.TechniqueAt(index);
        var reached = technique.Tests.Where(test => test.IsReached(volts, amperes)).ToList();
        if (technique.Tests.FirstOrDefault(test => test.IsJoined) is not null && reached.Count < technique.Tests.Length)
        {
            reached.Clear();
        }

        // Of one that was taken up on the way it may not be known when it began: what can be its end then counts as it.
        var isOver = clock.TechniqueSecondsAtMost >= technique.Seconds - Slack(technique);
        var isLast = technique.Step == schedule.Steps.Count - 1 && IsLastOfItsStep(schedule, decoder, index);
        if (reached.Find(test => test.Meaning is LimitMeaning.Short) is { } shorted)
        {
            return (ScheduleState.Protected, $"the instrument stopped: {shorted}, a hard short");
        }

        if (reached.Find(test => test.Meaning is LimitMeaning.Limit) is { } limit)
        {
            return (ScheduleState.Protected, $"the instrument stopped: {limit}, the limit of the protocol");
        }

        if (reached.Exists(test => test.Meaning == LimitMeaning.LastGoal) || (isLast && reached.Exists(test => test.Meaning == LimitMeaning.Goal)))
        {
            return (ScheduleState.Finished, "the goal of the last step was reached");
        }

        return (isOver, technique.AtTimeEnd) switch
        {
            (true, TimeEnd.NotInTime) => (ScheduleState.Protected, "the instrument stopped: a goal was not reached in time"),
            (true, TimeEnd.Finished) => (ScheduleState.Finished, "the charge of the last step was reached"),
            (true, _) when isLast => (ScheduleState.Finished, "all steps done"),
            _ => (ScheduleState.Stopped, "the channel was stopped at the instrument, or by another program"),
        };
    }

    private static bool IsLastOfItsStep(TechniqueSchedule schedule, RowDecoder decoder, int index) =>
        index + 1 >= schedule.Techniques.Length || decoder.TechniqueAt(index + 1).Step != decoder.TechniqueAt(index).Step;

    /// <summary>The row that ends a technique may be one record earlier.</summary>
    private static double Slack(Technique technique)
    {
        var every = technique.Parameters.FirstOrDefault(parameter => parameter.Label == "Record_every_dT").Value;
        return Math.Max(2 * every, 0.1) + 1e-6 * technique.Seconds;
    }
}
