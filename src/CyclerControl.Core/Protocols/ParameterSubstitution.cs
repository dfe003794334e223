using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Protocols;

/// <summary>Puts the values of <c>parameters</c> where <c>$name</c> stands; the reader then checks them like any other text.</summary>
internal sealed partial class ParameterSubstitution
{
    /// <summary>The name under which problems of overrides appear.</summary>
    public const string CommandLine = "--set";

    private static readonly ImmutableArray<string> s_prose = ["about", "name", "because", "notes", "protocol", "parameters", "cell"];

    private readonly ProblemList _problems;
    private readonly Dictionary<string, ProtocolParameter> _parameters = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    private ParameterSubstitution(ProblemList problems) => _problems = problems;

    [GeneratedRegex(@"^\$(?<name>[A-Za-z0-9_.-]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Use { get; }

    [GeneratedRegex("^" + ProtocolKeys.NamePattern + "$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name { get; }

    /// <summary>The tree with values in place of names, and the parameters in force.</summary>
    public static (MappingNode Root, ImmutableArray<ProtocolParameter> Parameters) Apply(
        MappingNode root, IReadOnlyDictionary<string, string> overrides, ProblemList problems)
    {
        var substitution = new ParameterSubstitution(problems);
        var declared = root.Find("parameters");
        substitution.Declare(declared, overrides);
        var replaced = (MappingNode)substitution.Replace(root);
        foreach (var entry in (declared?.Value as MappingNode)?.Entries ?? [])
        {
            if (substitution._parameters.ContainsKey(entry.Key) && !substitution._used.Contains(entry.Key))
            {
                problems.Add(entry.Line, entry.Column, $"parameters.{entry.Key}", entry.Key, "is never used", $"write ${entry.Key} where its value belongs, or delete it");
            }
        }

        return (replaced, [.. substitution._parameters.Values]);
    }

    private void Declare(MappingEntry? declared, IReadOnlyDictionary<string, string> overrides)
    {
        if (declared is not null and not { Value: MappingNode })
        {
            _problems.Add(declared.Value, "must have keys below it", "write parameters: { current: 1 mA/cm2 }");
        }

        foreach (var entry in (declared?.Value as MappingNode)?.Entries ?? [])
        {
            if (!Name.IsMatch(entry.Key))
            {
                _problems.Add(entry.Line, entry.Column, $"parameters.{entry.Key}", entry.Key, "is no name for a parameter", "use small letters, digits and _");
            }
            else if (entry.Value is not ScalarNode scalar)
            {
                _problems.Add(entry.Value, "must be one value", $"write {entry.Key}: 1 mA/cm2");
            }
            else if (CheckValue(scalar.Text) is { } wrong)
            {
                _problems.Add(scalar, wrong.Message, wrong.Cure);
            }
            else
            {
                _parameters.Add(entry.Key, new ProtocolParameter(entry.Key, scalar.Text, scalar.Text));
            }
        }

        foreach (var (name, value) in overrides)
        {
            if (!_parameters.TryGetValue(name, out var parameter))
            {
                var near = NearName.Find(name, _parameters.Keys);
                var known = _parameters.Count == 0 ? "the protocol has none" : $"the protocol has {string.Join(", ", _parameters.Keys)}";
                _problems.Add(new Problem(CommandLine, 1, 1, name, name, "is no parameter of the protocol", near is null ? known : $"did you mean {near}? {known}"));
            }
            else if (CheckValue(value) is { } wrong)
            {
                _problems.Add(new Problem(CommandLine, 1, name.Length + 2, name, value, wrong.Message, wrong.Cure));
            }
            else
            {
                _parameters[name] = parameter with { Value = value };
            }
        }
    }

    /// <summary>A quantity or a whole number; null when it is one.</summary>
    private static QuantityReading? CheckValue(string text)
    {
        if (text.Length is > 0 and < 10 && text.All(char.IsAsciiDigit))
        {
            return null;
        }

        var reading = QuantityParser.Parse(text);
        return reading.Quantity is null ? reading : null;
    }

    private DocumentNode Replace(DocumentNode node) => node switch
    {
        MappingNode mapping => mapping with
        {
            Entries = [.. mapping.Entries.Select(e => s_prose.Contains(e.Key) ? e : e with { Value = Replace(e.Value) })],
        },
        SequenceNode sequence => sequence with { Items = [.. sequence.Items.Select(Replace)] },
        ScalarNode scalar => Replace(scalar),
        _ => node,
    };

    private ScalarNode Replace(ScalarNode scalar)
    {
        if (Use.Match(scalar.Text) is not { Success: true } match)
        {
            return scalar;
        }

        var name = match.Groups["name"].Value;
        if (_parameters.TryGetValue(name, out var parameter))
        {
            _ = _used.Add(name);
            return scalar with { Text = parameter.Value, IsQuoted = false };
        }

        var near = NearName.Find(name, _parameters.Keys);
        _ = _used.Add(near ?? name);
        _problems.Add(
            scalar,
            "is no parameter of this protocol",
            near is not null ? $"did you mean ${near}?" : $"declare it: parameters: {{ {name}: 1 mA/cm2 }}");
        return scalar with { IsReported = true };
    }
}
