using System.Collections.Immutable;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Protocols;

/// <summary>One step as one sentence.</summary>
internal sealed class StepSentence(AmountText amounts)
{
    public string Of(StepInContext place)
    {
        var sentence = place.Step switch
        {
            RestStep rest => $"Rest for {AmountText.Of(rest.Duration.Quantity)}",
            CurrentStep current => Current(current, place.Loops),
            HoldStep hold => Hold(hold, place.Previous),
            SweepStep sweep => Sweep(sweep),
            RepeatLoop repeat => Repeat(repeat),
            RampLoop ramp => $"For each of {RampValues.Print(ramp.Values)} ({ramp.Values.Length} {(ramp.Values.Length == 1 ? "pass" : "passes")})",
            _ => place.Step.Source.Path,
        };
        var name = place.Step.Name is { } given ? $"[{given}] " : "";
        var end = ProtocolWalk.BodyOf(place.Step) is null ? "." : ":";
        return $"{name}{sentence}{Own(place.Step.Settings)}{end}";
    }

    private string Current(CurrentStep step, ImmutableArray<ProtocolStep> loops)
    {
        var ramp = loops.OfType<RampLoop>().LastOrDefault();
        var current = step.Current is { } amount ? amounts.Of(amount) : ramp is null ? "the ramp's value" : amounts.Of(ramp.Values);
        var verb = char.ToUpperInvariant(step.Verb[0]) + step.Verb[1..];
        var hold = step.HoldUntil is { } ends ? HoldUntil(step, ends) : "";
        return $"{verb} at {current}{Ends(step.Ends, step.Direction)}{hold}{Within(step)}";
    }

    private string Hold(HoldStep step, ProtocolStep? previous)
    {
        var ceiling = step.AtMost is { } most ? $", at most {amounts.Of(most)}"
            : previous is SweepStep sweep ? $", at most {amounts.Of(sweep.AtMost)}, as in the sweep before"
            : previous is CurrentStep { Current: { } before } ? $", at most {amounts.Of(before)}, the current of the step before"
            : ", at most the current of the step before";
        var within = step.Ends.Within is { } given ? $"; not reached within {AmountText.Of(given.Quantity)}: output off and pause" : "";
        return $"Hold {step.Voltage}{ceiling}{Ends(step.Ends, 0)}{within}";
    }

    private string Sweep(SweepStep step)
    {
        var duration = step.Path.Seconds is { } seconds ? $", in {CompoundDuration.Print(seconds)}" : "";
        var start = step.From is null ? "the open-circuit voltage" : step.From.ToString();
        return $"Sweep the voltage from {start} to {step.To} at {step.Rate}{duration}, at most {amounts.Of(step.AtMost)}";
    }

    private static string Repeat(RepeatLoop loop)
    {
        var exhausted = loop.Exhausted switch
        {
            LoopExhausted.Pause => "pause the run",
            LoopExhausted.Stop => "end the run",
            _ => "go on",
        };
        var measure = loop.Measure is { } kind && kind != Measure.None ? ", the measuring block" : "";
        return loop.IsUpTo
            ? $"Repeat up to {loop.Passes} times{measure}, and when none of them was left early, {exhausted}"
            : $"Repeat {loop.Passes} {(loop.Passes == 1 ? "time" : "times")}{measure}";
    }

    private string Ends(StepEnds ends, int direction)
    {
        var parts = new List<string>();
        if (ends.For is { } planned)
        {
            parts.Add($"for {AmountText.Of(planned.Quantity)}");
        }

        parts.AddRange(ends.Goals.Select(g => "until " + Goal(g, direction)));
        return parts.Count == 0 ? "" : " " + string.Join(", or ", parts);
    }

    private string Goal(StepGoal goal, int direction)
    {
        var text = goal.Kind switch
        {
            GoalKind.Voltage => $"the voltage {(direction >= 0 ? "reaches" : "falls to")} {goal.At}",
            GoalKind.Current => $"the current falls to {amounts.Of(goal.At)}",
            _ => $"{amounts.Of(goal.At)} have passed",
        };
        var then = goal.Then switch
        {
            GoalThen.EndRepeat => " (then leave the repeat)",
            GoalThen.EndRun => " (then end the run)",
            GoalThen.Pause => " (then pause the run)",
            _ => "",
        };
        return goal.Because is { } reason ? $"{text}{then} because \"{reason}\"" : text + then;
    }

    private string HoldUntil(CurrentStep step, HoldEnds ends)
    {
        var parts = new List<string>();
        if (ends.Current is { } current)
        {
            parts.Add($"until the current falls to {amounts.Of(current)}");
        }

        if (ends.Duration is { } duration)
        {
            parts.Add($"for {AmountText.Of(duration.Quantity)}");
        }

        return $", then hold {step.Ends.Goals.First(g => g.Kind == GoalKind.Voltage).At} {string.Join(" or ", parts)}";
    }

    private string Within(CurrentStep step)
    {
        if (step.Ends.Within is { } given)
        {
            return $"; not reached within {AmountText.Of(given.Quantity)}: output off and pause";
        }

        if (!ImpliedWithin.Applies(step.Ends))
        {
            return "";
        }

        const string why = "1.5 x what the cell can hold";
        if (ImpliedWithin.AmpHours(step.Ends, amounts.Cell) is not { } ampHours)
        {
            return $"; no bound in time: what the cell can hold is not known (else {why})";
        }

        return step.Current is { } fixedCurrent && CellAmounts.Resolve(fixedCurrent.Quantity, amounts.Cell).Value is { } amperes and > 0
            ? $"; not reached within {CompoundDuration.Print(ampHours * 3600 / amperes)} ({why}): output off and pause"
            : $"; not reached after {QuantityPrinter.Print(ampHours, Dimension.Charge)} ({why}): output off and pause";
    }

    private string Own(StepSettings settings)
    {
        var parts = new List<string>();
        if (settings.Record is { } record)
        {
            parts.Add($"recorded {SettingsText.Record(record)}");
        }

        if (settings.Sample?.Every is { } every)
        {
            parts.Add($"sampled every {AmountText.Of(every.Quantity)}");
        }

        if (SettingsText.Limits(settings.Limits, amounts) is { } limits)
        {
            parts.Add($"tripped by {limits}");
        }

        return parts.Count == 0 ? "" : $" ({string.Join("; ", parts)})";
    }
}
