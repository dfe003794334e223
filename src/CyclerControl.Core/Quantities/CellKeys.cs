using System.Collections.Immutable;
using CyclerControl.Core.Documents;

namespace CyclerControl.Core.Quantities;

/// <summary>The closed list of what may be said about a cell, in <c>cell:</c> and in <c>--cell</c>.</summary>
public static class CellKeys
{
    /// <summary>Instead of a value: must be given when a run is started.</summary>
    public const string Ask = "ask";

    private static readonly ImmutableArray<(string Name, string Example, string About, ValueShape Shape)> s_all =
    [
        ("id", "cell-42", "Name of the specimen.", Shapes.Text),
        ("kind", "symmetric", "symmetric (Li || Li), half (Li || collector) or full.", Shapes.Choice("symmetric", "half", "full")),
        ("area", "0.785cm2", "Electrode area.", Shapes.Positive(Dimension.Area)),
        ("active_mass", "7.5mg", "Mass of the active material.", Shapes.Positive(Dimension.Mass)),
        ("composite_mass", "10mg", "Mass of the composite electrode.", Shapes.Positive(Dimension.Mass)),
        ("active_fraction", "75%", "Share of active material in the composite.", Shapes.Positive(Dimension.Fraction)),
        ("one_c", "1.07mA/cm2", "The current that is called 1C.", Shapes.Positive([.. Dimensions.AnyCurrent.Where(d => d != Dimension.CRate)])),
        ("nominal_capacity", "1.07mAh/cm2", "Nominal capacity.", Shapes.Positive([.. Dimensions.AnyCapacity])),
        ("thickness", "1mm", "Thickness of the separator.", Shapes.Positive(Dimension.Length)),
        ("conductivity", "3.7mS/cm", "Ionic conductivity of the separator.", Shapes.Positive(Dimension.Conductivity)),
        ("bulk_resistance", "35ohm", "High-frequency intercept of the impedance.", Shapes.Positive(Dimension.Resistance, Dimension.ArealResistance)),
        ("temperature", "25degC", "Temperature of the cell.", Shapes.Quantity(Dimension.Temperature)),
        ("stack_pressure", "5MPa", "Pressure on the stack.", Shapes.Positive(Dimension.Pressure)),
        ("working_lithium", "10mAh/cm2", "Lithium on the working electrode at start.", Shapes.Positive([.. Dimensions.AnyCapacity])),
        ("counter_lithium", "10mAh/cm2", "Lithium on the counter electrode at start.", Shapes.Positive([.. Dimensions.AnyCapacity])),
        ("particle_radius", "2.5um", "Radius of the active particles.", Shapes.Positive(Dimension.Length)),
        ("molar_volume", "20.5cm3/mol", "Molar volume of the active material.", Shapes.Positive(Dimension.MolarVolume)),
        ("molar_mass", "97.3g/mol", "Molar mass of the active material.", Shapes.Positive(Dimension.MolarMass)),
        ("notes", "first batch", "Anything.", Shapes.Text),
    ];

    /// <summary>The keys of the mapping <c>cell:</c>.</summary>
    public static readonly KeyList List = new("cell", [.. s_all.Select(k => DocumentKey.Optional(k.Name, WithAsk(k.Shape), k.About))]);

    /// <summary><c>area=0.785cm2</c>: what a cure proposes.</summary>
    public static string Example(string key) => $"{key}={s_all.First(k => k.Name == key).Example}";

    /// <summary>The shape of a value that is not <c>ask</c>; null for an unknown key.</summary>
    public static ValueShape? ShapeOf(string key) => s_all.FirstOrDefault(k => k.Name == key).Shape;

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => s_all.Select(k => k.Name);

    private static AnyOfShape WithAsk(ValueShape shape) => new([shape, Shapes.Choice(Ask)]);
}
