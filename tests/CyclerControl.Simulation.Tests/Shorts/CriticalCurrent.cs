using CyclerControl.Simulation.Cells;

namespace CyclerControl.Simulation.Tests.Shorts;

/// <summary>Puts a cell through a ramp of 0.1 mA/cm2 steps, driving the model directly, and asks its truth.</summary>
internal static class CriticalCurrent
{
    public static double OneHour(string name, long seed) => Ramp(NamedCells.Make(name, seed), _ => 3600);

    public static double FixedCapacity(string name, long seed, double milliampHours) =>
        Ramp(NamedCells.Make(name, seed), density => milliampHours / density * 3600);

    /// <summary>Areal capacity plated one way when the short begins; the cap where none does.</summary>
    public static double OneWay(string name, long seed, double density, double cap)
    {
        var cell = NamedCells.Make(name, seed);
        var amperes = -density * 1e-3 * cell.Chemistry.AreaSquareCentimetres;
        var hours = cap / density;
        for (var hour = 0.0; hour < hours; hour++)
        {
            cell.Advance(3600, amperes);
            if (cell.Truth.FirstShort is { } onset)
            {
                return onset.ArealCapacity;
            }
        }

        return cap;
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public static double Quantile(IEnumerable<double> values, double fraction)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)Math.Round(fraction * (sorted.Length - 1))];
    }

    private static double Ramp(SimulatedCell cell, Func<double, double> halfCycleSeconds)
    {
        for (var level = 1; level <= 100; level++)
        {
            var density = level / 10.0;
            var amperes = density * 1e-3 * cell.Chemistry.AreaSquareCentimetres;
            cell.Advance(halfCycleSeconds(density), -amperes);
            cell.Advance(halfCycleSeconds(density), amperes);
            if (cell.Truth.ShortCount > 0)
            {
                return (level - 1) / 10.0;
            }
        }

        return double.PositiveInfinity;
    }
}
