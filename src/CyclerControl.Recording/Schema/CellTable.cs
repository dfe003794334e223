using System.Globalization;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Recording.Schema;

/// <summary>The specimen as rows of name, value and unit.</summary>
internal static class CellTable
{
    private static readonly Field[] Fields =
    [
        new("area", "cm2", c => c.AreaSquareCentimetres, (c, v) => c with { AreaSquareCentimetres = v }),
        new("active_mass", "g", c => c.ActiveMassGrams, (c, v) => c with { ActiveMassGrams = v }),
        new("composite_mass", "g", c => c.CompositeMassGrams, (c, v) => c with { CompositeMassGrams = v }),
        new("active_fraction", "1", c => c.ActiveFraction, (c, v) => c with { ActiveFraction = v }),
        new("one_c", "A", c => c.OneCAmperes, (c, v) => c with { OneCAmperes = v }),
        new("nominal_capacity", "Ah", c => c.NominalAmpHours, (c, v) => c with { NominalAmpHours = v }),
        new("thickness", "cm", c => c.ThicknessCentimetres, (c, v) => c with { ThicknessCentimetres = v }),
        new("conductivity", "S/cm", c => c.ConductivitySiemensPerCentimetre, (c, v) => c with { ConductivitySiemensPerCentimetre = v }),
        new("bulk_resistance", "ohm", c => c.BulkResistanceOhms, (c, v) => c with { BulkResistanceOhms = v }),
        new("temperature", "degC", c => c.TemperatureCelsius, (c, v) => c with { TemperatureCelsius = v }),
        new("stack_pressure", "MPa", c => c.StackPressureMegapascals, (c, v) => c with { StackPressureMegapascals = v }),
        new("working_lithium", "Ah", c => c.WorkingLithiumAmpHours, (c, v) => c with { WorkingLithiumAmpHours = v }),
        new("counter_lithium", "Ah", c => c.CounterLithiumAmpHours, (c, v) => c with { CounterLithiumAmpHours = v }),
        new("particle_radius", "cm", c => c.ParticleRadiusCentimetres, (c, v) => c with { ParticleRadiusCentimetres = v }),
        new("molar_volume", "cm3/mol", c => c.MolarVolumeCubicCentimetresPerMole, (c, v) => c with { MolarVolumeCubicCentimetresPerMole = v }),
        new("molar_mass", "g/mol", c => c.MolarMassGramsPerMole, (c, v) => c with { MolarMassGramsPerMole = v }),
    ];

    /// <summary>What is known of the cell; what nobody gave has no row.</summary>
    public static IEnumerable<(string Name, object Value, string? Unit)> Rows(CellSpec cell)
    {
        if (cell.Id is { } id)
            yield return ("id", id, null);
        if (cell.Kind is { } kind)
            yield return ("kind", FileWord.Of(kind), null);
        foreach (var field in Fields)
        {
            if (field.Get(cell) is { } value)
                yield return (field.Name, value, field.Unit);
        }

        if (cell.Notes is { } notes)
            yield return ("notes", notes, null);
    }

    /// <summary>The cell with one row applied; names that this version does not know are passed over.</summary>
    public static CellSpec With(CellSpec cell, string name, object value) => name switch
    {
        "id" => cell with { Id = (string)value },
        "kind" => cell with { Kind = FileWord.Parse<CellKind>((string)value) },
        "notes" => cell with { Notes = (string)value },
        _ => Array.Find(Fields, f => f.Name == name) is { } field
            ? field.With(cell, Convert.ToDouble(value, CultureInfo.InvariantCulture))
            : cell,
    };

    private sealed record Field(string Name, string Unit, Func<CellSpec, double?> Get, Func<CellSpec, double, CellSpec> With);
}
