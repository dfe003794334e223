using System.Globalization;
using System.Reflection;
using System.Text;

namespace CyclerControl.Core.Detection;

/// <summary>All settings of detection as names and numbers, for run files: <c>hard_short.floor_volts</c>; units are in the names.</summary>
public static class DetectionSettingsTable
{
    /// <summary>Every setting in force, by name.</summary>
    public static IReadOnlyDictionary<string, double> Of(DetectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var rows = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var property in Members(typeof(DetectionSettings)))
        {
            var value = property.GetValue(settings)!;
            if (IsNumber(property.PropertyType))
            {
                rows[Word(property.Name)] = Number(value);
                continue;
            }

            foreach (var inner in Members(property.PropertyType))
            {
                rows[$"{Word(property.Name)}.{Word(inner.Name)}"] = Number(inner.GetValue(value)!);
            }
        }

        return rows;
    }

    /// <summary>Settings from names and numbers as <see cref="Of"/> writes them; what is not named, as in a file of another version, is the default.</summary>
    public static DetectionSettings From(IReadOnlyDictionary<string, double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var settings = new DetectionSettings();
        foreach (var property in Members(typeof(DetectionSettings)))
        {
            if (IsNumber(property.PropertyType))
            {
                Set(settings, property, values, Word(property.Name));
                continue;
            }

            var rule = property.GetValue(settings)!;
            foreach (var inner in Members(property.PropertyType))
            {
                Set(rule, inner, values, $"{Word(property.Name)}.{Word(inner.Name)}");
            }
        }

        return settings;
    }

    internal static IEnumerable<PropertyInfo> Members(Type settings) =>
        settings.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite);

    internal static bool IsNumber(Type type) => type == typeof(double) || type == typeof(int);

    /// <summary><c>FloorVolts</c> as <c>floor_volts</c>.</summary>
    internal static string Word(string name)
    {
        var word = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && word.Length > 0)
            {
                word.Append('_');
            }

            word.Append(char.ToLowerInvariant(letter));
        }

        return word.ToString();
    }

    private static void Set(object settings, PropertyInfo parameter, IReadOnlyDictionary<string, double> values, string name)
    {
        if (values.TryGetValue(name, out var value))
        {
            parameter.SetValue(settings, parameter.PropertyType == typeof(int) ? (object)(int)Math.Round(value) : value);
        }
    }

    private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);
}
