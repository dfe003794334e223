namespace CyclerControl.Simulation.Cyclers;

/// <summary>One reading of a channel's trace buffer.</summary>
/// <param name="Seconds">Since the instrument was made, on its own crystal.</param>
internal readonly record struct TraceReading(double Seconds, double Volts, double Amperes);
