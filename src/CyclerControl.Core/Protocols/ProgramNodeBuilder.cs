using System.Collections.Immutable;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Protocols;

/// <summary>Builds the nodes of a program in the order of the file, numbers resolved and settings inherited.</summary>
internal sealed class ProgramNodeBuilder(ProtocolDefinition definition, AmountResolver resolver, CompileFindings findings, ChannelCapabilities? channel)
{
    private readonly List<ProgramNode> _nodes = [];
    private readonly SettingsResolver _settings = new(resolver, findings, channel);
    private readonly ChannelChecks? _checks = channel is null ? null : new ChannelChecks(channel, findings);
    private int _stepId;

    public ImmutableArray<ProgramNode> Build()
    {
        Add(definition.Steps, null, [], definition.Settings);
        return [.. _nodes];
    }

    private void Add(ImmutableArray<ProtocolStep> steps, int? parent, ImmutableArray<(RampLoop Loop, int Index)> ramps, StepSettings outer)
    {
        for (var i = 0; i < steps.Length; i++)
        {
            var step = steps[i];
            var index = _nodes.Count;
            var settings = step.Settings.Over(outer);
            switch (step)
            {
                case RepeatLoop loop:
                    _nodes.Add(new LoopNode(index, parent, null, step.Source.Path, loop.Passes, null, loop.Exhausted, loop.Measure));
                    Add(loop.Steps, index, ramps, settings);
                    break;
                case RampLoop ramp:
                    _nodes.Add(new LoopNode(index, parent, null, step.Source.Path, ramp.Values.Length, RampAmperes(ramp), LoopExhausted.Next, null));
                    Add(ramp.Steps, index, ramps.Add((ramp, index)), settings);
                    break;
                default:
                    _nodes.Add(Step(step, i == 0 ? null : steps[i - 1], index, parent, ramps, settings));
                    break;
            }

            if (i + 1 < steps.Length)
            {
                _nodes[index] = _nodes[index] with { Next = _nodes.Count };
            }
        }
    }

    private StepNode Step(
        ProtocolStep step, ProtocolStep? previous, int index, int? parent, ImmutableArray<(RampLoop Loop, int Index)> ramps, StepSettings settings)
    {
        var node = new StepNode(index, parent, null, step.Source.Path)
        {
            StepId = ++_stepId,
            Kind = StepKind.Rest,
            Verb = "rest",
            Name = step.Name,
            Limits = _settings.Limits(settings.Limits),
            Record = _settings.Record(settings.Record),
            SampleEverySeconds = RunProgramCompiler.SampleEvery(settings.Sample, findings, channel),
        };
        return step switch
        {
            RestStep rest => node with { ForSeconds = rest.Duration.BaseValue },
            CurrentStep current => Current(node, current, ramps),
            HoldStep hold => Hold(node, hold, previous, ramps),
            SweepStep sweep => Sweep(node, sweep),
            _ => node,
        };
    }

    private StepNode Current(StepNode node, CurrentStep step, ImmutableArray<(RampLoop Loop, int Index)> ramps)
    {
        var amperes = resolver.ResolveOrNull(step.Current);
        if (step.Current is not null)
        {
            _checks?.Current(step.Current.Node, amperes!.Value);
        }

        if (step.HoldUntil is { } continued)
        {
            _checks?.Hold(continued.Node);
        }

        var goals = Goals(step.Ends);
        var capacity = ImpliedWithin.AmpHours(step.Ends, resolver.Cell);
        return node with
        {
            Kind = StepKind.Current,
            Verb = step.Verb,
            Direction = step.Direction,
            Amperes = amperes,
            RampLoop = step.Current is null ? ramps[^1].Index : null,
            ForSeconds = step.Ends.For?.BaseValue,
            Goals = goals,
            WithinSeconds = step.Ends.Within?.BaseValue ?? (amperes > 0 ? capacity * 3600 / amperes : null),
            WithinAmpHours = amperes is null ? capacity : null,
            HoldUntil = step.HoldUntil is { } hold ? new HoldUntil(resolver.ResolveOrNull(hold.Current), hold.Duration?.BaseValue) : null,
        };
    }

    private StepNode Hold(StepNode node, HoldStep step, ProtocolStep? previous, ImmutableArray<(RampLoop Loop, int Index)> ramps)
    {
        _checks?.Voltage(step.Voltage.Node, step.Voltage.BaseValue);
        _checks?.Hold(step.Voltage.Node);
        var ceiling = resolver.ResolveOrNull(step.AtMost);
        if (step.AtMost is not null)
        {
            _checks?.Current(step.AtMost.Node, ceiling!.Value);
        }
        else if (previous is SweepStep sweep)
        {
            ceiling = resolver.ResolveOrNull(sweep.AtMost);
        }
        else if (previous is CurrentStep before)
        {
            ceiling = resolver.ResolveOrNull(before.Current) ?? (ramps.IsEmpty ? null : RampAmperes(ramps[^1].Loop).Max());
        }

        return node with
        {
            Kind = StepKind.Hold,
            Verb = "hold",
            Volts = step.Voltage.BaseValue,
            AtMostAmperes = ceiling,
            ForSeconds = step.Ends.For?.BaseValue,
            Goals = Goals(step.Ends),
            WithinSeconds = step.Ends.Within?.BaseValue,
        };
    }

    private StepNode Sweep(StepNode node, SweepStep step)
    {
        foreach (var end in step.Ends)
        {
            _checks?.Voltage(end.Node, end.BaseValue);
        }

        _checks?.Hold(step.To.Node);
        var ceiling = resolver.ResolveOrNull(step.AtMost);
        _checks?.Current(step.AtMost.Node, ceiling ?? 0);
        _checks?.Surge(step.AtMost.Node, ceiling ?? 0, node.Limits.MaxAmperes);
        return node with
        {
            Kind = StepKind.Sweep,
            Verb = "sweep",
            Sweep = step.Path,
            AtMostAmperes = ceiling,
            ForSeconds = step.Path.Seconds,
            SampleEverySeconds = _checks?.Sweep(step, node.SampleEverySeconds) ?? node.SampleEverySeconds,
        };
    }

    private ImmutableArray<Goal> Goals(StepEnds ends)
    {
        var goals = ImmutableArray.CreateBuilder<Goal>();
        foreach (var goal in ends.Goals)
        {
            var value = resolver.Resolve(goal.At);
            if (goal.Kind == GoalKind.Voltage)
            {
                _checks?.Voltage(goal.At.Node, value);
            }

            goals.Add(new Goal(goal.Kind, value, goal.Then, goal.Because));
        }

        return goals.ToImmutable();
    }

    private ImmutableArray<double> RampAmperes(RampLoop ramp)
    {
        var amperes = ImmutableArray.CreateBuilder<double>(ramp.Values.Length);
        for (var i = 0; i < ramp.Values.Length; i++)
        {
            var node = PlaceOf(ramp, i);
            var value = resolver.Resolve(ramp.Values[i], node);
            if (ramp.IsList || i == ramp.Values.Length - 1 || i == 0)
            {
                _checks?.Current(node, value);
            }

            amperes.Add(value);
        }

        return amperes.MoveToImmutable();
    }

    /// <summary>Where a value of the ramp stands: its own item, else the end of the range that it is nearer to.</summary>
    private static ScalarNode PlaceOf(RampLoop ramp, int i) => ramp.ValuesNode is SequenceNode list
        ? (ScalarNode)list.Items[i]
        : (ScalarNode)((MappingNode)ramp.ValuesNode).Find(i == 0 ? "from" : "to")!.Value;
}
