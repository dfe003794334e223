using System.Collections.Immutable;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Protocols;

/// <summary>Reads <c>for</c>, <c>until</c>, <c>then</c>, <c>within</c> and <c>hold_until</c>.</summary>
internal static class EndsReader
{
    public static StepEnds Read(MappingReader reader, string verb)
    {
        var planned = SettingsReader.Amount(reader, "for");
        var within = SettingsReader.Amount(reader, "within");
        var then = Then(reader.Choice("then"));
        if (!reader.Has("until"))
        {
            if (reader.Has("then"))
            {
                reader.Report("then", "belongs to a goal, and the step has no until", "write until: GOAL beside it, or leave it out");
            }

            if (reader.Has("within"))
            {
                reader.Report("within", "guards a goal, and the step has no until", "write for: DURATION for a planned end");
            }
        }

        if (!reader.Has("until") && !reader.Has("for"))
        {
            reader.Problems.Add(
                reader.Node.Line, reader.Node.Column, reader.Node.Path, verb, "never ends", "add for: 1 h, or until: with a voltage, capacity or current");
        }

        var goals = ImmutableArray.CreateBuilder<StepGoal>();
        foreach (var node in Items(reader, "until"))
        {
            if (Goal(node, then, verb, reader.Problems) is { } goal)
            {
                goals.Add(goal);
            }
        }

        return new StepEnds(planned, goals.ToImmutable(), within);
    }

    public static HoldEnds? HoldUntil(MappingReader reader)
    {
        if (reader.Find("hold_until") is not { } node)
        {
            return null;
        }

        Amount? current = null;
        Amount? duration = null;
        foreach (var item in Items(reader, "hold_until"))
        {
            if (item is not ScalarNode scalar)
            {
                reader.Problems.Add(item, "is no end of a hold", "write a current, a duration, or a list of both");
                continue;
            }

            if (ValueReader.Quantity(scalar, (QuantityShape)ProtocolKeys.HoldUntilItem, reader.Problems) is not { } quantity)
            {
                continue;
            }

            ref var place = ref quantity.Dimension == Dimension.Time ? ref duration : ref current;
            if (place is not null)
            {
                reader.Problems.Add(scalar, $"is a second {(quantity.Dimension == Dimension.Time ? "duration" : "current")}", "give at most one of each");
            }

            place = new Amount(quantity, scalar);
        }

        if (!reader.Has("until"))
        {
            reader.Report("hold_until", "needs a voltage to hold", "write until: with a voltage beside it");
        }

        return new HoldEnds(current, duration, node);
    }

    private static ImmutableArray<DocumentNode> Items(MappingReader reader, string key) => reader.Find(key) switch
    {
        null => [],
        SequenceNode => reader.Sequence(key)?.Items ?? [],
        var single => [single],
    };

    private static StepGoal? Goal(DocumentNode node, GoalThen? outerThen, string verb, ProblemList problems)
    {
        switch (node)
        {
            case ScalarNode scalar:
                return Goal(scalar, outerThen ?? GoalThen.NextStep, null, verb, problems);
            case MappingNode mapping:
                var reader = new MappingReader(mapping, ProtocolKeys.Goal, problems);
                var then = Then(reader.Choice("then")) ?? outerThen ?? GoalThen.NextStep;
                var because = reader.Text("because");
                var at = reader.Find("at");
                reader.Finish();
                if (at is ScalarNode value)
                {
                    return Goal(value, then, because, verb, problems);
                }

                if (at is not null)
                {
                    reader.Report("at", "must be one quantity", "write at: 1 V");
                }

                return null;
            default:
                problems.Add(node, "is a list inside a list", "write the goals one beside the other");
                return null;
        }
    }

    private static StepGoal? Goal(ScalarNode scalar, GoalThen then, string? because, string verb, ProblemList problems)
    {
        if (ValueReader.Quantity(scalar, (QuantityShape)ProtocolKeys.GoalQuantity, problems) is not { } quantity)
        {
            return null;
        }

        var kind = quantity.Dimension == Dimension.Voltage ? GoalKind.Voltage
            : Dimensions.AnyCapacity.Contains(quantity.Dimension) ? GoalKind.Capacity
            : GoalKind.Current;
        var wrong = (kind, verb) switch
        {
            (GoalKind.Voltage, "hold") => ("is a voltage, and a hold keeps its voltage", "use a current or a capacity"),
            (GoalKind.Current, not "hold") => ($"is a current, and a {verb} step keeps its current", "use a voltage or a capacity; a current ends a hold, or follows hold_until"),
            (not GoalKind.Voltage, _) when quantity.BaseNumber <= 0 => ("must be above 0", "goals of current and capacity carry no sign"),
            _ => default,
        };
        if (wrong != default)
        {
            problems.Add(scalar, wrong.Item1, wrong.Item2);
            return null;
        }

        return new StepGoal(new Amount(quantity, scalar), kind, then, because);
    }

    private static GoalThen? Then(string? word) => word switch
    {
        "end_repeat" => GoalThen.EndRepeat,
        "end_run" => GoalThen.EndRun,
        "pause" => GoalThen.Pause,
        _ => null,
    };
}
