using CyclerControl.Cli.CommandLine;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Cli.Composition;

/// <summary>A protocol file with what the command line says about cell and parameters.</summary>
internal sealed record ProtocolSource(ProtocolDefinition Definition, string Text, CellGiven Cell, IReadOnlyDictionary<string, string> Parameters)
{
    /// <exception cref="InputException">The file cannot be read, or anything in it or on the command line is wrong: all of it.</exception>
    public static ProtocolSource Load(string path, string? cell, IReadOnlyList<string> parameters)
    {
        var text = ReadText(path);
        var reading = ProtocolReader.Read(path, text);
        var problems = new List<Problem>(reading.Problems);
        var given = ReadCell(cell, problems);
        var overrides = ReadParameters(parameters, problems);
        if (problems.Count > 0 || reading.Definition is null)
        {
            throw new InputException(problems.Select(p => p.ToString()));
        }

        return new ProtocolSource(reading.Definition, text, given, overrides);
    }

    /// <summary>The definition with the parameters of the command line.</summary>
    /// <exception cref="InputException">A parameter is unknown or does not fit.</exception>
    public ProtocolDefinition WithParameters()
    {
        var reading = ProtocolReader.WithParameters(Definition, Parameters);
        return reading.Definition ?? throw new InputException(reading.Problems.Select(p => p.ToString()));
    }

    /// <summary>Resolves it against a channel; warnings are returned, problems thrown.</summary>
    /// <exception cref="InputException">It does not fit the cell or the channel.</exception>
    public CompiledProtocol Compile(ChannelCapabilities? channel)
    {
        var compiled = RunProgramCompiler.Compile(Definition, Cell, Parameters, channel);
        return compiled.Program is null ? throw new InputException(compiled.Problems.Select(p => p.ToString())) : compiled;
    }

    /// <exception cref="InputException">It cannot be read.</exception>
    public static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var problem = new Problem(path, 1, 1, "file", null, "cannot be read: " + exception.Message.TrimEnd('.'), "check the path");
            throw new InputException(problem.ToString(), exception);
        }
    }

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

    private static Dictionary<string, string> ReadParameters(IReadOnlyList<string> settings, List<Problem> problems)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in settings)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                problems.Add(new Problem("--set", 1, 1, "set", setting, "is not name=value", "write --set current=0.5mA/cm2"));
            }
            else if (!values.TryAdd(setting[..equals].Trim(), setting[(equals + 1)..].Trim()))
            {
                problems.Add(new Problem("--set", 1, 1, setting[..equals], setting, "is a second value of the same parameter", "keep one"));
            }
        }

        return values;
    }
}
