namespace CyclerControl.Instruments.Dialects.Scpi;

/// <summary>What a placeholder in a message or reply stands for.</summary>
public enum PlaceholderQuantity : byte
{
    Voltage,
    Current,
    Time,
    Temperature,
}

/// <summary>A placeholder's quantity and the unit that the instrument speaks.</summary>
/// <param name="Quantity">What it stands for.</param>
/// <param name="Unit">As written in the profile.</param>
/// <param name="Factor">One such unit in V, A, s or degC.</param>
public sealed record PlaceholderUnit(PlaceholderQuantity Quantity, string Unit, double Factor)
{
    /// <summary>Every unit that a placeholder may carry.</summary>
    public static readonly IReadOnlyList<PlaceholderUnit> All =
    [
        new(PlaceholderQuantity.Voltage, "V", 1), new(PlaceholderQuantity.Voltage, "mV", 1e-3), new(PlaceholderQuantity.Voltage, "uV", 1e-6),
        new(PlaceholderQuantity.Current, "A", 1), new(PlaceholderQuantity.Current, "mA", 1e-3), new(PlaceholderQuantity.Current, "uA", 1e-6),
        new(PlaceholderQuantity.Current, "nA", 1e-9),
        new(PlaceholderQuantity.Time, "s", 1), new(PlaceholderQuantity.Time, "ms", 1e-3), new(PlaceholderQuantity.Time, "min", 60),
        new(PlaceholderQuantity.Temperature, "degC", 1),
    ];

    /// <summary>The name that stands in the braces: <c>voltage</c>.</summary>
    public static string NameOf(PlaceholderQuantity quantity) => quantity switch
    {
        PlaceholderQuantity.Voltage => "voltage",
        PlaceholderQuantity.Current => "current",
        PlaceholderQuantity.Time => "time",
        _ => "temperature",
    };

    /// <summary>The quantity of that name; null for any other word.</summary>
    public static PlaceholderQuantity? QuantityOf(string name) => name switch
    {
        "voltage" => PlaceholderQuantity.Voltage,
        "current" => PlaceholderQuantity.Current,
        "time" => PlaceholderQuantity.Time,
        "temperature" => PlaceholderQuantity.Temperature,
        _ => null,
    };

    /// <summary>The units of a quantity, for messages: <c>V, mV, uV</c>.</summary>
    public static string UnitsOf(PlaceholderQuantity quantity) =>
        string.Join(", ", All.Where(unit => unit.Quantity == quantity).Select(unit => unit.Unit));
}
