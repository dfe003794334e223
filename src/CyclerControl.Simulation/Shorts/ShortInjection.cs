namespace CyclerControl.Simulation.Shorts;

/// <summary>
/// Hard shorts on a schedule, for measuring how fast somebody notices: one on each channel at a random moment after each output-on, gone when
/// the output is off.
/// </summary>
/// <param name="EarliestSeconds">s after the output went on; above 0.</param>
/// <param name="LatestSeconds">s; the moment is uniform between the two.</param>
/// <param name="Ohms">Resistance of the path, ohm.</param>
public sealed record ShortInjection(double EarliestSeconds, double LatestSeconds, double Ohms = 3);
