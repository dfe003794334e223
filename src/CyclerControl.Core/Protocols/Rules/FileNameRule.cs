using System.Text.RegularExpressions;
using CyclerControl.Core.Documents;

namespace CyclerControl.Core.Protocols.Rules;

/// <summary>The name inside is a plain word, and that of the file.</summary>
internal sealed partial class FileNameRule : IProtocolRule
{
    [GeneratedRegex("^" + ProtocolKeys.NamePattern + "$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name { get; }

    public void Check(ProtocolDefinition definition, ProblemList problems)
    {
        if (definition.Name.Length == 0 || definition.Source.Find("protocol")?.Value is not ScalarNode node)
        {
            return;
        }

        if (!Name.IsMatch(definition.Name))
        {
            problems.Add(node, "is no name for a protocol", "use small letters and digits with - between words");
            return;
        }

        var file = definition.File[(definition.File.LastIndexOfAny(['/', '\\']) + 1)..];
        var ending = Array.Find([".yaml", ".yml", ".json"], e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase));
        if (ending is not null && file[..^ending.Length] != definition.Name)
        {
            problems.Add(node, $"is not the name of the file, {file[..^ending.Length]}", $"rename one of them: {definition.Name}{ending}");
        }
    }
}
