namespace CyclerControl.Simulation.Cells;

/// <summary>Newton on the monotone current-voltage curve of a cell.</summary>
internal static class Solve
{
    private const int MaxSteps = 60;

    /// <summary>The ionic current at which V(I) + I x series = offset + volts.</summary>
    /// <remarks>Newton from zero, kept within the bracket that the signs seen so far allow: the slope jumps where the contact does.</remarks>
    public static double Current(ICellChemistry chemistry, double volts, double seriesOhms, double offsetVolts)
    {
        double low = double.NegativeInfinity, high = double.PositiveInfinity, current = 0;
        for (var i = 0; i < MaxSteps; i++)
        {
            var value = chemistry.SettledVolts(current, out var slope) + (current * seriesOhms) - offsetVolts - volts;
            (low, high) = value > 0 ? (low, current) : (current, high);
            var next = current - (value / (slope + seriesOhms));
            if (next <= low || next >= high)
            {
                next = double.IsFinite(low) && double.IsFinite(high) ? (low + high) / 2 : next;
            }

            var change = next - current;
            current = next;
            if (Math.Abs(change) <= 1e-13 + (1e-10 * Math.Abs(current)))
            {
                break;
            }
        }

        return current;
    }
}
