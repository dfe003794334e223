using System.Collections.Frozen;
using System.Collections.Immutable;

namespace CyclerControl.Core.Quantities;

/// <summary>One unit of the closed, case-sensitive list.</summary>
/// <param name="Symbol">As it is printed: ASCII, <c>u</c> for micro.</param>
/// <param name="Dimension">What it measures.</param>
/// <param name="Factor">One of it in the inside unit of its dimension.</param>
/// <param name="Offset">Added after the factor: only kelvin has one.</param>
public sealed record Unit(string Symbol, Dimension Dimension, decimal Factor, decimal Offset = 0)
{
    /// <summary>Every unit that may be written; the first of a dimension with factor 1 is its inside unit.</summary>
    public static readonly ImmutableArray<Unit> All =
    [
        new("V", Dimension.Voltage, 1), new("mV", Dimension.Voltage, 1e-3m), new("uV", Dimension.Voltage, 1e-6m),
        new("A", Dimension.Current, 1), new("mA", Dimension.Current, 1e-3m), new("uA", Dimension.Current, 1e-6m),
        new("nA", Dimension.Current, 1e-9m),
        new("A/cm2", Dimension.CurrentDensity, 1), new("mA/cm2", Dimension.CurrentDensity, 1e-3m),
        new("uA/cm2", Dimension.CurrentDensity, 1e-6m),
        new("A/g", Dimension.SpecificCurrent, 1), new("mA/g", Dimension.SpecificCurrent, 1e-3m),
        new("C", Dimension.CRate, 1),
        new("Ah", Dimension.Charge, 1), new("mAh", Dimension.Charge, 1e-3m), new("uAh", Dimension.Charge, 1e-6m),
        new("Ah/cm2", Dimension.ArealCapacity, 1), new("mAh/cm2", Dimension.ArealCapacity, 1e-3m),
        new("Ah/g", Dimension.SpecificCapacity, 1), new("mAh/g", Dimension.SpecificCapacity, 1e-3m),
        new("W", Dimension.Power, 1), new("mW", Dimension.Power, 1e-3m),
        new("Wh", Dimension.Energy, 1), new("mWh", Dimension.Energy, 1e-3m),
        new("ohm", Dimension.Resistance, 1), new("kohm", Dimension.Resistance, 1e3m),
        new("ohm cm2", Dimension.ArealResistance, 1),
        new("s", Dimension.Time, 1), new("ms", Dimension.Time, 1e-3m), new("min", Dimension.Time, 60), new("h", Dimension.Time, 3600),
        new("d", Dimension.Time, 86400),
        new("Hz", Dimension.Frequency, 1), new("kHz", Dimension.Frequency, 1e3m), new("MHz", Dimension.Frequency, 1e6m),
        new("mHz", Dimension.Frequency, 1e-3m),
        new("degC", Dimension.Temperature, 1), new("K", Dimension.Temperature, 1, -273.15m),
        new("g", Dimension.Mass, 1), new("mg", Dimension.Mass, 1e-3m), new("ug", Dimension.Mass, 1e-6m),
        new("cm2", Dimension.Area, 1), new("mm2", Dimension.Area, 1e-2m),
        new("cm", Dimension.Length, 1), new("mm", Dimension.Length, 0.1m), new("um", Dimension.Length, 1e-4m),
        new("S/cm", Dimension.Conductivity, 1), new("mS/cm", Dimension.Conductivity, 1e-3m),
        new("MPa", Dimension.Pressure, 1), new("kPa", Dimension.Pressure, 1e-3m),
        new("cm3/mol", Dimension.MolarVolume, 1),
        new("g/mol", Dimension.MolarMass, 1),
        new("1", Dimension.Fraction, 1), new("%", Dimension.Fraction, 1e-2m),
        new("V/s", Dimension.SweepRate, 1), new("mV/s", Dimension.SweepRate, 1e-3m),
    ];

    private static readonly FrozenDictionary<string, Unit> s_bySymbol =
        All.Where(u => u.Symbol != "1").ToFrozenDictionary(u => u.Symbol, StringComparer.Ordinal);

    private static readonly FrozenDictionary<Dimension, Unit> s_base =
        All.Where(u => u is { Factor: 1, Offset: 0 }).ToFrozenDictionary(u => u.Dimension);

    /// <summary>The unit of a symbol, also with micro sign, Greek mu, <c>cm²</c>, <c>°C</c> or <c>Ω</c>; null where there is none.</summary>
    public static Unit? Find(string symbol) => s_bySymbol.GetValueOrDefault(UnitSpelling.Normalize(symbol));

    /// <summary>The inside unit of a dimension.</summary>
    public static Unit Base(Dimension dimension) => s_base[dimension];

    /// <summary>The units of a dimension that may be written.</summary>
    public static IEnumerable<Unit> Of(Dimension dimension) => All.Where(u => u.Dimension == dimension && u.Symbol != "1");

    public override string ToString() => Symbol;
}
