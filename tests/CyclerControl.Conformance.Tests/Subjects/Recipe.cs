using System.Collections.Concurrent;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Conformance.Tests.Subjects;

/// <summary>The protocols that every schedule instrument is given.</summary>
internal static class Recipe
{
    /// <summary>A rest, and two times plating by time and stripping to a voltage that is then held.</summary>
    public const string Whole = """
          - rest: 4 s
          - repeat: 2
            steps:
              - plate: 0.5 mA
                for: 12 s
              - strip: 0.5 mA
                until: 12 mV
                within: 1 h
                hold_until: [1 uA, 12 s]
        """;

    /// <summary>Its steps in the order in which they run.</summary>
    public static readonly IReadOnlyList<RowVerb> Legs = [RowVerb.Rest, RowVerb.Plate, RowVerb.Strip, RowVerb.Plate, RowVerb.Strip];

    /// <summary>How long it takes at most, s.</summary>
    public const double Seconds = 60;

    /// <summary>Somebody else's: another number of steps.</summary>
    public const string Foreign = """
          - rest: 10 s
          - plate: 0.5 mA
            for: 1 h
        """;

    public const string Limits = "{ min: -0.8 V, max: 0.9 V }";

    private static readonly ConcurrentDictionary<(string, string, string), CompiledSchedule> s_said = new();

    public static CompiledSchedule Of(IScheduledSubject subject, string steps = Whole, string limits = Limits) =>
        s_said.GetOrAdd((subject.Name, steps, limits), _ => Say(subject, steps, limits));

    private static CompiledSchedule Say(IScheduledSubject subject, string steps, string limits)
    {
        var text = $$"""
            protocol: conform
            version: 1
            about: What the suite runs
            cell: { kind: symmetric, area: 1 cm2 }
            sample: { every: 1 s }
            limits: { voltage: {{limits}} }
            short_circuit: abort
            steps:

            """ + steps;
        var reading = ProtocolReader.Read("conform.yaml", text);
        Assert.Empty(reading.Problems);
        var problems = new ProblemList(CellSpecReader.CommandLine);
        var cell = CellSpecReader.FromText("", problems);
        Assert.Empty(problems.Items);
        var compiled = RunProgramCompiler.Compile(reading.Definition!, cell, new Dictionary<string, string>(StringComparer.Ordinal), subject.Capabilities);
        Assert.Empty(compiled.Problems);
        var said = subject.Compiler.Compile(compiled.Program!);
        Assert.Empty(said.Refusals);
        return said.Schedule!;
    }
}
