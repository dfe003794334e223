namespace CyclerControl.Simulation.Cells;

/// <summary>Newton on the monotone current-voltage curve of a cell.</summary>
internal static class Solve
{
    private const int MaxSteps = 40;

    /// <summary>The ionic current at which V(I) + I x series = offset + volts.</summary>
    /// <remarks>Started from zero: the curve is concave on the side of its root, so that the iterates approach it from one side.</remarks>
    public static double Current(ICellChemistry chemistry, double volts, double seriesOhms, double offsetVolts)
    {
        var current = 0.0;
        for (var i = 0; i < MaxSteps; i++)
        {
            var value = chemistry.SettledVolts(current, out var slope) + (current * seriesOhms) - offsetVolts - volts;
            var change = value / (slope + seriesOhms);
            current -= change;
            if (Math.Abs(change) <= 1e-13 + (1e-10 * Math.Abs(current)))
            {
                break;
            }
        }

        return current;
    }
}
