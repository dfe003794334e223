namespace CyclerControl.Core.Detection;

/// <summary>One point of an impedance spectrum.</summary>
/// <param name="Hertz">Frequency, Hz; above 0.</param>
/// <param name="RealOhms">Real part, ohm.</param>
/// <param name="ImaginaryOhms">Imaginary part, ohm; negative where the cell is capacitive.</param>
public readonly record struct ImpedancePoint(double Hertz, double RealOhms, double ImaginaryOhms);
