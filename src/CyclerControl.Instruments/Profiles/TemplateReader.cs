using CyclerControl.Core.Documents;
using CyclerControl.Instruments.Dialects.Scpi;

namespace CyclerControl.Instruments.Profiles;

/// <summary>Compiles the wire text of a profile, and reports what does not compile at its place in the file.</summary>
internal sealed class TemplateReader(ProblemList problems)
{
    /// <summary>A message that carries at most one number, of the given quantity.</summary>
    public MessageTemplate? Message(DocumentNode? node, PlaceholderQuantity? carries)
    {
        if (Wire(node) is not { } text)
        {
            return null;
        }

        var template = MessageTemplate.TryParse(text.Text, out var problem);
        if (template is null)
        {
            problems.Add(text, Message(problem!), Cure(problem!));
            return null;
        }

        var numbers = template.Quantities.ToArray();
        if (numbers.Length > 1)
        {
            problems.Add(text, "carries more than one number", "send them in two messages: a list of two exchanges");
            return null;
        }

        if (numbers is [var number] && number != carries)
        {
            problems.Add(
                text,
                $"carries a {PlaceholderUnit.NameOf(number)}, which this message does not have",
                carries is { } right ? $"use one {{{PlaceholderUnit.NameOf(right)}:...}}" : "leave the placeholder out");
            return null;
        }

        return template;
    }

    /// <summary>The question that fetches a buffer: the only one with places in it.</summary>
    public MessageTemplate? Fetch(DocumentNode? node) => Question(node, allowChannels: false, allowPlaces: true);

    /// <summary>A question: no numbers, and no list of channels unless it is allowed.</summary>
    public MessageTemplate? Question(DocumentNode? node, bool allowChannels = false, bool allowPlaces = false)
    {
        if (Message(node, null) is not { } template)
        {
            return null;
        }

        if (template.NamesPlaces && !allowPlaces)
        {
            problems.Add(node!, "names places of a buffer, and fetches none", "{first} and {last} belong to the send of queries.buffer");
            return null;
        }

        if (template.NamesChannels && !allowChannels)
        {
            problems.Add(node!, "has a list of channels, and asks about one", "write {channel}; {channels} belongs to sample_all");
            return null;
        }

        return template;
    }

    public ReplyPattern? Reply(DocumentNode? node)
    {
        if (Wire(node) is not { } text)
        {
            return null;
        }

        var pattern = ReplyPattern.TryParse(text.Text, out var problem);
        if (pattern is null)
        {
            problems.Add(text, Message(problem!), Cure(problem!));
        }

        return pattern;
    }

    /// <summary>A reply with a voltage and a current.</summary>
    public ReplyPattern? Sample(DocumentNode? node)
    {
        if (Reply(node) is not { } pattern)
        {
            return null;
        }

        foreach (var needed in (ReadOnlySpan<PlaceholderQuantity>)[PlaceholderQuantity.Voltage, PlaceholderQuantity.Current])
        {
            if (!pattern.Quantities.Contains(needed))
            {
                var name = PlaceholderUnit.NameOf(needed);
                problems.Add(node!, $"has no {name}", $"a sample needs both: write {{{name}:{PlaceholderUnit.UnitsOf(needed).Split(',')[0]}}} where it stands");
                return null;
            }
        }

        return pattern;
    }

    private ScalarNode? Wire(DocumentNode? node)
    {
        switch (node)
        {
            case null:
                return null;
            case ScalarNode { Text.Length: 0 } empty:
                problems.Add(empty, "is empty", "write the text that goes over the wire, in double quotes");
                return null;
            case ScalarNode scalar when scalar.Text.AsSpan().IndexOfAny('\r', '\n') >= 0:
                problems.Add(scalar, "contains a line break", "leave it out: link.terminator is added by itself");
                return null;
            case ScalarNode scalar:
                return scalar;
            default:
                problems.Add(node, "must be one text", "write the text that goes over the wire, in double quotes");
                return null;
        }
    }

    private static string Message(string problem) => problem.Split("; ", 2)[0];

    private static string Cure(string problem) =>
        problem.Split("; ", 2) is [_, var cure] ? cure : "see docs/hardware-profiles.md for the placeholders";
}
