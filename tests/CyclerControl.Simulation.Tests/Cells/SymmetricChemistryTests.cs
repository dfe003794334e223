using CyclerControl.Simulation.Cells;

namespace CyclerControl.Simulation.Tests.Cells;

public sealed class SymmetricChemistryTests
{
    private const double Area = 0.785;

    [Theory]
    [InlineData(0.2, 0.018)]
    [InlineData(0.5, 0.044)]
    [InlineData(1.0, 0.084)]
    [InlineData(2.5, 0.176)]
    public void BareCell_AfterNucleation_HasTheVoltageOfItsConductivityAndKinetics(double density, double volts)
    {
        var cell = NamedCells.Make("li-lpsc-li", 1, shorts: false);
        Cycle(cell, 0.1, 6 * 3600, 1);
        cell.Advance(60, density * 1e-3 * Area);
        Assert.InRange(cell.Volts(density * 1e-3 * Area), volts - 0.003, volts + 0.003);
    }

    [Fact]
    public void VeryFastKinetics_LeaveOhmsLaw()
    {
        var chemistry = new SymmetricChemistry(new SymmetricParameters
        {
            ExchangeMilliamperesPerSquareCentimetre = 1e9,
            NucleationFraction = 0,
            InterphaseGrowthRate = 0,
        });
        foreach (var amperes in new[] { -2e-3, -1e-6, 0, 1e-4, 5e-3 })
        {
            chemistry.Advance(10, amperes);
            Assert.Equal(amperes * chemistry.BulkOhms, chemistry.Volts(amperes), 1e-9);
        }

        Assert.Equal(0.115 / (7.9e-3 * Area), chemistry.BulkOhms, 1e-9);
    }

    [Fact]
    public void HighCurrent_AddsAKineticVoltageWithTheLogarithm()
    {
        var chemistry = new SymmetricChemistry(new SymmetricParameters { NucleationFraction = 0, InterphaseGrowthRate = 0 });
        var ten = chemistry.SettledVolts(0.0785, out _) - (0.0785 * chemistry.BulkOhms);
        var hundred = chemistry.SettledVolts(0.785, out _) - (0.785 * chemistry.BulkOhms);
        Assert.Equal(2 * 0.05139 * Math.Log(10), hundred - ten, 1e-3);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(10)]
    [InlineData(60)]
    public void Step_OfAnySize_GivesTheStateOfOneLongStep(double step)
    {
        var coarse = NamedCells.Make("li-lpsc-li", 1, shorts: false);
        var fine = NamedCells.Make("li-lpsc-li", 1, shorts: false);
        foreach (var amperes in new[] { -0.5e-3, 0.5e-3, 0, -0.7e-3 })
        {
            coarse.Advance(3600, amperes);
            for (var i = 0; i < (int)Math.Round(3600 / step); i++)
            {
                fine.Advance(step, amperes);
            }

            Assert.Equal(coarse.Volts(amperes), fine.Volts(amperes), 1e-9);
        }
    }

    [Fact]
    public void Reversal_CrossesZeroWithinMilliseconds()
    {
        var cell = NamedCells.Make("li-lpsc-li", 1, shorts: false);
        cell.Advance(3600, -0.785e-3);
        cell.Advance(0.0005, 0.785e-3);
        var early = cell.Volts(0.785e-3);
        cell.Advance(0.0195, 0.785e-3);
        var late = cell.Volts(0.785e-3);
        Assert.True(early < 0.5 * late);
    }

    [Fact]
    public void HalfCycle_AtItsEnd_ArcsUpwards()
    {
        var cell = NamedCells.Make("lacss", 1, shorts: false);
        var amperes = 2.5e-3 * Area;
        Cycle(cell, 0.1, 6 * 3600, 1);
        cell.Advance(60, amperes);
        var start = cell.Volts(amperes);
        cell.Advance(3540, amperes);
        Assert.InRange(cell.Volts(amperes) / start, 1.05, 1.5);
    }

    [Fact]
    public void LostContact_ThatPlatingDoesNotRestore_PolarisesTheCell()
    {
        var poor = new SymmetricChemistry(new SymmetricParameters
        {
            ContactRestoredFraction = 0.95,
            LeastContactFraction = 1e-3,
            NucleationFraction = 0,
        });
        double early = 0, late = 0;
        for (var cycle = 0; cycle < 80; cycle++)
        {
            poor.Advance(3600, -0.785e-3);
            poor.Advance(3600, 0.785e-3);
            late = poor.Volts(0.785e-3);
            early = cycle == 0 ? late : early;
        }

        Assert.True(late > 2 * early);
    }

    [Theory]
    [InlineData("li-lpsc-li", 0.5)]
    [InlineData("lacss", 0.5)]
    [InlineData("tbaf-lpsc", 0.5)]
    [InlineData("tfaa-lpsc", 1.0)]
    [InlineData("dpf-lpsc", 1.6)]
    [InlineData("air-llzto", 0.1)]
    [InlineData("tfoh-llzto", 0.2)]
    public void NamedCell_WithoutShorts_StaysPlausibleForAThousandHours(string name, double density)
    {
        var cell = NamedCells.Make(name, 1, shorts: false);
        var amperes = density * 1e-3 * cell.Chemistry.AreaSquareCentimetres;
        var first = 0.0;
        for (var cycle = 0; cycle < 500; cycle++)
        {
            cell.Advance(3600, -amperes);
            var plated = cell.Volts(-amperes);
            cell.Advance(3600, amperes);
            var stripped = cell.Volts(amperes);
            first = cycle == 5 ? stripped : first;
            Assert.True(plated < 0 && stripped > 0);
            if (cycle > 5)
            {
                Assert.InRange(stripped / first, 0.95, 1.5);
            }
        }
    }

    [Fact]
    public void HeldVoltage_DrawsTheCurrentThatGivesThatVoltage()
    {
        var cell = NamedCells.Make("li-lpsc-li", 1, shorts: false);
        cell.Advance(4 * 3600, 0);
        var coulombs = cell.Hold(60, 0.05, -1, 1, out var amperes);
        Assert.Equal(0.05, cell.Volts(amperes), 1e-4);
        Assert.Equal(amperes * 60, coulombs, Math.Abs(coulombs) * 0.05);
        cell.Hold(60, 0.05, -1e-5, 1e-5, out amperes);
        Assert.Equal(1e-5, amperes);
    }

    [Fact]
    public void Rewind_BringsBackVoltageTimeAndShort()
    {
        var cell = NamedCells.Make("li-lpsc-li", 1);
        cell.Advance(600, -0.785e-3);
        var volts = cell.Volts(-0.785e-3);
        cell.Mark();
        cell.Advance(100 * 3600, -0.785e-3);
        Assert.True(cell.Truth.ShortCount > 0);
        cell.Rewind();
        Assert.Equal(0, cell.Truth.ShortCount);
        Assert.Equal(600, cell.NowSeconds);
        Assert.Equal(volts, cell.Volts(-0.785e-3));
    }

    private static void Cycle(SimulatedCell cell, double density, double seconds, int cycles)
    {
        var amperes = density * 1e-3 * cell.Chemistry.AreaSquareCentimetres;
        for (var i = 0; i < cycles; i++)
        {
            cell.Advance(seconds / 2, -amperes);
            cell.Advance(seconds / 2, amperes);
        }
    }
}
