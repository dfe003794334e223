namespace CyclerControl.Simulation.Cells;

/// <summary>Butler-Volmer kinetics with equal transfer coefficients, and the temperature law of the electrolyte.</summary>
internal static class Kinetics
{
    private const double Gas = 8.314462618;
    private const double Faraday = 96485.33212;

    public const double ReferenceKelvin = 298.15;

    /// <summary>2RT/F, V.</summary>
    public static double Scale(double kelvin) => 2 * Gas * kelvin / Faraday;

    /// <summary>Factor on a resistance at this temperature against 25 degC.</summary>
    /// <param name="activationElectronvolts">Activation energy, eV.</param>
    public static double ResistanceFactor(double kelvin, double activationElectronvolts) =>
        Math.Exp(activationElectronvolts * Faraday / Gas * ((1 / kelvin) - (1 / ReferenceKelvin)));
}
