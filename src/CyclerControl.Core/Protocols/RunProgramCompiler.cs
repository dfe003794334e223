using CyclerControl.Core.Channels;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Protocols;

/// <summary>Resolves a protocol against a cell, the parameters of the start and a channel: everything that can be wrong is said before anything runs.</summary>
public static class RunProgramCompiler
{
    /// <summary>Compiles; every problem is returned, never thrown.</summary>
    /// <param name="protocol">A definition without problems.</param>
    /// <param name="givenAtStart">What <c>--cell</c> said; it overrides the file.</param>
    /// <param name="parameters">What <c>--set</c> said, by name.</param>
    /// <param name="channel">What the channel can do; null: not checked.</param>
    public static CompiledProtocol Compile(
        ProtocolDefinition protocol, CellGiven givenAtStart, IReadOnlyDictionary<string, string> parameters, ChannelCapabilities? channel = null)
    {
        var reading = ProtocolReader.WithParameters(protocol, parameters);
        if (reading.Definition is not { } definition)
        {
            return new CompiledProtocol(null, [.. reading.Problems], []);
        }

        var findings = new CompileFindings(definition.File);
        return Compile(definition, Cell(definition, givenAtStart, findings), findings, channel);
    }

    /// <summary>Compiles once more what a run file holds: the cell is known, and is not asked for again.</summary>
    /// <param name="protocol">A definition without problems.</param>
    /// <param name="cell">As it was resolved when the run started.</param>
    /// <param name="parameters">As they were given then, by name.</param>
    /// <param name="channel">What the channel can do; null: not checked.</param>
    public static CompiledProtocol Recompile(
        ProtocolDefinition protocol, CellSpec cell, IReadOnlyDictionary<string, string> parameters, ChannelCapabilities? channel = null)
    {
        var reading = ProtocolReader.WithParameters(protocol, parameters);
        return reading.Definition is { } definition
            ? Compile(definition, cell, new CompileFindings(definition.File), channel)
            : new CompiledProtocol(null, [.. reading.Problems], []);
    }

    private static CompiledProtocol Compile(ProtocolDefinition definition, CellSpec cell, CompileFindings findings, ChannelCapabilities? channel)
    {
        var resolver = new AmountResolver(cell, findings);
        var nodes = new ProgramNodeBuilder(definition, resolver, findings, channel).Build();
        var sample = SampleEvery(definition.Settings.Sample, findings, channel);
        CheckConfirmation(definition, cell, findings);
        var program = new RunProgram
        {
            ProtocolName = definition.Name,
            ProtocolVersion = definition.Version,
            Measure = definition.Measure,
            Cell = cell,
            Nodes = nodes,
            SampleEverySeconds = sample,
            SampleRequired = definition.Settings.Sample?.IsRequired ?? false,
            ShortCircuit = definition.ShortCircuit,
            OnRestart = definition.OnRestart,
            OnLinkLoss = definition.OnLinkLoss,
        };
        return new CompiledProtocol(findings.Problems.Count == 0 ? program : null, [.. findings.Problems], [.. findings.Warnings]);
    }

    /// <summary>A reversed pulse tells nothing about a full cell, whose voltage is not the current's own, and may leave its window.</summary>
    private static void CheckConfirmation(ProtocolDefinition definition, CellSpec cell, CompileFindings findings)
    {
        var confirm = Child(Child(definition.Source, "short_circuit") as MappingNode, "confirm") as MappingNode;
        if (cell.Kind == CellKind.Full && definition.ShortCircuit.Confirm is { ReversedPulses: true } && Child(confirm, "reversed_pulses") is ScalarNode pulses)
        {
            findings.Problem(pulses, "is not possible on a full cell", "leave reversed_pulses out: the rest alone confirms");
        }
    }

    private static DocumentNode? Child(MappingNode? mapping, string key) => mapping?.Entries.FirstOrDefault(e => e.Key == key)?.Value;

    /// <summary>The period in force: the wish, or the channel's fastest with a warning; refused where the file requires it.</summary>
    internal static double SampleEvery(SampleSettings? settings, CompileFindings findings, ChannelCapabilities? channel)
    {
        var wish = settings?.Every?.BaseValue ?? ProtocolDefaults.SampleEverySeconds;
        if (channel is null || wish >= channel.ShortestPeriod.TotalSeconds)
        {
            return wish;
        }

        var fastest = QuantityPrinter.Print(channel.ShortestPeriod.TotalSeconds, Dimension.Time);
        if (settings?.Every is { } every)
        {
            if (settings.IsRequired)
            {
                findings.Problem(every.Node, $"is required, and the channel samples every {fastest} at best", $"write every: {fastest}, or required: false");
            }
            else
            {
                findings.Warning(every.Node, $"is a wish: the channel samples every {fastest} at best", $"the detector looks every {fastest}");
            }
        }

        return channel.ShortestPeriod.TotalSeconds;
    }

    /// <summary>A current for 1C answers the question for the capacity, and the other way round.</summary>
    private static bool IsAnswered(string key, CellGiven given) => key switch
    {
        "one_c" => given.Has("nominal_capacity"),
        "nominal_capacity" => given.Has("one_c"),
        "active_mass" => given.Has("composite_mass") && given.Has("active_fraction"),
        _ => false,
    };

    private static CellSpec Cell(ProtocolDefinition definition, CellGiven start, CompileFindings findings)
    {
        if (start["kind"] is { } given && definition.Cell.Has("kind") && given.Node.Text != definition.Cell["kind"]!.Node.Text)
        {
            findings.Problems.Add(given.Problem(
                $"is not the kind that the protocol is for: {definition.Cell["kind"]!.Node.Text}", "choose another protocol, or correct the kind"));
        }

        var all = start.Over(definition.Cell);
        foreach (var asked in all.Asked.Where(a => !IsAnswered(a.Key, all)))
        {
            findings.Missing(asked.Key, asked.Problem($"nobody gave {asked.Key}", $"write --cell {CellKeys.Example(asked.Key)}"));
        }

        var problems = new List<Problem>();
        var cell = CellResolver.Resolve(all, problems);
        findings.Problems.AddRange(problems);
        if (cell.Kind == CellKind.Full && definition.Cell["kind"]?.Node.Text != "full")
        {
            foreach (var (step, _, _, _) in ProtocolWalk.All(definition))
            {
                if (step is CurrentStep { Verb: "plate" or "strip" } current)
                {
                    findings.Problem(current.CurrentNode, Rules.CellKindRule.Message, Rules.CellKindRule.Cure);
                }
            }
        }

        return cell;
    }
}
