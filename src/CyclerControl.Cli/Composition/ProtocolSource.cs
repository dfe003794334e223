using CyclerControl.Cli.CommandLine;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Quantities;
using CyclerControl.Service.Protocols;

namespace CyclerControl.Cli.Composition;

/// <summary>A protocol file with what the command line says about cell and parameters.</summary>
internal sealed class ProtocolSource(PlannedProtocol plan)
{
    public ProtocolDefinition Definition => plan.Definition;

    public string Text => plan.Text;

    public CellGiven Cell => plan.Cell;

    public IReadOnlyDictionary<string, string> Parameters => plan.Parameters;

    /// <exception cref="InputException">The file cannot be read, or anything in it or on the command line is wrong: all of it.</exception>
    public static ProtocolSource Load(string path, string? cell, IReadOnlyList<string> parameters)
    {
        var text = ReadText(path);
        var problems = new List<Problem>();
        var overrides = ReadParameters(parameters, problems);
        var (plan, found) = PlannedProtocol.Read(path, text, cell, overrides);
        problems.InsertRange(0, found);
        return plan is not null && problems.Count == 0 ? new ProtocolSource(plan) : throw new InputException(problems.Select(p => p.ToString()));
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
        var compiled = plan.Compile(channel);
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

    /// <exception cref="InputException">One is not name=value.</exception>
    public static IReadOnlyDictionary<string, string> ReadParameters(IReadOnlyList<string> settings)
    {
        var problems = new List<Problem>();
        var values = ReadParameters(settings, problems);
        return problems.Count == 0 ? values : throw new InputException(problems.Select(p => p.ToString()));
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
