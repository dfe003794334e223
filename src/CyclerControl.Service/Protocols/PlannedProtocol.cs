using CyclerControl.Core.Channels;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Service.Protocols;

/// <summary>A protocol file with what a person says about cell and parameters; ready to be resolved against a channel.</summary>
public sealed record PlannedProtocol(ProtocolDefinition Definition, string Text, CellGiven Cell, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>Reads all of it.</summary>
    /// <param name="file">Name for messages.</param>
    /// <param name="cell">As <c>--cell</c>; null: nothing is said about it.</param>
    /// <returns>The plan, or all problems at once.</returns>
    public static (PlannedProtocol? Plan, IReadOnlyList<Problem> Problems) Read(
        string file, string text, string? cell, IReadOnlyDictionary<string, string> parameters)
    {
        var reading = ProtocolReader.Read(file, text);
        var problems = new List<Problem>(reading.Problems);
        var given = ReadCell(cell, problems);
        return problems.Count > 0 || reading.Definition is null
            ? (null, problems)
            : (new PlannedProtocol(reading.Definition, text, given, parameters), []);
    }

    /// <summary>Resolves it against a channel; no program where there are problems.</summary>
    public CompiledProtocol Compile(ChannelCapabilities? channel) => RunProgramCompiler.Compile(Definition, Cell, Parameters, channel);

    private static CellGiven ReadCell(string? text, List<Problem> problems)
    {
        if (text is null)
        {
            return CellGiven.Nothing;
        }

        var found = new ProblemList(CellSpecReader.CommandLine);
        var given = CellSpecReader.FromText(text, found);
        problems.AddRange(found.Items);
        return given;
    }
}
