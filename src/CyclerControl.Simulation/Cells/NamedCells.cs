using CyclerControl.Simulation.Shorts;

namespace CyclerControl.Simulation.Cells;

/// <summary>The cells that a station can name. One parameter set each, for every test that it is put through.</summary>
public static class NamedCells
{
    // Spread of ln q1: 8 % in current density. A 1 h half-cycle crosses at j^(1 + p) = const, a fixed capacity at j^p = const.
    private const double DensitySpread = 0.08;

    private static readonly Dictionary<string, Func<long, bool, SimulatedCell>> s_makers = new(StringComparer.Ordinal)
    {
        ["li-lpsc-li"] = Symmetric("li-lpsc-li", new(), HourlyShort(1.05, 2.9)),
        ["lacss"] = Symmetric("lacss", new() { ExchangeMilliamperesPerSquareCentimetre = 1.11 }, HourlyShort(2.55, 2)),
        ["tbaf-lpsc"] = Symmetric(
            "tbaf-lpsc",
            new() { ConductivityMillisiemensPerCentimetre = 5.0, ThicknessMillimetres = 1.1, ExchangeMilliamperesPerSquareCentimetre = 0.8 },
            HourlyShort(1.45, 2.5)),
        ["tfaa-lpsc"] = Symmetric(
            "tfaa-lpsc",
            new() { ConductivityMillisiemensPerCentimetre = 4.4, ThicknessMillimetres = 1.1, ExchangeMilliamperesPerSquareCentimetre = 1.0 },
            HourlyShort(2.35, 2)),
        ["dpf-lpsc"] = Symmetric(
            "dpf-lpsc",
            new()
            {
                ConductivityMillisiemensPerCentimetre = 3.65,
                ThicknessMillimetres = 1.1,
                ExchangeMilliamperesPerSquareCentimetre = 1.2,
                ContactLossMilliampHoursPerSquareCentimetre = 6,
            },
            HourlyShort(3.45, 2)),
        ["air-llzto"] = Symmetric("air-llzto", Garnet(0.30), FixedCapacityShort(0.165, 2, 0.2)),
        ["tfoh-llzto"] = Symmetric("tfoh-llzto", Garnet(20), FixedCapacityShort(2.45, 2, DensitySpread)),
        ["li-lpsc-collector"] = (seed, enabled) => new SimulatedCell(
            "li-lpsc-collector", new CollectorChemistry(new()), HourlyShort(3.45, 2) with { Enabled = enabled }, seed),
        ["ncm83125-li"] = (seed, enabled) => new SimulatedCell(
            "ncm83125-li", new FullCellChemistry(new(), OpenCircuitCurve.Ncm), HourlyShort(2.55, 2) with { Enabled = enabled }, seed),
    };

    public static IReadOnlyCollection<string> Names => s_makers.Keys;

    /// <param name="seed">Chooses the cell's fate within the spread of its kind.</param>
    /// <param name="shorts">False switches the short process off.</param>
    /// <exception cref="ArgumentException">No such cell; the message lists them.</exception>
    public static SimulatedCell Make(string name, long seed, bool shorts = true) =>
        s_makers.TryGetValue(name, out var make)
            ? make(seed, shorts)
            : throw new ArgumentException($"no simulated cell is named '{name}'; there are {string.Join(", ", s_makers.Keys)}", nameof(name));

    private static Func<long, bool, SimulatedCell> Symmetric(string name, SymmetricParameters parameters, ShortParameters shorts) =>
        (seed, enabled) => new SimulatedCell(name, new SymmetricChemistry(parameters), shorts with { Enabled = enabled }, seed);

    private static SymmetricParameters Garnet(double exchange) => new()
    {
        AreaSquareCentimetres = 1.13,
        ConductivityMillisiemensPerCentimetre = 0.70,
        ThicknessMillimetres = 0.6,
        ExchangeMilliamperesPerSquareCentimetre = exchange,
        InterphaseGrowthRate = 0.1,
        ContactLossMilliampHoursPerSquareCentimetre = 2.5,
    };

    /// <summary>Median crossing of a ramp with 1 h half-cycles: there the areal capacity in mAh/cm2 equals the current density in mA/cm2.</summary>
    private static ShortParameters HourlyShort(double density, double exponent) => new()
    {
        ThresholdMilliampHoursPerSquareCentimetre = density,
        AtMilliamperesPerSquareCentimetre = density,
        Exponent = exponent,
        Spread = DensitySpread * (1 + exponent),
    };

    /// <summary>Median crossing of a ramp with 0.2 mAh/cm2 per half-cycle.</summary>
    private static ShortParameters FixedCapacityShort(double density, double exponent, double densitySpread) => new()
    {
        ThresholdMilliampHoursPerSquareCentimetre = 0.2,
        AtMilliamperesPerSquareCentimetre = density,
        Exponent = exponent,
        Spread = densitySpread * exponent,
    };
}
