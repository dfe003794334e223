using System.Collections.Immutable;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Protocols;

/// <summary>What came of a protocol file.</summary>
/// <param name="Definition">Null when there is any problem.</param>
/// <param name="Problems">All of them, in the order of the file.</param>
public sealed record ProtocolReading(ProtocolDefinition? Definition, IReadOnlyList<Problem> Problems);

/// <summary>Reads and validates protocol files. Never throws for what a file contains. Any thread.</summary>
public static class ProtocolReader
{
    private static readonly ImmutableDictionary<string, string> s_noOverrides = ImmutableDictionary<string, string>.Empty;

    /// <summary>Reads YAML or JSON, and checks everything that can be checked without a cell.</summary>
    /// <param name="fileName">Used in messages; the name inside must be that of the file.</param>
    /// <param name="text">The whole file.</param>
    public static ProtocolReading Read(string fileName, string text)
    {
        var problems = new ProblemList(fileName);
        return DocumentReader.Read(fileName, text, problems) is { } root
            ? Finish(Build(root, s_noOverrides, problems), problems)
            : new ProtocolReading(null, problems.Items);
    }

    /// <summary>The same file with other values of its parameters.</summary>
    public static ProtocolReading WithParameters(ProtocolDefinition definition, IReadOnlyDictionary<string, string> overrides)
    {
        if (overrides.Count == 0)
        {
            return new ProtocolReading(definition, []);
        }

        var problems = new ProblemList(definition.File);
        return Finish(Build(definition.Source, overrides, problems), problems);
    }

    private static ProtocolReading Finish(ProtocolDefinition definition, ProblemList problems)
    {
        ProtocolValidator.Check(definition, problems);
        return new ProtocolReading(problems.Count == 0 ? definition : null, problems.Items);
    }

    private static ProtocolDefinition Build(MappingNode source, IReadOnlyDictionary<string, string> overrides, ProblemList problems)
    {
        var (root, parameters) = ParameterSubstitution.Apply(source, overrides, problems);
        var reader = new MappingReader(root, ProtocolKeys.Protocol, problems);
        var measure = SettingsReader.Measure(reader);
        var definition = new ProtocolDefinition
        {
            File = problems.File,
            Source = source,
            Name = reader.Text("protocol") ?? "",
            Version = (int)(reader.WholeNumber("version") ?? 0),
            About = reader.Text("about"),
            Measure = measure,
            Cell = Cell(reader, problems),
            Settings = SettingsReader.Settings(reader),
            ShortCircuit = SettingsReader.ShortCircuit(reader, measure),
            OnRestart = SettingsReader.Resume(reader, "on_restart", null),
            OnLinkLoss = SettingsReader.Resume(reader, "on_link_loss", 600),
            Parameters = parameters,
            Steps = StepReader.Steps(reader, inRamp: false),
        };
        reader.Finish("stop_when");
        return definition;
    }

    private static CellGiven Cell(MappingReader reader, ProblemList problems) =>
        reader.Mapping("cell") is { } cell ? CellSpecReader.FromMapping(cell.Node, problems) : CellGiven.Nothing;
}
