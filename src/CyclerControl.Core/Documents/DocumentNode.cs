using System.Collections.Immutable;

namespace CyclerControl.Core.Documents;

/// <summary>A part of a file, with its place. Immutable.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
/// <param name="Path"><c>steps[2].charge</c>; empty for the whole file.</param>
public abstract record DocumentNode(int Line, int Column, string Path)
{
    /// <summary>The path of a key below this node.</summary>
    public string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";
}

/// <summary>One value.</summary>
/// <param name="Text">As the file means it: quotes and escapes resolved.</param>
/// <param name="IsQuoted">True when the file put it in quotes: then it is text, never a number or a boolean.</param>
public sealed record ScalarNode(int Line, int Column, string Path, string Text, bool IsQuoted) : DocumentNode(Line, Column, Path)
{
    /// <summary>True when what is wrong with it was told already: nothing more is said about it.</summary>
    public bool IsReported { get; init; }
}

/// <summary>A list.</summary>
public sealed record SequenceNode(int Line, int Column, string Path, ImmutableArray<DocumentNode> Items) : DocumentNode(Line, Column, Path);

/// <summary>Keys with values, each key once.</summary>
public sealed record MappingNode(int Line, int Column, string Path, ImmutableArray<MappingEntry> Entries) : DocumentNode(Line, Column, Path)
{
    /// <summary>The entry of a key; null where the file has none.</summary>
    public MappingEntry? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (string.Equals(entry.Key, key, StringComparison.Ordinal))
            {
                return entry;
            }
        }

        return null;
    }
}

/// <summary>One key with its value.</summary>
/// <param name="Line">Of the key, 1-based.</param>
/// <param name="Column">Of the key, 1-based.</param>
public sealed record MappingEntry(string Key, int Line, int Column, DocumentNode Value);
