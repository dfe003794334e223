using System.Globalization;
using System.Text;

namespace CyclerControl.Core.Documents;

/// <summary>
/// Reads YAML or JSON text from anybody into a tree. Hostile text is refused without harm: at most 1 MiB and 64 levels, no anchors,
/// aliases or tags, one document, no control characters. Never throws for what the text contains. Any thread.
/// </summary>
public static class DocumentReader
{
    /// <summary>Deepest nesting.</summary>
    public const int MaxDepth = 64;

    /// <summary>Largest text, bytes of UTF-8.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>The file's tree, or null when it has none; what is wrong is added to <paramref name="problems"/>.</summary>
    /// <param name="fileName">Used in messages, and <c>.json</c> selects JSON.</param>
    public static MappingNode? Read(string fileName, string text, ProblemList problems)
    {
        if (text.Length > MaxBytes || Encoding.UTF8.GetByteCount(text) > MaxBytes)
        {
            problems.Add(1, 1, "", null, "is larger than 1 MiB", "a file of this kind has a few kilobytes: is it the right one?");
            return null;
        }

        var start = text.StartsWith('\uFEFF') ? 1 : 0;
        if (HasForbiddenCharacter(text, start, problems))
        {
            return null;
        }

        var body = text[start..];
        var isJson = fileName.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || JsonTreeBuilder.IsJson(body);
        var root = isJson ? JsonTreeBuilder.Build(body, problems) : YamlTreeBuilder.Build(body, problems);
        switch (root)
        {
            case MappingNode mapping:
                return mapping;
            case null:
                if (problems.Count == 0)
                {
                    problems.Add(1, 1, "", null, "is empty", "write keys with values, one a line");
                }

                return null;
            default:
                problems.Add(
                    root.Line, root.Column, "", null, root is SequenceNode ? "is a list" : "is a single value", "write keys with values, one a line");
                return null;
        }
    }

    private static bool HasForbiddenCharacter(string text, int start, ProblemList problems)
    {
        var line = 1;
        var column = 1;
        for (var i = start; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\uFFFD')
            {
                problems.Add(line, column, "", null, "is not UTF-8 text here", "save the file as UTF-8");
                return true;
            }

            if ((char.IsControl(c) && c is not ('\t' or '\n' or '\r')) || c is '\u2028' or '\u2029' or '\uFEFF')
            {
                problems.Add(
                    line, column, "", null, string.Create(CultureInfo.InvariantCulture, $"has the invisible character U+{(int)c:X4}"), "delete it");
                return true;
            }

            if (c == '\n' || (c == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                line++;
                column = 1;
            }
            else
            {
                column++;
            }
        }

        return false;
    }
}
