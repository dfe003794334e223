using CyclerControl.Simulation.Cells;

namespace CyclerControl.Simulation;

internal static class SimulatedCells
{
    public static List<SimulatedCell> Make(SimulatedCyclerOptions options)
    {
        if (options.Cells.Count == 0 || options.Cells.Count > options.Profile.MaxChannels)
        {
            throw new ArgumentException(
                $"{options.Cells.Count} cells were named; {options.Profile.Name} has 1 to {options.Profile.MaxChannels} channels", nameof(options));
        }

        return [.. options.Cells.Select((name, index) => NamedCells.Make(name, options.Seed + index, options.Shorts))];
    }
}
