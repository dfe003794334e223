using System.Collections.Immutable;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Documents;

/// <summary>
/// Reads one mapping against its closed key list. Getters return null when the key is absent or its value is wrong; wrong values are added
/// to the problems, absent required keys and unknown ones by <see cref="Finish"/>. One thread.
/// </summary>
public sealed class MappingReader
{
    private readonly KeyList _keys;

    public MappingReader(MappingNode node, KeyList keys, ProblemList problems)
    {
        Node = node;
        _keys = keys;
        Problems = problems;
    }

    public MappingNode Node { get; }

    public ProblemList Problems { get; }

    /// <summary>True when the file has the key, whatever its value.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>The value of a key as it stands; for values of several shapes.</summary>
    /// <exception cref="ArgumentException">The key is not in the list: a mistake of ours.</exception>
    public DocumentNode? Find(string key)
    {
        _ = KeyOf(key);
        return Node.Find(key)?.Value;
    }

    /// <summary>Free text, not empty.</summary>
    public string? Text(string key)
    {
        if (Scalar(key) is not { } scalar)
        {
            return null;
        }

        if (scalar.Text.Length > 0)
        {
            return scalar.Text;
        }

        Problems.Add(scalar, "is empty", $"write {key}: {KeyOf(key).Shape.Example}");
        return null;
    }

    /// <summary>One word of the key's <see cref="ChoiceShape"/>.</summary>
    public string? Choice(string key) => Scalar(key) is { } scalar ? ValueReader.Choice(scalar, (ChoiceShape)KeyOf(key).Shape, Problems) : null;

    /// <summary>A whole number within the key's <see cref="WholeNumberShape"/>.</summary>
    public long? WholeNumber(string key) =>
        Scalar(key) is { } scalar ? ValueReader.WholeNumber(scalar, (WholeNumberShape)KeyOf(key).Shape, Problems) : null;

    /// <summary>A number within the key's <see cref="NumberShape"/>.</summary>
    public double? Number(string key) => Scalar(key) is { } scalar ? ValueReader.Number(scalar, (NumberShape)KeyOf(key).Shape, Problems) : null;

    /// <summary>true or false, not in quotes.</summary>
    public bool? Boolean(string key) => Scalar(key) is { } scalar ? ValueReader.Boolean(scalar, Problems) : null;

    /// <summary>A quantity of the key's <see cref="QuantityShape"/>.</summary>
    public Quantity? Quantity(string key) =>
        Scalar(key) is { } scalar ? ValueReader.Quantity(scalar, (QuantityShape)KeyOf(key).Shape, Problems) : null;

    /// <summary>A duration of the key's <see cref="QuantityShape"/>, s.</summary>
    public double? Seconds(string key) => Quantity(key)?.BaseValue;

    /// <summary>A reader over the mapping behind the key, with the list of its <see cref="MappingShape"/>.</summary>
    public MappingReader? Mapping(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case MappingNode mapping:
                return new MappingReader(mapping, ((MappingShape)KeyOf(key).Shape).Keys, Problems);
            case var other:
                Problems.Add(other, "must have keys below it", $"write {key}: {KeyOf(key).Shape.Example}");
                return null;
        }
    }

    /// <summary>The list behind the key, with at least one item; null when absent or wrong.</summary>
    public SequenceNode? Sequence(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case SequenceNode { Items.Length: > 0 } sequence:
                return sequence;
            case SequenceNode empty:
                Problems.Add(empty, "is an empty list", "give at least one item or leave the key out");
                return null;
            case var other:
                Problems.Add(other, "is not a list", $"write {key}: {KeyOf(key).Shape.Example}, or one line with a dash per item");
                return null;
        }
    }

    /// <summary>The list behind the key as texts.</summary>
    public ImmutableArray<string>? Texts(string key)
    {
        if (Sequence(key) is not { } sequence)
        {
            return null;
        }

        var texts = ImmutableArray.CreateBuilder<string>(sequence.Items.Length);
        foreach (var item in sequence.Items)
        {
            if (item is ScalarNode scalar)
            {
                texts.Add(scalar.Text);
            }
            else
            {
                Problems.Add(item, "is not a text", "write one text per item");
            }
        }

        return texts.ToImmutable();
    }

    /// <summary>Readers over the list of mappings behind the key; its shape is a <see cref="SequenceShape"/> of <see cref="MappingShape"/>.</summary>
    public ImmutableArray<MappingReader>? Mappings(string key)
    {
        if (Sequence(key) is not { } sequence)
        {
            return null;
        }

        var keys = ((MappingShape)((SequenceShape)KeyOf(key).Shape).Item).Keys;
        var readers = ImmutableArray.CreateBuilder<MappingReader>(sequence.Items.Length);
        foreach (var item in sequence.Items)
        {
            if (item is MappingNode mapping)
            {
                readers.Add(new MappingReader(mapping, keys, Problems));
            }
            else
            {
                Problems.Add(item, "must have keys", $"write {((SequenceShape)KeyOf(key).Shape).Item.Example}");
            }
        }

        return readers.ToImmutable();
    }

    /// <summary>A problem at the value of a key, or at the mapping where the key is absent.</summary>
    public void Report(string key, string message, string cure)
    {
        if (Find(key) is { } value)
        {
            Problems.Add(value, message, cure);
        }
        else
        {
            Problems.Add(Node.Line, Node.Column, Node.PathOf(key), null, message, cure);
        }
    }

    /// <summary>Reports keys that are not in the list, and required ones that are absent. Call it once, whatever the getters found.</summary>
    /// <param name="notYet">Keys of the format that this version does not support.</param>
    public void Finish(params ReadOnlySpan<string> notYet)
    {
        foreach (var entry in Node.Entries)
        {
            if (_keys.Find(entry.Key) is not null)
            {
                continue;
            }

            if (notYet.Contains(entry.Key))
            {
                Problems.Add(entry.Line, entry.Column, Node.PathOf(entry.Key), entry.Key, "is not supported yet", "leave it out");
                continue;
            }

            var missing = _keys.Keys.Select(k => k.Name).Where(n => Node.Find(n) is null).ToList();
            var near = NearName.Find(entry.Key, missing) ?? NearName.Find(entry.Key, _keys.Keys.Select(k => k.Name));
            var known = $"{_keys.What} has the keys {string.Join(", ", _keys.Keys.Select(k => k.Name))}";
            Problems.Add(
                entry.Line, entry.Column, Node.PathOf(entry.Key), entry.Key, "is an unknown key", near is null ? known : $"did you mean {near}? {known}");
        }

        foreach (var key in _keys.Keys)
        {
            if (key.IsRequired && Node.Find(key.Name) is null)
            {
                Problems.Add(Node.Line, Node.Column, Node.PathOf(key.Name), null, "is missing", $"write {key.Name}: {key.Shape.Example}");
            }
        }
    }

    private ScalarNode? Scalar(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case ScalarNode scalar:
                return scalar;
            case var other:
                Problems.Add(other, other is MappingNode ? "must be one value, not keys" : "must be one value, not a list", $"write {key}: {KeyOf(key).Shape.Example}");
                return null;
        }
    }

    private DocumentKey KeyOf(string key) =>
        _keys.Find(key) ?? throw new ArgumentException($"'{key}' is not in the key list of {_keys.What}", nameof(key));
}
