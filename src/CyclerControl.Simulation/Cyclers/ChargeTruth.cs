namespace CyclerControl.Simulation.Cyclers;

/// <summary>Charge that a channel really sourced, positive charges the cell.</summary>
/// <param name="SinceLastAmpHours">Since the level was last changed or the output switched, Ah.</param>
/// <param name="NetAmpHours">Since the instrument was made, Ah.</param>
/// <param name="ThroughputAmpHours">The same without signs, Ah.</param>
public readonly record struct ChargeTruth(double SinceLastAmpHours, double NetAmpHours, double ThroughputAmpHours);
