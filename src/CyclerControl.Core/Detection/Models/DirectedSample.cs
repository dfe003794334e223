namespace CyclerControl.Core.Detection.Models;

/// <summary>A sample as the rules see it: mirrored so that current and voltage of a healthy passive cell are positive.</summary>
/// <param name="TimeSeconds">Test time, s.</param>
/// <param name="AgeSeconds">Time since the programmed change, s.</param>
/// <param name="Volts">V in the direction of the current, offset removed where it is known, V. Full cells: V as measured.</param>
/// <param name="Amperes">|I|, A.</param>
/// <param name="Celsius">Cell temperature, degC; null where it is not measured.</param>
internal readonly record struct DirectedSample(double TimeSeconds, double AgeSeconds, double Volts, double Amperes, double? Celsius)
{
    /// <summary>V / I, ohm.</summary>
    public double Ohms => Volts / Amperes;
}
