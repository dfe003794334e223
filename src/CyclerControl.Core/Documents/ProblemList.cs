namespace CyclerControl.Core.Documents;

/// <summary>Collects all problems of one file, so that they can be told in one go. One thread.</summary>
public sealed class ProblemList
{
    /// <summary>More than this many are counted, not kept: nobody reads them before the first are cured.</summary>
    public const int Most = 200;

    private readonly List<Problem> _items = [];

    public ProblemList(string file) => File = file;

    /// <summary>The file that they are about.</summary>
    public string File { get; }

    /// <summary>All that were added, kept or not.</summary>
    public int Count { get; private set; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Problem> Items =>
        [.. _items.OrderBy(p => p.Line).ThenBy(p => p.Column), .. Count > Most ? [TooMany()] : Array.Empty<Problem>()];

    /// <summary>A problem at a node of the file; its value is shown where it has one.</summary>
    public void Add(DocumentNode node, string message, string cure)
    {
        if (node is not ScalarNode { IsReported: true })
        {
            Add(node.Line, node.Column, node.Path, node is ScalarNode { Text.Length: > 0 } scalar ? scalar.Text : null, message, cure);
        }
    }

    public void Add(int line, int column, string path, string? value, string message, string cure) =>
        Add(new Problem(File, line, column, path.Length == 0 ? "file" : path, value, message, cure));

    public void Add(Problem problem)
    {
        Count++;
        if (Count <= Most)
        {
            _items.Add(problem);
        }
    }

    private Problem TooMany() => new(File, _items[^1].Line, _items[^1].Column, "file", null, $"has {Count - Most} more problems", "correct these first");
}
