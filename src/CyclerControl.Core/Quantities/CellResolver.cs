using CyclerControl.Core.Documents;

namespace CyclerControl.Core.Quantities;

/// <summary>Turns what was said about a cell into plain numbers; quantities per area or per gram are resolved against the cell itself.</summary>
public static class CellResolver
{
    /// <summary>Two statements of the same thing may differ by this fraction.</summary>
    public const double Tolerance = 0.02;

    /// <summary>The cell; what contradicts itself or lacks a quantity that it refers to is added to the problems and left null.</summary>
    public static CellSpec Resolve(CellGiven given, ICollection<Problem> problems)
    {
        var spec = new CellSpec
        {
            Id = Text(given, "id"),
            Kind = Text(given, "kind") switch { "symmetric" => CellKind.Symmetric, "half" => CellKind.Half, "full" => CellKind.Full, _ => null },
            AreaSquareCentimetres = Value(given, "area"),
            CompositeMassGrams = Value(given, "composite_mass"),
            ActiveFraction = Value(given, "active_fraction"),
            ThicknessCentimetres = Value(given, "thickness"),
            ConductivitySiemensPerCentimetre = Value(given, "conductivity"),
            TemperatureCelsius = Value(given, "temperature"),
            StackPressureMegapascals = Value(given, "stack_pressure"),
            ParticleRadiusCentimetres = Value(given, "particle_radius"),
            MolarVolumeCubicCentimetresPerMole = Value(given, "molar_volume"),
            MolarMassGramsPerMole = Value(given, "molar_mass"),
            Notes = Text(given, "notes"),
        };
        spec = spec with { ActiveMassGrams = ActiveMass(given, spec, problems) };
        spec = spec with
        {
            OneCAmperes = Amount(given, "one_c", spec, problems),
            NominalAmpHours = Amount(given, "nominal_capacity", spec, problems),
            WorkingLithiumAmpHours = Amount(given, "working_lithium", spec, problems),
            CounterLithiumAmpHours = Amount(given, "counter_lithium", spec, problems),
            BulkResistanceOhms = Amount(given, "bulk_resistance", spec, problems),
        };
        if (spec is { OneCAmperes: { } oneC, NominalAmpHours: { } nominal } && Differ(oneC, nominal))
        {
            var oneCText = QuantityPrinter.Print(oneC, Dimension.Current, 4);
            problems.Add(given["one_c"]!.Problem(
                $"({oneCText}) and nominal_capacity ({QuantityPrinter.Print(nominal, Dimension.Charge, 4)}) are more than 2 % apart",
                "give one of them, or make 1C the current that moves the nominal capacity in 1 h"));
        }

        return spec;
    }

    private static double? ActiveMass(CellGiven given, CellSpec spec, ICollection<Problem> problems)
    {
        var product = spec.CompositeMassGrams * spec.ActiveFraction;
        if (Value(given, "active_mass") is not { } direct)
        {
            return product;
        }

        if (product is { } other && Differ(direct, other))
        {
            problems.Add(given["active_mass"]!.Problem(
                $"and composite_mass x active_fraction ({QuantityPrinter.Print(other, Dimension.Mass, 4)}) are more than 2 % apart", "give one of the two"));
        }

        return direct;
    }

    private static double? Amount(CellGiven given, string key, CellSpec spec, ICollection<Problem> problems)
    {
        if (given[key] is not { Quantity: { } quantity } value)
        {
            return null;
        }

        var amount = CellAmounts.Resolve(quantity, spec);
        if (amount.Missing is { } missing)
        {
            problems.Add(value.Problem($"needs the cell's {missing}, and nobody gave it", $"write --cell {CellKeys.Example(missing)}"));
        }

        return amount.Value;
    }

    private static bool Differ(double a, double b) => Math.Abs(a - b) > Tolerance * Math.Max(a, b) * (1 + 1e-9);

    private static double? Value(CellGiven given, string key) => given[key]?.Quantity?.BaseValue;

    private static string? Text(CellGiven given, string key) => given.Has(key) ? given[key]!.Node.Text : null;
}
