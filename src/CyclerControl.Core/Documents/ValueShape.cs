using System.Collections.Immutable;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Documents;

/// <summary>What may stand behind a key: drives the reader and the JSON schema alike.</summary>
public abstract record ValueShape
{
    /// <summary>A value of this shape, for cures.</summary>
    public abstract string Example { get; }
}

/// <summary>Free text.</summary>
/// <param name="Pattern">Regular expression that the whole text must match, for the schema; null: anything.</param>
public sealed record TextShape(string Sample = "text", string? Pattern = null) : ValueShape
{
    public override string Example => Sample;
}

/// <summary>One of a closed list of words.</summary>
public sealed record ChoiceShape(ImmutableArray<string> Words) : ValueShape
{
    public override string Example => Words[0];
}

/// <summary>A whole number without a unit, both bounds included.</summary>
public sealed record WholeNumberShape(long Min, long Max) : ValueShape
{
    public override string Example => Min.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A number without a unit (only where there is no dimension).</summary>
public sealed record NumberShape(double Min, double Max) : ValueShape
{
    public override string Example => Min.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>true or false.</summary>
public sealed record BooleanShape : ValueShape
{
    public override string Example => "true";
}

/// <summary>Which signs a quantity may have.</summary>
public enum SignRule
{
    Any,
    NotNegative,
    Positive,
}

/// <summary>A number with a unit.</summary>
/// <param name="Dimensions">What it may measure; the first gives the example.</param>
public sealed record QuantityShape(ImmutableArray<Dimension> Dimensions, SignRule Sign = SignRule.Any) : ValueShape
{
    public override string Example => Dimensions[0] == Dimension.CRate
        ? "C/20"
        : $"1 {Quantities.Dimensions.UsualUnit(Dimensions[0]) switch { "1" => "%", var unit => unit }}";
}

/// <summary>Keys below the key.</summary>
public sealed record MappingShape(KeyList Keys) : ValueShape
{
    public override string Example => $"{{ {string.Join(", ", Keys.Keys.Where(k => k.IsRequired).Select(k => $"{k.Name}: {k.Shape.Example}"))} }}";
}

/// <summary>Keys that the user invents, each with a value of one shape.</summary>
public sealed record OpenMappingShape(ValueShape Value, string KeyPattern) : ValueShape
{
    public override string Example => $"{{ name: {Value.Example} }}";
}

/// <summary>A list with at least one item.</summary>
public sealed record SequenceShape(ValueShape Item) : ValueShape
{
    public override string Example => $"[{Item.Example}]";
}

/// <summary>Any of several.</summary>
public sealed record AnyOfShape(ImmutableArray<ValueShape> Shapes) : ValueShape
{
    public override string Example => Shapes[0].Example;
}

/// <summary>A shape that the schema defines by name, so that it may contain itself.</summary>
public sealed record ReferenceShape(string Name) : ValueShape
{
    public override string Example => "...";
}
