using CyclerControl.Simulation.Cells;

namespace CyclerControl.Simulation;

internal static class SimulatedCells
{
    public static List<SimulatedCell> Make(SimulatedCyclerOptions options)
    {
        if (options.Cells.Count == 0 || options.Cells.Count > options.Profile.MaxChannels)
        {
            throw new FormatException(
                $"{options.Cells.Count} cells were named; {options.Profile.Name} has 1 to {options.Profile.MaxChannels} channels");
        }

        if (options.Cells.FirstOrDefault(name => !NamedCells.Names.Contains(name)) is { } unknown)
        {
            throw new FormatException($"no simulated cell is named '{unknown}'; there are {string.Join(", ", NamedCells.Names)}");
        }

        return [.. options.Cells.Select((name, index) => NamedCells.Make(name, options.Seed + index, options.Shorts))];
    }
}
