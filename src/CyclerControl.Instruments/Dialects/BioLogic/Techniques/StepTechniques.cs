using System.Collections.Immutable;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Instruments.Dialects.BioLogic.Techniques;

/// <summary>One step of a program as one technique, or two for constant current that goes on as constant voltage.</summary>
internal sealed class StepTechniques(TechniqueWalk walk, OutputRanges ranges, ChannelCapabilities capabilities)
{
    private const double HoldLeadInSeconds = 1;

    /// <param name="amperes">|I| of a current step, A.</param>
    /// <param name="floorVolts">Comes as wished for, leaves null where the step has no room for it.</param>
    public IEnumerable<Technique> Of(StepNode node, double amperes, ref double? floorVolts) => node.Kind switch
    {
        StepKind.Rest => [Rest(node)],
        StepKind.Current => Current(node, amperes, ref floorVolts),
        StepKind.Sweep => Sweep(node),
        _ => [Hold(node)],
    };

    private Technique[] Sweep(StepNode node)
    {
        walk.Refuse(node.Path, "sweep", "no technique that sweeps the voltage is written by this program; use a set-point or a Neware instrument");
        return [];
    }

    private static RecordEvery Record(StepNode node) => new(node.SampleEverySeconds, 0);

    private Technique Rest(StepNode node) => new()
    {
        Kind = TechniqueKind.Ocv,
        Parameters = TechniqueParameters.Rest(node.ForSeconds ?? 0, Record(node), ranges),
        Seconds = node.ForSeconds ?? 0,
    };

    private List<Technique> Current(StepNode node, double amperes, ref double? floorVolts)
    {
        var ends = StepEnds.Of(walk, node, amperes);
        var goal = VoltageGoal(node);
        if (goal is not null && !IsInside(node, goal.Value))
        {
            walk.Refuse(node.Path, "until", "the voltage goal lies beyond the limit, which the instrument would reach first");
        }

        if (goal is null && Limit(node) is not null)
        {
            walk.HasVoltageLimits = true;
        }

        floorVolts = ends.Seconds > ShortFloor.LeadInSeconds ? floorVolts : null;
        ImmutableArray<LimitTest> tests = goal is not null ? [goal] : Limit(node) is { } limit ? [limit] : [];
        var exit = goal is { Meaning: LimitMeaning.Goal } ? ExitCondition.NextTechnique : ExitCondition.Stop;
        var level = node.Direction * amperes;
        var range = ranges with { Current = walk.RangeCode(node, amperes) };
        var steps = new List<LimitedStep>();
        if (floorVolts is { } floor)
        {
            steps.Add(new LimitedStep(level, ShortFloor.LeadInSeconds, tests, ExitCondition.Stop));
            tests = tests.Add(new LimitTest(LimitVariable.Voltage, node.Direction < 0, node.Direction * floor, LimitMeaning.Short));
        }

        steps.Add(new LimitedStep(level, ends.Seconds - (floorVolts is null ? 0 : ShortFloor.LeadInSeconds), tests, exit));
        var techniques = new List<Technique> { Make(node, isCurrent: true, steps, tests, ends, range) };
        if (node.HoldUntil is { } hold && goal is not null)
        {
            techniques.Add(HoldOn(node, hold, goal, range));
        }

        return techniques;
    }

    private Technique HoldOn(StepNode node, HoldUntil hold, LimitTest reached, OutputRanges range)
    {
        if (hold.Seconds is not { } seconds)
        {
            walk.Refuse(node.Path, "hold_until", "nothing bounds it in time, and the instrument goes on if this computer dies; add a time, as in [0.05C, 2 h]");
            seconds = 0;
        }

        var isLast = node.Goals.Any(goal => goal is { Kind: GoalKind.Voltage, Then: GoalThen.EndRun });
        var end = hold.Amperes is { } amperes
            ? new LimitTest(LimitVariable.Current, node.Direction < 0, node.Direction * amperes, isLast ? LimitMeaning.LastGoal : LimitMeaning.Goal)
            : null;
        return Constant(node, reached.Value, end is null ? [] : [end], new StepEnds(seconds, isLast ? TimeEnd.Finished : TimeEnd.Next), range);
    }

    private Technique Hold(StepNode node)
    {
        if (node.AtMostAmperes is { } most && !walk.ComesFromBelow(node, most))
        {
            walk.Refuse(
                node.Path, "at_most", "the instrument cannot keep the current of a hold down; let the hold follow a step with no more current that ends at its voltage, or write hold_until in that step");
        }

        if (node.Goals.Any(goal => goal.Kind == GoalKind.Capacity))
        {
            walk.Refuse(node.Path, "until", "the instrument does not count charge, and the current of a hold is not known before; end it by time or current");
        }

        var ends = StepEnds.Of(walk, node, 0);
        var goal = node.Goals.Where(g => g.Kind == GoalKind.Current).OrderByDescending(g => g.Value).FirstOrDefault();
        ImmutableArray<LimitTest> tests = goal is null ? [] : InBand(goal.Value, goal.Then == GoalThen.EndRun ? LimitMeaning.LastGoal : LimitMeaning.Goal);
        return Constant(node, node.Volts ?? 0, tests, ends, ranges with { Current = walk.RangeCode(node, node.Limits.MaxAmperes ?? capabilities.MaxAmperes) });
    }

    /// <summary>|I| of either sign below a bound: both tests together.</summary>
    private static ImmutableArray<LimitTest> InBand(double amperes, LimitMeaning meaning) =>
    [
        new(LimitVariable.Current, IsAbove: false, amperes, meaning) { IsJoined = true },
        new(LimitVariable.Current, IsAbove: true, -amperes, meaning) { IsJoined = true },
    ];

    private Technique Constant(StepNode node, double volts, ImmutableArray<LimitTest> goals, StepEnds ends, OutputRanges range)
    {
        var steps = new List<LimitedStep>();
        var limits = Ceiling(node);
        var seconds = ends.Seconds;
        walk.HasCeilings |= goals.IsEmpty && !limits.IsEmpty;
        if (!goals.IsEmpty && seconds > HoldLeadInSeconds)
        {
            // The current begins at 0 or beyond its end: the goal waits, the limit does not.
            steps.Add(new LimitedStep(volts, HoldLeadInSeconds, limits, ExitCondition.Stop));
            seconds -= HoldLeadInSeconds;
            walk.HasCeilingsAtFirst |= !limits.IsEmpty;
        }

        var tests = goals.IsEmpty ? limits : goals;
        var exit = goals.IsEmpty || goals[0].Meaning == LimitMeaning.LastGoal ? ExitCondition.Stop : ExitCondition.NextTechnique;
        steps.Add(new LimitedStep(volts, seconds, tests, exit));
        return Make(node, isCurrent: false, steps, tests, ends, range);
    }

    private Technique Make(StepNode node, bool isCurrent, List<LimitedStep> steps, ImmutableArray<LimitTest> tests, StepEnds ends, OutputRanges range)
    {
        ImmutableArray<int> guards = [];
        if (ends.Then != TimeEnd.Next)
        {
            guards = [steps.Count];
            steps.Add(TechniqueParameters.Guard(steps[^1].Level));
            walk.HasGuards |= ends.Then == TimeEnd.NotInTime;
        }

        var limited = steps.Any(step => !step.Tests.IsEmpty);
        return new Technique
        {
            Kind = isCurrent ? limited ? TechniqueKind.CpLimit : TechniqueKind.Cp : limited ? TechniqueKind.CaLimit : TechniqueKind.Ca,
            Parameters = TechniqueParameters.Levels(isCurrent, steps, limited, Record(node), range),
            Tests = tests,
            Seconds = ends.Seconds,
            AtTimeEnd = ends.Then,
            Guards = guards,
        };
    }

    /// <summary>The nearest voltage goal; refused where goals of different meaning compete for the technique's one exit.</summary>
    private LimitTest? VoltageGoal(StepNode node)
    {
        var goals = node.Goals.Where(goal => goal.Kind == GoalKind.Voltage).ToList();
        if (goals.Count == 0)
        {
            return null;
        }

        if (goals.Select(goal => goal.Then).Distinct().Count() > 1)
        {
            walk.Refuse(node.Path, "until", "voltage goals with different consequences: all tests of a technique share one exit");
        }

        var nearest = node.Direction > 0 ? goals.MinBy(goal => goal.Value)! : goals.MaxBy(goal => goal.Value)!;
        return new LimitTest(
            LimitVariable.Voltage, node.Direction > 0, nearest.Value, nearest.Then == GoalThen.EndRun && node.HoldUntil is null ? LimitMeaning.LastGoal : LimitMeaning.Goal);
    }

    private static LimitTest? Limit(StepNode node) => (node.Direction > 0 ? node.Limits.MaxVolts : node.Limits.MinVolts) is { } volts
        ? new LimitTest(LimitVariable.Voltage, node.Direction > 0, volts, LimitMeaning.Limit)
        : null;

    private static bool IsInside(StepNode node, double goal) =>
        node.Direction > 0 ? goal <= (node.Limits.MaxVolts ?? goal) : goal >= (node.Limits.MinVolts ?? goal);

    private static ImmutableArray<LimitTest> Ceiling(StepNode node) => node.Limits.MaxAmperes is not { } amperes ? [] :
    [
        new(LimitVariable.Current, IsAbove: true, amperes, LimitMeaning.Limit),
        new(LimitVariable.Current, IsAbove: false, -amperes, LimitMeaning.Limit),
    ];
}
