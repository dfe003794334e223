namespace CyclerControl.Simulation.Cyclers;

/// <summary>What a channel regulates.</summary>
public enum OutputFunction
{
    Current,
    Voltage,
}
