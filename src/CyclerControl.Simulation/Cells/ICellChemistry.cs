namespace CyclerControl.Simulation.Cells;

/// <summary>
/// A cell without a short: what ionic current does to it. Time comes only as an argument; a step of any length at constant current gives the
/// state that many small ones give.
/// </summary>
public interface ICellChemistry
{
    /// <summary>Physical area, cm2.</summary>
    double AreaSquareCentimetres { get; }

    /// <summary>Which electrodes lithium is plated onto: a working electrode that takes lithium up in its particles grows no filament.</summary>
    bool PlatesOntoWorking { get; }

    /// <summary>Passes a constant ionic current; positive strips the working electrode (charges).</summary>
    void Advance(double seconds, double ionicAmperes);

    /// <summary>Terminal voltage now, carrying this current.</summary>
    double Volts(double ionicAmperes);

    /// <summary>Terminal voltage once the fast processes (double layer) have settled, and its slope dV/dI in ohm, which is positive.</summary>
    double SettledVolts(double ionicAmperes, out double slopeOhms);

    /// <summary>The constant current at which the terminal voltage is <paramref name="volts"/> at the end of this step.</summary>
    double CurrentToReach(double volts, double seconds);

    /// <summary>Remembers the state.</summary>
    void Mark();

    /// <summary>Back to the last mark.</summary>
    void Rewind();
}
