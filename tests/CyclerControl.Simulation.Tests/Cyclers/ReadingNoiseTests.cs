using CyclerControl.Simulation.Cells;
using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.Tests.Cyclers;

public sealed class ReadingNoiseTests
{
    private const int Readings = 2000;
    private readonly ManualClock _clock = new();

    /// <summary>Measured on a 3 V cell at rest and under a small current: some tens of microvolts, whatever its open-circuit voltage.</summary>
    [Theory]
    [InlineData("ncm83125-li", 0, 40e-6)]
    [InlineData("ncm83125-li", 1e-5, 40e-6)]
    [InlineData("li-lpsc-collector", 0, 40e-6)]
    [InlineData("li-lpsc-li", 0, 40e-6)]
    public void Reading_CellThatHardlyPolarises_IsAsQuietAsAtRest(string cell, double amperes, double sigma) =>
        Assert.Equal(sigma, Sigma(cell, amperes), 0.1 * sigma);

    [Fact]
    public void Reading_PolarisedCell_IsNoisierInProportion()
    {
        var loaded = NamedCells.Make("li-lpsc-li", 1, shorts: false);
        loaded.Advance(10, 4e-3);
        var polarisation = loaded.Volts(4e-3);
        Assert.True(polarisation > 0.15);
        Assert.Equal(5e-4 * polarisation, Sigma("li-lpsc-li", 4e-3), 0.15 * 5e-4 * polarisation);
    }

    /// <summary>Standard deviation of reading minus truth, V.</summary>
    private double Sigma(string cell, double amperes)
    {
        var cycler = new SimulatedCycler(_clock, [NamedCells.Make(cell, 1, shorts: false)], CyclerModel.EightChannel, "SIM", truth: null);
        var channel = cycler.Touch(1);
        channel.SetCurrent(amperes);
        channel.SwitchOn();
        var sum = 0.0;
        for (var i = 0; i < Readings; i++)
        {
            _clock.AdvanceSeconds(0.01);
            cycler.Touch(1).Measure(out var volts, out _);
            sum += (volts - channel.TrueVolts) * (volts - channel.TrueVolts);
        }

        return Math.Sqrt(sum / Readings);
    }
}
