namespace CyclerControl.Simulation.Shorts;

/// <summary>One planted event, as it really happened.</summary>
/// <param name="TimeSeconds">Time of the cell, s since it was made.</param>
/// <param name="ResistanceOhms">Resistance that the path reaches, ohm.</param>
/// <param name="CurrentDensity">Current density then, mA/cm2, positive charges.</param>
/// <param name="ArealCapacity">Areal capacity plated onto the electrode that grew it, mAh/cm2.</param>
public readonly record struct ShortOnset(double TimeSeconds, ShortKind Kind, double ResistanceOhms, double CurrentDensity, double ArealCapacity);
