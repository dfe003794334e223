using System.Globalization;
using System.Reflection;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Protocols;

/// <summary>
/// The keys of <c>short_circuit: settings:</c>, made from <see cref="DetectionSettings"/> itself, so that none is ever missing: one mapping a rule,
/// one key a parameter. The end of a parameter's name says its dimension: <c>...Volts</c> a voltage, <c>...Seconds</c> a duration,
/// <c>...Fraction</c> and <c>...Floor</c> a percentage; the rest are plain numbers.
/// </summary>
internal static class DetectionKeys
{
    private const long LargestCount = 1000;
    private static readonly string[] s_shares = ["Fraction", "Floor", "Weight"];

    public static readonly KeyList Settings = new("settings", [.. DetectionSettingsTable.Members(typeof(DetectionSettings)).Select(Outer)]);

    /// <summary>The defaults with what the file overrides.</summary>
    public static DetectionSettings Read(MappingReader? reader)
    {
        if (reader is null)
        {
            return DetectionSettings.Default;
        }

        var settings = new DetectionSettings();
        foreach (var property in DetectionSettingsTable.Members(typeof(DetectionSettings)))
        {
            var name = DetectionSettingsTable.IsNumber(property.PropertyType) ? KeyOf(property) : DetectionSettingsTable.Word(property.Name);
            if (DetectionSettingsTable.IsNumber(property.PropertyType))
            {
                Override(settings, property, reader);
            }
            else if (reader.Mapping(name) is { } inner)
            {
                property.SetValue(settings, Rule(property, inner));
            }
        }

        reader.Finish();
        return settings;
    }

    private static object Rule(PropertyInfo rule, MappingReader reader)
    {
        var settings = rule.GetValue(new DetectionSettings())!;
        foreach (var parameter in DetectionSettingsTable.Members(rule.PropertyType))
        {
            Override(settings, parameter, reader);
        }

        reader.Finish();
        return settings;
    }

    private static void Override(object settings, PropertyInfo parameter, MappingReader reader)
    {
        var key = KeyOf(parameter);
        object? value = ShapeOf(parameter) switch
        {
            WholeNumberShape => reader.WholeNumber(key) is { } whole ? (object)(int)whole : null,
            NumberShape => reader.Number(key),
            _ => reader.Quantity(key)?.BaseValue,
        };
        if (value is not null)
        {
            parameter.SetValue(settings, value);
        }
    }

    private static DocumentKey Outer(PropertyInfo property) => DetectionSettingsTable.IsNumber(property.PropertyType)
        ? Key(property, DetectionSettings.Default)
        : DocumentKey.Optional(
            DetectionSettingsTable.Word(property.Name),
            Shapes.Keys(new KeyList(
                DetectionSettingsTable.Word(property.Name),
                [.. DetectionSettingsTable.Members(property.PropertyType).Select(p => Key(p, property.GetValue(DetectionSettings.Default)!))])),
            "Parameters of one rule or model; docs/detection.md says what they mean.");

    private static DocumentKey Key(PropertyInfo parameter, object defaults) => DocumentKey.Optional(
        KeyOf(parameter), ShapeOf(parameter), $"Default {Print(parameter, parameter.GetValue(defaults)!)}.");

    private static string Print(PropertyInfo parameter, object value)
    {
        var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        return ShapeOf(parameter) is QuantityShape { Dimensions: var dimensions }
            ? QuantityPrinter.Print(number, dimensions[0])
            : number.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>The unit stands in the value, so not in the key: <c>floor: 1 mV</c>, <c>abort: 20 s</c>; a bare <c>Seconds</c> is <c>time</c>.</summary>
    private static string KeyOf(PropertyInfo parameter)
    {
        var name = parameter.Name;
        return name == "Seconds" ? "time"
            : name.EndsWith("AgeSeconds", StringComparison.Ordinal) ? DetectionSettingsTable.Word(name[..^7])
            : name.EndsWith("Seconds", StringComparison.Ordinal) ? DetectionSettingsTable.Word(name[..^7]) + "_time"
            : name.EndsWith("Volts", StringComparison.Ordinal) ? DetectionSettingsTable.Word(name[..^5])
            : DetectionSettingsTable.Word(name);
    }

    private static ValueShape ShapeOf(PropertyInfo parameter)
    {
        var name = parameter.Name;
        return parameter.PropertyType == typeof(int) ? Shapes.Whole(1, LargestCount)
            : name.EndsWith("Seconds", StringComparison.Ordinal) ? Shapes.DurationOrZero
            : name.EndsWith("Volts", StringComparison.Ordinal) ? new QuantityShape([Dimension.Voltage], SignRule.NotNegative)
            : s_shares.Any(s => name.EndsWith(s, StringComparison.Ordinal)) ? new QuantityShape([Dimension.Fraction], SignRule.NotNegative)
            : new NumberShape(0, 1e6);
    }
}
