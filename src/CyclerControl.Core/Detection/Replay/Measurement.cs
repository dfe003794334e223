namespace CyclerControl.Core.Detection.Replay;

/// <summary>One row of a finished record.</summary>
/// <param name="TimeNanoseconds">Time since the first row, ns.</param>
/// <param name="Volts">Terminal voltage, V; not a number where the row has none.</param>
/// <param name="Amperes">Current, A; positive charges the cell.</param>
/// <param name="Step">Executed step where the record knows it; 0 throughout where it does not.</param>
/// <param name="HalfCycle">Half-cycle where the record knows it; 0 elsewhere.</param>
public readonly record struct Measurement(long TimeNanoseconds, double Volts, double Amperes, int Step = 0, int HalfCycle = 0)
{
    /// <summary>The record says that the voltage was swept.</summary>
    public bool IsSwept { get; init; }
}
