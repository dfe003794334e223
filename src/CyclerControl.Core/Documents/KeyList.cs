using System.Collections.Immutable;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Documents;

/// <summary>One key of a closed list.</summary>
/// <param name="Name">As written.</param>
/// <param name="Shape">What may stand behind it.</param>
/// <param name="About">One sentence for editors and the schema.</param>
/// <param name="IsRequired">Its absence is a problem.</param>
public sealed record DocumentKey(string Name, ValueShape Shape, string About, bool IsRequired = false)
{
    public static DocumentKey Required(string name, ValueShape shape, string about) => new(name, shape, about, true);

    public static DocumentKey Optional(string name, ValueShape shape, string about) => new(name, shape, about);
}

/// <summary>The keys that one mapping may have, and no others.</summary>
/// <param name="What">What the mapping is, for messages and the schema: <c>a rest step</c>.</param>
public sealed record KeyList(string What, params ImmutableArray<DocumentKey> Keys)
{
    public DocumentKey? Find(string name)
    {
        foreach (var key in Keys)
        {
            if (string.Equals(key.Name, name, StringComparison.Ordinal))
            {
                return key;
            }
        }

        return null;
    }
}

/// <summary>Shapes that many key lists need.</summary>
public static class Shapes
{
    public static readonly ValueShape Text = new TextShape();

    public static readonly ValueShape Boolean = new BooleanShape();

    /// <summary>A duration above 0.</summary>
    public static readonly ValueShape Duration = new QuantityShape([Dimension.Time], SignRule.Positive);

    /// <summary>A duration of 0 or more.</summary>
    public static readonly ValueShape DurationOrZero = new QuantityShape([Dimension.Time], SignRule.NotNegative);

    public static ValueShape Quantity(params ReadOnlySpan<Dimension> dimensions) => new QuantityShape([.. dimensions]);

    public static ValueShape Positive(params ReadOnlySpan<Dimension> dimensions) => new QuantityShape([.. dimensions], SignRule.Positive);

    public static ValueShape Choice(params ReadOnlySpan<string> words) => new ChoiceShape([.. words]);

    public static ValueShape Whole(long min, long max) => new WholeNumberShape(min, max);

    public static ValueShape List(ValueShape item) => new SequenceShape(item);

    public static ValueShape AnyOf(params ReadOnlySpan<ValueShape> shapes) => new AnyOfShape([.. shapes]);

    public static ValueShape Keys(KeyList keys) => new MappingShape(keys);
}
