using System.Collections.Immutable;

namespace CyclerControl.Core.Documents;

/// <summary>Collects the keys of one mapping; a second one of a name is a problem, and is left out.</summary>
internal sealed class MappingEntries(string path, ProblemList problems)
{
    private readonly ImmutableArray<MappingEntry>.Builder _entries = ImmutableArray.CreateBuilder<MappingEntry>();
    private readonly Dictionary<string, int> _firstLines = new(StringComparer.Ordinal);

    public string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    public void Add(string key, int line, int column, DocumentNode value)
    {
        if (_firstLines.TryGetValue(key, out var first))
        {
            problems.Add(line, column, PathOf(key), key, $"is given twice (first in line {first})", "keep one of them");
            return;
        }

        _firstLines.Add(key, line);
        _entries.Add(new MappingEntry(key, line, column, value));
    }

    public ImmutableArray<MappingEntry> ToImmutable() => _entries.ToImmutable();
}
