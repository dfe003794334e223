using System.Collections.Immutable;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Instruments.Dialects.BioLogic.Techniques;

/// <summary>Walks a program once, in the order of its execution: ramps level by level, repeats as a jump back.</summary>
internal sealed class TechniqueWalk
{
    /// <summary>More than this is a mistake.</summary>
    private const int MostTechniques = 100_000;

    private const double Tolerance = 1e-9;

    private readonly RunProgram _program;
    private readonly ChannelCapabilities _capabilities;
    private readonly Dictionary<int, double> _rampAmperes = [];
    private readonly StepTechniques _translate;
    private readonly HashSet<ScheduleRefusal> _told = [];
    private readonly List<CurrentRange> _ranges = [];
    private (StepNode Node, double Amperes)? _before;
    private int _repeats;

    public TechniqueWalk(RunProgram program, int bandwidth, ChannelCapabilities capabilities)
    {
        _program = program;
        _capabilities = capabilities;
        Floor = new ShortFloor(program, capabilities.VoltageOffsetVolts);
        _translate = new StepTechniques(this, new OutputRanges(0, EcLabRanges.VoltageCode(LargestVolts()), bandwidth), capabilities);
    }

    public ShortFloor Floor { get; }

    public List<Technique> Techniques { get; } = [];

    public List<ScheduleStep> Steps { get; } = [];

    /// <summary>Ramps that stand in no loop.</summary>
    public List<RampSpan> Ramps { get; } = [];

    public List<ScheduleRefusal> Refusals { get; } = [];

    /// <summary>What the remarks have to tell.</summary>
    public bool HasVoltageLimits { get; set; }

    /// <summary>A constant voltage that no current ends is tested for <c>current.max</c>.</summary>
    public bool HasCeilings { get; set; }

    /// <summary>One that a current ends is, in its first second.</summary>
    public bool HasCeilingsAtFirst { get; set; }

    public bool HasChargeGoals { get; set; }

    public bool HasGuards { get; set; }

    public int StepsWithFloor => Steps.Count(step => step.FloorVolts is not null);

    public (int Lowest, int Highest)? CurrentRangeCodes => _ranges.Count == 0
        ? null
        : (CodeOf(_ranges.MinBy(range => range.MaxAmperes)!), CodeOf(_ranges.MaxBy(range => range.MaxAmperes)!));

    public void Run()
    {
        if (_program.ShortCircuit.Confirm is not null)
        {
            Refuse("short_circuit", "confirm", "a suspected short cannot be confirmed while the instrument runs by itself; leave confirm out");
        }

        Siblings(0);
    }

    public void Refuse(string path, string field, string reason)
    {
        var refusal = new ScheduleRefusal(path, field, reason);
        if (_told.Add(refusal))
        {
            Refusals.Add(refusal);
        }
    }

    /// <summary>
    /// A hold that directly follows a step which ended at its voltage: its current begins where that of the step was, and only falls, so that nothing has to keep it down.
    /// </summary>
    /// <param name="most">Ceiling of the hold, A.</param>
    public bool ComesFromBelow(StepNode hold, double most) => _before is { Node.Kind: StepKind.Current } before
        && before.Node.Next == hold.Index
        && before.Amperes <= most * (1 + Tolerance)
        && before.Node.Goals.Any(goal => goal.Kind == GoalKind.Voltage && Math.Abs(goal.Value - hold.Volts!.Value) < Tolerance);

    /// <summary>Code of the lowest range for a current; refused where there is none.</summary>
    public int RangeCode(StepNode node, double amperes)
    {
        if (EcLabRanges.RangeFor(_capabilities.CurrentRanges, amperes) is not { } range)
        {
            Refuse(node.Path, node.Verb, FormattableString.Invariant($"{amperes:G4} A is more than the channel's largest range, {_capabilities.MaxAmperes:G4} A"));
            return 0;
        }

        _ranges.Add(range);
        return CodeOf(range);
    }

    private static int CodeOf(CurrentRange range) => EcLabRanges.CurrentCode(range.Name, range.MaxAmperes) ?? EcLabRanges.Booster;

    private void Siblings(int first)
    {
        for (int? at = first; at is { } index && Techniques.Count <= MostTechniques; at = _program.Nodes[index].Next)
        {
            switch (_program.Nodes[index])
            {
                case LoopNode { RampAmperes: { } levels } ramp:
                    Ramp(ramp, levels);
                    break;
                case LoopNode loop:
                    Repeat(loop);
                    break;
                case StepNode step:
                    Step(step);
                    break;
            }
        }

        if (Techniques.Count > MostTechniques)
        {
            Refuse("steps", "ramp", $"the protocol needs more than {MostTechniques} techniques, because each level of a ramp is a step of its own; use fewer levels");
        }
    }

    private void Ramp(LoopNode ramp, ImmutableArray<double> levels)
    {
        var first = Techniques.Count;
        foreach (var amperes in levels)
        {
            _rampAmperes[ramp.Index] = amperes;
            Siblings(ramp.Index + 1);
        }

        if (ramp.Parent is null)
        {
            Ramps.Add(new RampSpan(ramp.Index, ramp.Path, first, Techniques.Count - first, levels.Length));
        }
    }

    private void Repeat(LoopNode loop)
    {
        if (loop.Exhausted == LoopExhausted.Pause)
        {
            Refuse(loop.Path, "repeat", "the instrument cannot pause when a repeat is used up; write else: next, or a set-point instrument");
        }
        else if (loop is { Exhausted: LoopExhausted.Stop } and not { Next: null, Parent: null })
        {
            Refuse(loop.Path, "repeat", "the instrument cannot stop when a repeat is used up unless it is the last of the protocol; write else: next");
        }

        if (loop.Passes > int.MaxValue)
        {
            Refuse(loop.Path, "repeat", "the instrument counts to 2147483647");
            return;
        }

        var first = Techniques.Count;
        _repeats += loop.Passes > 1 ? 1 : 0;
        Siblings(loop.Index + 1);
        _repeats -= loop.Passes > 1 ? 1 : 0;
        if (loop.Passes > 1)
        {
            Techniques.Add(new Technique { Kind = TechniqueKind.Loop, Parameters = TechniqueParameters.Loop((int)(loop.Passes - 1), first) });
        }
    }

    private void Step(StepNode step)
    {
        var amperes = step.Amperes ?? (step.RampLoop is { } ramp ? _rampAmperes[ramp] : 0);
        var floor = step.Kind == StepKind.Current ? Floor.For(step, amperes) : null;
        var index = Steps.Count;
        var made = _translate.Of(step, amperes, ref floor).ToList();
        _before = (step, amperes);
        Steps.Add(new ScheduleStep(step.Index, floor));
        Techniques.AddRange(made.Select(technique => technique with { Step = index, Repeats = _repeats > 0 }));
    }

    private double LargestVolts()
    {
        var largest = 0.0;
        foreach (var step in _program.Nodes.OfType<StepNode>())
        {
            largest = Math.Max(largest, Math.Abs(step.Volts ?? 0));
            largest = step.Goals.Where(goal => goal.Kind == GoalKind.Voltage).Aggregate(largest, (most, goal) => Math.Max(most, Math.Abs(goal.Value)));
            largest = Math.Max(largest, Math.Max(Math.Abs(step.Limits.MinVolts ?? _capabilities.MinVolts), Math.Abs(step.Limits.MaxVolts ?? _capabilities.MaxVolts)));
        }

        // What reaches a limit is still inside the range.
        return largest * 1.02;
    }
}
