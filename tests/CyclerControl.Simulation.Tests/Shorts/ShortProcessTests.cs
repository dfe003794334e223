using CyclerControl.Simulation.Cells;
using CyclerControl.Simulation.Shorts;

namespace CyclerControl.Simulation.Tests.Shorts;

public sealed class ShortProcessTests
{
    private const double Amperes = -0.785e-3 * 1.2;

    [Theory]
    [InlineData(0.1)]
    [InlineData(7)]
    [InlineData(60)]
    public void Onset_ForAnyStepSize_ComesAtTheSameTime(double step)
    {
        var coarse = NamedCells.Make("li-lpsc-li", 1);
        coarse.Advance(36_000, Amperes);
        var fine = NamedCells.Make("li-lpsc-li", 1);
        while (fine.Truth.ShortCount == 0)
        {
            fine.Advance(step, Amperes);
        }

        Assert.Equal(coarse.Truth.Short(0).TimeSeconds, fine.Truth.Short(0).TimeSeconds, 1e-3);
        Assert.Equal(coarse.Truth.Short(0).ResistanceOhms, fine.Truth.Short(0).ResistanceOhms, 1e-9);
    }

    [Fact]
    public void HardShort_LeavesTheVoltageOfItsResistance()
    {
        var cell = First(ShortKind.Hard);
        var ohms = cell.Truth.Short(0).ResistanceOhms;
        Assert.InRange(ohms, 0.5, 12);
        cell.Advance(1, Amperes);
        var volts = cell.Volts(Amperes);
        cell.Advance(1, Amperes / 2);
        Assert.InRange(volts / Amperes, 0.85 * ohms, ohms);
        Assert.Equal(0.5, cell.Volts(Amperes / 2) / volts, 0.01);
    }

    [Fact]
    public void HardShort_CutsTheIonicCurrentAndSoThePlating()
    {
        var cell = First(ShortKind.Hard);
        var plated = cell.Truth.Short(0).ArealCapacity;
        cell.Advance(3600 * 50, Amperes);
        Assert.Equal(1, cell.Truth.ShortCount);
        Assert.True(plated > 0);
    }

    [Fact]
    public void SoftShort_GrowsOverMinutesAndThenTurnsHard()
    {
        var cell = First(ShortKind.Soft);
        var healthy = cell.Volts(Amperes);
        cell.Advance(30, Amperes);
        Assert.InRange(cell.Volts(Amperes) / healthy, 0.8, 1.001);
        var before = cell.Truth.PathSiemens;
        cell.Advance(60, Amperes);
        Assert.True(cell.Truth.PathSiemens > before);
        cell.Advance(3600 * 100, Amperes);
        Assert.Equal(2, cell.Truth.ShortCount);
        Assert.Equal(ShortKind.Hard, cell.Truth.Short(1).Kind);
    }

    [Fact]
    public void TelegraphShort_SwitchesBetweenTwoLevels()
    {
        var cell = First(ShortKind.Telegraph);
        var open = 0;
        var switches = 0;
        var was = cell.Truth.PathSiemens;
        for (var i = 0; i < 3000; i++)
        {
            cell.Advance(0.1, Amperes / 100);
            var now = cell.Truth.PathSiemens;
            Assert.True(now == 0 || Math.Abs((1 / now) - cell.Truth.Short(0).ResistanceOhms) < 1e-9);
            open += now == 0 ? 1 : 0;
            switches += now != was ? 1 : 0;
            was = now;
        }

        Assert.InRange(open, 300, 2700);
        Assert.True(switches > 50);
    }

    [Fact]
    public void BelowTheThreshold_NoNumberOfCyclesShorts()
    {
        var cell = NamedCells.Make("li-lpsc-li", 1);
        for (var cycle = 0; cycle < 1000; cycle++)
        {
            cell.Advance(3600, -0.5 * 0.785e-3);
            cell.Advance(3600, 0.5 * 0.785e-3);
        }

        Assert.Equal(0, cell.Truth.ShortCount);
    }

    [Fact]
    public void EqualSeeds_GiveEqualFates_AndOthersDiffer()
    {
        var onsets = new[] { 5L, 5L, 6L }.Select(seed =>
        {
            var cell = NamedCells.Make("lacss", seed);
            cell.Advance(36_000 * 5, -2.6e-3 * 0.785);
            return cell.Truth.FirstShort!.Value;
        }).ToArray();
        Assert.Equal(onsets[0], onsets[1]);
        Assert.NotEqual(onsets[0].TimeSeconds, onsets[2].TimeSeconds);
    }

    private static SimulatedCell First(ShortKind kind)
    {
        for (var seed = 1L; ; seed++)
        {
            var cell = NamedCells.Make("li-lpsc-li", seed);
            while (cell.Truth.ShortCount == 0)
            {
                cell.Advance(5, Amperes);
            }

            if (cell.Truth.Short(0).Kind == kind)
            {
                return cell;
            }
        }
    }
}
