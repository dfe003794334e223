using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CyclerControl.Core.Documents;

/// <summary>Walks the YAML event parser, and nothing deeper than <see cref="DocumentReader.MaxDepth"/>: an object deserializer would overflow the stack.</summary>
internal sealed class YamlTreeBuilder
{
    private readonly Parser _parser;
    private readonly ProblemList _problems;
    private bool _stopped;

    private YamlTreeBuilder(string text, ProblemList problems)
    {
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        _problems = problems;
    }

    public static DocumentNode? Build(string text, ProblemList problems)
    {
        var builder = new YamlTreeBuilder(text, problems);
        try
        {
            return builder.Document();
        }
        catch (YamlException e)
        {
            Explain(text, e.End.Line > e.Start.Line || e.End.Column > e.Start.Column ? e.End : e.Start, Plain(e.Message), problems);
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException or NullReferenceException)
        {
            // The scanner breaks this way on some texts that are no YAML (a key inside an open bracket, for one).
            var place = builder._parser.Current?.End ?? Mark.Empty;
            Explain(text, place, "a bracket, a brace or a quote is not closed", problems);
            return null;
        }
    }

    private DocumentNode? Document()
    {
        if (!_parser.MoveNext() || _parser.Current is not StreamStart || !_parser.MoveNext() || _parser.Current is not DocumentStart)
        {
            return null;
        }

        _ = _parser.MoveNext();
        var root = Node("", 1);
        if (_stopped)
        {
            return null;
        }

        while (_parser.MoveNext())
        {
            if (_parser.Current is DocumentStart second)
            {
                _problems.Add(LineOf(second.Start), ColumnOf(second.Start), "", null, "holds a second document", "keep one document a file: delete '---' and what follows");
                return null;
            }
        }

        return root is ScalarNode { Text: "", IsQuoted: false } ? null : root;
    }

    /// <summary>The node at the parser's present event; the parser is left on its last event. Null after a stop.</summary>
    private DocumentNode? Node(string path, int depth)
    {
        var current = _parser.Current;
        var (line, column) = current is null ? (1, 1) : (LineOf(current.Start), ColumnOf(current.Start));
        switch (current)
        {
            case Scalar scalar:
                RefuseDecoration(scalar, scalar.Style == ScalarStyle.Plain ? scalar.Tag.IsEmpty : scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific, path);
                return new ScalarNode(line, column, path, scalar.Value, scalar.Style != ScalarStyle.Plain);
            case AnchorAlias alias:
                _problems.Add(line, column, path, $"*{alias.Value.Value}", "is an alias", "write the value out: anchors and aliases are not allowed");
                return new ScalarNode(line, column, path, "", false);
            case SequenceStart sequence:
                RefuseDecoration(sequence, sequence.Tag.IsEmpty, path);
                return TooDeep(line, column, path, depth) ? null : Sequence(line, column, path, depth);
            case MappingStart mapping:
                RefuseDecoration(mapping, mapping.Tag.IsEmpty, path);
                return TooDeep(line, column, path, depth) ? null : Mapping(line, column, path, depth);
            default:
                return null;
        }
    }

    private SequenceNode? Sequence(int line, int column, string path, int depth)
    {
        var items = ImmutableArray.CreateBuilder<DocumentNode>();
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            if (Node($"{path}[{items.Count}]", depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return new SequenceNode(line, column, path, items.ToImmutable());
    }

    private MappingNode? Mapping(int line, int column, string path, int depth)
    {
        var entries = new MappingEntries(path, _problems);
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            var (keyLine, keyColumn) = (LineOf(_parser.Current!.Start), ColumnOf(_parser.Current.Start));
            var key = Node(path, depth + 1);
            if (key is null || !_parser.MoveNext())
            {
                return null;
            }

            var name = (key as ScalarNode)?.Text;
            if (Node(name is null ? path : entries.PathOf(name), depth + 1) is not { } value)
            {
                return null;
            }

            if (name is null)
            {
                _problems.Add(keyLine, keyColumn, path, null, "has a key that is no word", "write key: value");
            }
            else
            {
                entries.Add(name, keyLine, keyColumn, value);
            }
        }

        return new MappingNode(line, column, path, entries.ToImmutable());
    }

    private bool TooDeep(int line, int column, string path, int depth)
    {
        if (depth <= DocumentReader.MaxDepth)
        {
            return false;
        }

        // The path of 64 brackets tells nobody anything.
        var top = path.IndexOfAny(['.', '[']);
        _problems.Add(line, column, top < 0 ? path : path[..top], null, $"is nested deeper than {DocumentReader.MaxDepth} levels", "nest less; look for brackets that are never closed");
        _stopped = true;
        return true;
    }

    private void RefuseDecoration(NodeEvent node, bool untagged, string path)
    {
        if (!node.Anchor.IsEmpty)
        {
            _problems.Add(LineOf(node.Start), ColumnOf(node.Start), path, $"&{node.Anchor.Value}", "is an anchor", "delete it: anchors and aliases are not allowed");
        }

        if (!untagged)
        {
            _problems.Add(LineOf(node.Start), ColumnOf(node.Start), path, node.Tag.IsNonSpecific ? "!" : node.Tag.Value, "is a tag", "delete it: tags are not allowed");
        }
    }

    private static int LineOf(Mark mark) => (int)Math.Max(1, mark.Line);

    private static int ColumnOf(Mark mark) => (int)Math.Max(1, mark.Column);

    private static string Plain(string message) => message.ReplaceLineEndings(" ").Trim().TrimEnd('.');

    private static void Explain(string text, Mark place, string what, ProblemList problems)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var tab = Array.FindIndex(lines, l => l.AsSpan().TrimStart(' ').StartsWith("\t") && !string.IsNullOrWhiteSpace(l));
        if (tab >= 0)
        {
            problems.Add(tab + 1, lines[tab].IndexOf('\t', StringComparison.Ordinal) + 1, "", null, "is indented with a tab here", "indent with spaces");
            return;
        }

        var line = Math.Min(LineOf(place), lines.Length);
        problems.Add(
            line,
            Math.Min(ColumnOf(place), lines[line - 1].Length + 1),
            "",
            null,
            $"is not YAML here: {what}",
            "check indentation, colons, brackets and quotes here and in the line above");
    }
}
