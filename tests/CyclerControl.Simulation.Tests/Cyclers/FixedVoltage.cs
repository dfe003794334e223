using CyclerControl.Simulation.Cells;

namespace CyclerControl.Simulation.Tests.Cyclers;

/// <summary>A battery with one voltage and 10 ohm.</summary>
internal sealed class FixedVoltage(double volts) : ICellChemistry
{
    public double AreaSquareCentimetres => 1;

    public bool PlatesOntoWorking => false;

    public void Advance(double seconds, double ionicAmperes)
    {
    }

    public double Volts(double ionicAmperes) => volts + (10 * ionicAmperes);

    public double SettledVolts(double ionicAmperes, out double slopeOhms)
    {
        slopeOhms = 10;
        return Volts(ionicAmperes);
    }

    public double CurrentToReach(double volts1, double seconds) => (volts1 - volts) / 10;

    public void Mark()
    {
    }

    public void Rewind()
    {
    }
}
