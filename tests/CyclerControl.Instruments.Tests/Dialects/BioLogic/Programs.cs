using CyclerControl.Core.Channels;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;
using CyclerControl.Instruments.Dialects.BioLogic;
using CyclerControl.Instruments.Dialects.BioLogic.Techniques;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Testing;

namespace CyclerControl.Instruments.Tests.Dialects.BioLogic;

/// <summary>Protocols as text, and what the compiler makes of them.</summary>
internal static class Programs
{
    private const string Head = """
        protocol: small
        version: 1
        about: small
        cell: { kind: KIND, area: 1 cm2 }
        sample: { every: 100 ms }
        limits: { voltage: LIMITS }
        short_circuit: abort
        steps:

        """;

    public static RunProgram Small(string steps, string cell = "bulk_resistance=60ohm", string kind = "symmetric", string limits = "{ min: -1 V, max: 1 V }") =>
        Compile("small.yaml", Head.Replace("KIND", kind, StringComparison.Ordinal).Replace("LIMITS", limits, StringComparison.Ordinal) + steps, cell);

    public static RunProgram Shipped(string name, string cell, params (string Name, string Value)[] parameters) =>
        Compile(name + ".yaml", File.ReadAllText(Checkout.Protocol(name)), cell, parameters);

    public static ChannelCapabilities Capabilities(string profile = "biologic-vmp3") => ProfileLibrary.Shipped.Find(profile)!.Capabilities;

    /// <param name="most">Techniques that a channel holds.</param>
    public static ScheduleCompilation Techniques(RunProgram program, EcLabFamily family = EcLabFamily.Vmp3, int most = BioLogicSettings.MostTechniques) =>
        new TechniqueCompiler(family, 5, Capabilities(family == EcLabFamily.Vmp3 ? "biologic-vmp3" : "biologic-sp300"), most).Compile(program);

    public static TechniqueSchedule Schedule(RunProgram program, EcLabFamily family = EcLabFamily.Vmp3, int most = BioLogicSettings.MostTechniques)
    {
        var compilation = Techniques(program, family, most);
        Assert.Empty(compilation.Refusals);
        return (TechniqueSchedule)compilation.Schedule!;
    }

    private static RunProgram Compile(string file, string text, string cell, params (string Name, string Value)[] parameters)
    {
        var reading = ProtocolReader.Read(file, text);
        Assert.Empty(reading.Problems);
        var problems = new ProblemList("--cell");
        var given = CellSpecReader.FromText(cell, problems);
        Assert.Empty(problems.Items);
        var compiled = RunProgramCompiler.Compile(
            reading.Definition!, given, parameters.ToDictionary(p => p.Name, p => p.Value), Capabilities());
        Assert.Empty(compiled.Problems);
        return compiled.Program!;
    }
}
