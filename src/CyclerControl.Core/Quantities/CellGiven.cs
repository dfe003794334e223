using System.Collections.Immutable;
using CyclerControl.Core.Documents;

namespace CyclerControl.Core.Quantities;

/// <summary>One thing that somebody said about a cell, and where.</summary>
/// <param name="File">Name of the file; <c>--cell</c> for the command line.</param>
/// <param name="Node">The value with its place.</param>
/// <param name="Quantity">The value, where it is one.</param>
public sealed record CellValue(string Key, string File, ScalarNode Node, Quantity? Quantity)
{
    /// <summary>True for <c>ask</c>.</summary>
    public bool IsAsk => Node.Text == CellKeys.Ask;

    internal Problem Problem(string message, string cure) => new(File, Node.Line, Node.Column, Node.Path, IsAsk ? null : Node.Text, message, cure);
}

/// <summary>What was said about a cell in one place, not yet resolved: a file's <c>cell:</c>, or <c>--cell</c> at start.</summary>
public sealed class CellGiven
{
    public static readonly CellGiven Nothing = new([]);

    private readonly ImmutableDictionary<string, CellValue> _values;

    public CellGiven(IEnumerable<CellValue> values) => _values = values.ToImmutableDictionary(v => v.Key, StringComparer.Ordinal);

    /// <summary>The value of a key; null where nobody said anything.</summary>
    public CellValue? this[string key] => _values.GetValueOrDefault(key);

    public bool Has(string key) => _values.TryGetValue(key, out var value) && !value.IsAsk;

    /// <summary>The keys that must be given at start, in the order of the closed list.</summary>
    public IEnumerable<CellValue> Asked => CellKeys.Names.Select(n => this[n]).OfType<CellValue>().Where(v => v.IsAsk);

    /// <summary>What is said here, and below it what the other says: the start over the protocol.</summary>
    public CellGiven Over(CellGiven defaults)
    {
        // A mass in whatever form replaces the other form of the defaults.
        var givesMass = Has("active_mass") || Has("composite_mass") || Has("active_fraction");
        var kept = defaults._values.Values.Where(v => !(givesMass && v.Key == "active_mass" && !v.IsAsk && !Has("active_mass")));
        if (Has("active_mass"))
        {
            kept = kept.Where(v => v.Key is not ("composite_mass" or "active_fraction"));
        }

        return new CellGiven(_values.Values.Concat(kept.Where(v => !_values.ContainsKey(v.Key))));
    }
}
