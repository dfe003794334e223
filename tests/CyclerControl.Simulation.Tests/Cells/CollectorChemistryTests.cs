using CyclerControl.Simulation.Cells;

namespace CyclerControl.Simulation.Tests.Cells;

public sealed class CollectorChemistryTests
{
    private const double Amperes = 0.3e-3 * 0.785;
    private const double CutOffVolts = 1.0;

    [Fact]
    public void FreshCell_RestsHighAndLithiatesFromAboveZero()
    {
        var cell = NamedCells.Make("li-lpsc-collector", 1);
        Assert.InRange(cell.Volts(0), 0.5, 3);
        cell.Advance(5, -Amperes);
        Assert.True(cell.Volts(-Amperes) > 0.2);
        cell.Advance(120, -Amperes);
        Assert.InRange(cell.Volts(-Amperes), -0.1, -0.01);
    }

    [Fact]
    public void Efficiency_PerCycle_IsThePlantedOne()
    {
        var cell = NamedCells.Make("li-lpsc-collector", 1);
        var chemistry = (CollectorChemistry)cell.Chemistry;
        for (var cycle = 1; cycle <= 60; cycle++)
        {
            cell.Advance(3600, -Amperes);
            var stripped = Strip(cell);
            var planted = chemistry.PlantedEfficiency(cycle);

            // What the bare metal takes up and gives back counts as plated and stripped: 2 % of the charge at full efficiency.
            Assert.Equal(planted, stripped / 3600, 0.0005 + (0.02 * (1 - planted)));
            Assert.Equal(cycle, chemistry.Cycle);
        }

        Assert.Equal(0.623, chemistry.PlantedEfficiency(1), 1e-9);
        Assert.InRange(chemistry.PlantedEfficiency(40), 0.994, 0.997);
    }

    [Fact]
    public void Strip_AsLithiumRunsOut_RisesTowardsTheCutOff()
    {
        var cell = NamedCells.Make("li-lpsc-collector", 1);
        cell.Advance(3600, -Amperes);
        cell.Advance(600, Amperes);
        Assert.InRange(cell.Volts(Amperes), 0.01, 0.1);
        var last = cell.Volts(Amperes);
        while (last < 2)
        {
            cell.Advance(1, Amperes);
            Assert.True(cell.Volts(Amperes) >= last - 1e-6);
            last = cell.Volts(Amperes);
        }

        Assert.InRange(cell.Volts(0), 0.5, 3);
    }

    [Fact]
    public void Lithium_IsNeverMade()
    {
        var cell = NamedCells.Make("li-lpsc-collector", 3);
        var chemistry = (CollectorChemistry)cell.Chemistry;
        cell.Advance(7200, -Amperes);
        Assert.Equal(0.6 - 0.006, chemistry.LithiumMilliampHoursPerSquareCentimetre + chemistry.DeadMilliampHoursPerSquareCentimetre, 1e-9);
    }

    [Fact]
    public void TestPulse_DoesNotCountAsACycle()
    {
        var cell = NamedCells.Make("li-lpsc-collector", 1);
        cell.Advance(3600, -Amperes);
        cell.Advance(5, Amperes / 4);
        cell.Advance(5, -Amperes / 4);
        Assert.Equal(1, ((CollectorChemistry)cell.Chemistry).Cycle);
    }

    private static double Strip(SimulatedCell cell)
    {
        var seconds = 0.0;
        while (cell.Volts(Amperes) < CutOffVolts)
        {
            cell.Advance(0.5, Amperes);
            seconds += 0.5;
        }

        return seconds;
    }
}
