using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace CyclerControl.Core.Documents;

/// <summary>Builds the tree from JSON tokens.</summary>
internal static class JsonTreeBuilder
{
    private static readonly JsonReaderOptions s_options = new() { MaxDepth = DocumentReader.MaxDepth };

    /// <summary>True when the text starts as an object does and is JSON to its end. YAML in braces is not.</summary>
    public static bool IsJson(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("{", StringComparison.Ordinal))
        {
            return false;
        }

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), s_options);
        try
        {
            while (reader.Read())
            {
                continue;
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static DocumentNode? Build(string text, ProblemList problems)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var places = new LinePlaces(bytes);
        var reader = new Utf8JsonReader(bytes, s_options);
        try
        {
            if (!reader.Read())
            {
                return null;
            }

            var root = Node(ref reader, places, "", problems);
            _ = reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            var (line, column) = places.Of((int)Math.Min(reader.BytesConsumed, bytes.Length));
            line = e.LineNumber is { } at ? Math.Min((int)at + 1, places.Lines) : line;
            column = e.LineNumber is { } l && e.BytePositionInLine is { } inLine ? places.ColumnOf((int)l, (int)inLine) : column;
            var deep = reader.CurrentDepth >= DocumentReader.MaxDepth;
            problems.Add(
                line,
                column,
                "",
                null,
                deep ? $"is nested deeper than {DocumentReader.MaxDepth} levels" : $"is not JSON here: {Plain(e.Message)}",
                deep ? "nest less; look for brackets that are never closed" : "check commas, braces and quotes here and in the line above");
            return null;
        }
    }

    private static DocumentNode Node(ref Utf8JsonReader reader, LinePlaces places, string path, ProblemList problems)
    {
        var (line, column) = places.Of((int)reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var entries = new MappingEntries(path, problems);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var (keyLine, keyColumn) = places.Of((int)reader.TokenStartIndex);
                    var key = Text(ref reader);
                    _ = reader.Read();
                    entries.Add(key, keyLine, keyColumn, Node(ref reader, places, entries.PathOf(key), problems));
                }

                return new MappingNode(line, column, path, entries.ToImmutable());
            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<DocumentNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Node(ref reader, places, $"{path}[{items.Count}]", problems));
                }

                return new SequenceNode(line, column, path, items.ToImmutable());
            case JsonTokenType.String:
                return new ScalarNode(line, column, path, Text(ref reader), true);
            default:
                return new ScalarNode(line, column, path, Encoding.UTF8.GetString(reader.ValueSpan), false);
        }
    }

    /// <summary>Half a surrogate pair in an escape is no text: it is shown as it stands.</summary>
    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    private static string Plain(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).Trim().TrimEnd('.');
    }
}
